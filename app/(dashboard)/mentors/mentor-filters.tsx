import { useTranslations } from 'next-intl'
import { FilterForm } from '@/components/filter-form'
import { Button } from '@/components/ui/button'
import { Input, Select } from '@/components/ui/field'
import { LinkButton } from '@/components/ui/link-button'
import { certificationState, type MentorListQuery, mentorListQuery, mentorStatus } from '@/domain/mentors/schema'
import { withChosen } from '@/lib/with-chosen'

const WITHIN = [7, 30, 60, 90]
const SORTS = mentorListQuery.shape.sort.def.innerType.options

/** Search, filters and order; what is chosen stands in the address. */
export function MentorFilters({ query }: { query: MentorListQuery }) {
  const t = useTranslations()
  return (
    <FilterForm
      // a new address fills the fields anew, also by the browser's back button
      key={JSON.stringify(query)}
      path="/mentors"
      label={t('filters.label')}
      className="mb-4 grid grid-cols-2 items-end gap-3 md:grid-cols-3 xl:flex xl:flex-wrap"
    >
      <div className="col-span-full md:col-span-2 xl:w-60">
        <Input
          type="search"
          name="q"
          label={t('fields.search')}
          placeholder={t('filters.searchMentors')}
          defaultValue={query.q}
          maxLength={200}
        />
      </div>
      <Select name="status" label={t('fields.status')} defaultValue={query.status ?? ''}>
        <option value="">{t('filters.all')}</option>
        {mentorStatus.options.map((status) => (
          <option key={status} value={status}>
            {t(`status.mentor.${status}`)}
          </option>
        ))}
      </Select>
      <Select name="certification" label={t('fields.certification')} defaultValue={query.certification ?? ''}>
        <option value="">{t('filters.all')}</option>
        {certificationState.options.map((state) => (
          <option key={state} value={state}>
            {t(`status.certification.${state}`)}
          </option>
        ))}
      </Select>
      <Select
        name="expiring_within_days"
        label={t('mentors.expiringWithin')}
        defaultValue={query.expiring_within_days ?? ''}
      >
        <option value="">{t('mentors.anyTime')}</option>
        {withChosen(WITHIN, query.expiring_within_days).map((days) => (
          <option key={days} value={days}>
            {t('mentors.days', { days })}
          </option>
        ))}
      </Select>
      <Select name="sort" label={t('view.sort')} defaultValue={query.sort === 'full_name' ? '' : query.sort}>
        {SORTS.map((sort) => (
          <option key={sort} value={sort === 'full_name' ? '' : sort}>
            {t(`mentors.sort.${sort}`)}
          </option>
        ))}
      </Select>
      {query.limit !== 20 && <input type="hidden" name="limit" value={query.limit} />}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary">
          {t('filters.apply')}
        </Button>
        <LinkButton href="/mentors" variant="quiet">
          {t('filters.reset')}
        </LinkButton>
      </div>
    </FilterForm>
  )
}
