import { type QueryValues, queryHref } from '@/lib/query-href'
import { CsvLink } from './csv-link'
import { SavedViews } from './saved-views'
import type { ViewsScreen } from './saved-views-store'

/** What every list has at its head: the views of it that were saved, and its rows as a file. `query` is what it shows. */
export function ListTools({ screen, query }: { screen: ViewsScreen; query: QueryValues }) {
  return (
    <>
      <CsvLink href={queryHref(`/${screen}/csv`, query, { page: null, limit: null })} />
      <SavedViews screen={screen} />
    </>
  )
}
