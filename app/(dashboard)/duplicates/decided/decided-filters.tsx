import { useTranslations } from 'next-intl'
import { FilterForm } from '@/components/filter-form'
import { Button } from '@/components/ui/button'
import { Select } from '@/components/ui/field'
import { LinkButton } from '@/components/ui/link-button'
import type { DuplicateReceiptRow, DuplicateReceiptsQuery } from '@/domain/duplicate-events/review-schema'
import { RESOLUTIONS } from '@/domain/duplicate-events/states'
import { queryHref } from '@/lib/query-href'
import { MentorFilter } from '../mentor-filter'
import { DECIDED_PATH } from './decided-address'

interface Props {
  query: DuplicateReceiptsQuery
  rows: readonly DuplicateReceiptRow[]
}

/** Kind of decision and mentor; what is chosen stands in the address. */
export function DecidedFilters({ query, rows }: Props) {
  const t = useTranslations()
  return (
    <FilterForm
      // a new address fills the fields anew, also by the browser's back button
      key={JSON.stringify(query)}
      path={DECIDED_PATH}
      label={t('filters.label')}
      className="mb-4 grid grid-cols-1 items-end gap-x-4 gap-y-3 sm:grid-cols-2 lg:flex lg:flex-wrap"
    >
      <Select name="resolution" label={t('duplicates.decision')} defaultValue={query.resolution ?? ''}>
        <option value="">{t('filters.all')}</option>
        {RESOLUTIONS.map((resolution) => (
          <option key={resolution} value={resolution}>
            {t(`status.resolution.${resolution}`)}
          </option>
        ))}
      </Select>
      <MentorFilter value={query.mentor_id} rows={rows} />
      {query.batch_id && <input type="hidden" name="batch_id" value={query.batch_id} />}
      {query.limit !== 20 && <input type="hidden" name="limit" value={query.limit} />}
      {query.sort !== '-decided_at' && <input type="hidden" name="sort" value={query.sort} />}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary">
          {t('filters.apply')}
        </Button>
        <LinkButton href={queryHref(DECIDED_PATH, {})} variant="quiet">
          {t('filters.reset')}
        </LinkButton>
      </div>
    </FilterForm>
  )
}
