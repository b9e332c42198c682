import { useTranslations } from 'next-intl'
import { FilterForm } from '@/components/filter-form'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { Select } from '@/components/ui/field'
import { LinkButton } from '@/components/ui/link-button'
import type { DuplicateQueueQuery, DuplicateQueueRow } from '@/domain/duplicate-events/review-schema'
import { MentorFilter } from './mentor-filter'
import { QUEUE_PATH, SORTS } from './queue-address'

interface Props {
  query: DuplicateQueueQuery
  rows: readonly DuplicateQueueRow[]
}

/** Mentor, the certain ones, and the order; what is chosen stands in the address. */
export function QueueFilters({ query, rows }: Props) {
  const t = useTranslations()
  return (
    <FilterForm
      // a new address fills the fields anew, also by the browser's back button
      key={JSON.stringify(query)}
      path={QUEUE_PATH}
      label={t('filters.label')}
      className="mb-4 grid grid-cols-1 items-end gap-x-4 gap-y-3 sm:grid-cols-2 lg:flex lg:flex-wrap"
    >
      <MentorFilter value={query.mentor_id} rows={rows} />
      <Select name="sort" label={t('view.sort')} defaultValue={query.sort === '-probability' ? '' : query.sort}>
        {SORTS.map((sort) => (
          <option key={sort} value={sort === '-probability' ? '' : sort}>
            {t(`duplicateQueue.sort.${sort}`)}
          </option>
        ))}
      </Select>
      <span className="flex min-h-9 items-center">
        <Checkbox
          name="certain"
          value="true"
          label={t('duplicateQueue.certain')}
          title={t('duplicateQueue.certainHint')}
          defaultChecked={query.certain ?? false}
        />
      </span>
      {query.limit !== 20 && <input type="hidden" name="limit" value={query.limit} />}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary">
          {t('filters.apply')}
        </Button>
        <LinkButton href={QUEUE_PATH} variant="quiet">
          {t('filters.reset')}
        </LinkButton>
      </div>
    </FilterForm>
  )
}
