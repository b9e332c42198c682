import { runExpiryJob } from '@/domain/expiry-job/commands/run-expiry-job'
import { expiryJobRun, runExpiryJobBody, runExpiryJobQuery } from '@/domain/expiry-job/schema'
import { resource, work } from '@/lib/http/endpoint'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: work(
    {
      summary: 'Manually trigger the certification expiry auto-pause job',
      description:
        'Without `plan`, whatever has lapsed is handled. A dry run pauses nobody and is kept as a plan, which a later run can name.',
      query: runExpiryJobQuery,
      body: runExpiryJobBody,
      bodyOptional: true,
      response: expiryJobRun,
      errors: ['expiry_job_running', 'plan_not_found', 'plan_outdated'],
    },
    (_db, call, { query, body }, replay) =>
      runExpiryJob(call, { trigger: 'manual', dryRun: body.dry_run, ...query, replay }),
  ),
})
