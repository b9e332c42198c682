import 'server-only'
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'

declare global {
  var __metrics: ReturnType<typeof makeMetrics> | undefined
}

function makeMetrics() {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  return {
    registry,
    requests: new Counter({
      name: 'http_requests_total',
      help: 'API requests by method, route and status',
      labelNames: ['method', 'route', 'status'],
      registers: [registry],
    }),
    duration: new Histogram({
      name: 'http_request_duration_seconds',
      help: 'Time to answer API requests, by method and route',
      labelNames: ['method', 'route'],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
      registers: [registry],
    }),
    missedForecasts: new Counter({
      name: 'expiry_job_forecast_missed_total',
      help: 'Runs of the expiry job that found nothing although lapses were forecast that nothing explains',
      registers: [registry],
    }),
  }
}

globalThis.__metrics ??= makeMetrics()

export const metrics = globalThis.__metrics
