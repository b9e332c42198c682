import { useTranslations } from 'next-intl'
import { actorName, changeTitle, changeType } from '@/components/change-words'
import { FilterForm } from '@/components/filter-form'
import { Button } from '@/components/ui/button'
import { Input, Select } from '@/components/ui/field'
import { LinkButton } from '@/components/ui/link-button'
import { CHANGE_KINDS, type ChangeListQuery } from '@/domain/changes/schema'
import { withChosen } from '@/lib/with-chosen'

/** Person, mentor, kind and days; what is chosen stands in the address. */
export function ChangeFilters({ query, actors }: { query: ChangeListQuery; actors: readonly string[] }) {
  const t = useTranslations()
  return (
    <FilterForm
      // a new address fills the fields anew, also by the browser's back button
      key={JSON.stringify(query)}
      path="/changes"
      label={t('filters.label')}
      className="mb-4 grid grid-cols-2 items-start gap-3 md:grid-cols-3 xl:grid-cols-5"
    >
      <Input
        type="search"
        name="mentor"
        label={t('fields.mentor')}
        placeholder={t('changes.mentorHint')}
        defaultValue={query.mentor}
        maxLength={200}
      />
      <Select name="actor" label={t('changes.person')} defaultValue={query.actor ?? ''}>
        <option value="">{t('filters.all')}</option>
        {withChosen(actors, query.actor).map((actor) => (
          <option key={actor} value={actor}>
            {actorName(t, actor) ?? actor}
          </option>
        ))}
      </Select>
      <Select name="kind" label={t('changes.kind')} defaultValue={query.kind ?? ''}>
        <option value="">{t('changes.anyKind')}</option>
        <Kinds chosen={query.kind} />
      </Select>
      <Input type="date" name="from" label={t('changes.from')} defaultValue={query.from} min="1900-01-01" />
      <Input type="date" name="to" label={t('changes.to')} defaultValue={query.to} min="1900-01-01" />
      {query.limit !== 20 && <input type="hidden" name="limit" value={query.limit} />}
      {query.sort !== '-at' && <input type="hidden" name="sort" value={query.sort} />}
      <div className="col-span-full flex flex-wrap gap-2">
        <Button type="submit" variant="primary">
          {t('filters.apply')}
        </Button>
        <LinkButton href="/changes" variant="quiet">
          {t('filters.reset')}
        </LinkButton>
      </div>
    </FilterForm>
  )
}

/** Each type with all that can happen to it, and what an address asks for although this server knows no such kind. */
function Kinds({ chosen }: { chosen: string | undefined }) {
  const t = useTranslations()
  const known = Object.entries(CHANGE_KINDS).flatMap(([type, actions]) => [type, ...actions.map((a) => `${type}.${a}`)])
  const [type = '', action = ''] = chosen?.split('.') ?? []
  return (
    <>
      {chosen && !known.includes(chosen) && (
        <option value={chosen}>{t('changes.unknown', { type: changeType(t, type), action })}</option>
      )}
      {Object.entries(CHANGE_KINDS).map(([type, actions]) => (
        <optgroup key={type} label={changeType(t, type)}>
          <option value={type}>{t('changes.wholeType', { type: changeType(t, type).toLocaleLowerCase() })}</option>
          {actions.map((action) => (
            <option key={action} value={`${type}.${action}`}>
              {changeTitle(t, { type, action })}
            </option>
          ))}
        </optgroup>
      ))}
    </>
  )
}
