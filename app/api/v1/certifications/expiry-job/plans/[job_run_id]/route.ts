import { listPlan } from '@/domain/expiry-job/plan-queries'
import { listPlanQuery, planPage, planParams } from '@/domain/expiry-job/schema'
import { read, resource } from '@/lib/http/endpoint'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: read(
    {
      summary: 'Read the plan that a dry run of the expiry job left',
      description:
        'Every certification that the dry run found, as it stood then. `POST …/expiry-job/run?plan=` carries it out.',
      params: planParams,
      query: listPlanQuery,
      response: planPage,
      notFound: 'plan_not_found',
    },
    (db, call, { params, query }) => listPlan(db, call, params.job_run_id, query),
  ),
})
