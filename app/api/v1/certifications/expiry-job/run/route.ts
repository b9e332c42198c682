import { runExpiryJob } from '@/domain/expiry-job/commands/run-expiry-job'
import { expiryJobRun, runExpiryJobBody } from '@/domain/expiry-job/schema'
import { resource, work } from '@/lib/http/endpoint'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: work(
    {
      summary: 'Manually trigger the certification expiry auto-pause job',
      body: runExpiryJobBody,
      bodyOptional: true,
      response: expiryJobRun,
      errors: ['expiry_job_running'],
    },
    (_db, call, { body }, replay) => runExpiryJob(call, { trigger: 'manual', dryRun: body.dry_run, replay }),
  ),
})
