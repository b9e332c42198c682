// biome-ignore-all lint/a11y/noRedundantRoles: some browsers forget what a table is once `display` changes

import { clsx } from 'clsx'
import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react'
import type { Route } from 'next'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { type ComponentProps, memo, type ReactNode } from 'react'
import { LinkPending } from './busy-content'

export interface Column<Row, State = undefined> {
  readonly id: string
  /** Heads the column, and labels the value where the table is narrow. */
  readonly header: ReactNode
  readonly cell: (row: Row, state: State) => ReactNode
  readonly align?: 'end'
  /** `lead` heads the row (one column at least); `plain` shows no label when narrow: buttons. `select`, the row's check box, then stands in the corner. */
  readonly role?: 'lead' | 'plain' | 'select'
  readonly sort?: { readonly href: Route; readonly order: 'ascending' | 'descending' | null }
}

interface Props<Row, State> {
  /** Says what the table holds; shown to screen readers only. */
  caption: string
  columns: readonly Column<Row, State>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  /** Further attributes of a row: `aria-selected`, `tabIndex`, handlers, `data-…`. */
  rowProps?: (row: Row, index: number) => ComponentProps<'tr'>
  /**
   * What changes about a row while it stands: chosen, refused. Where its members, the attributes, the row and `columns`
   * (kept by `useMemo`) are what they were, the row is not drawn again.
   */
  rowState?: (row: Row) => State
}

/**
 * One table for server and client. As wide as its container allows it is a table with a sticky head; in a narrow
 * container each row becomes a block of labelled lines, though not on paper. Its roles are spelled out to survive that.
 */
export function DataTable<Row, State = undefined>(props: Props<Row, State>) {
  const { caption, columns, rows, rowKey, rowProps, rowState } = props
  return (
    <div className="@container">
      <table role="table" className="block w-full text-sm @4xl:table print:table print:text-xs">
        <caption className="sr-only">{caption}</caption>
        <thead
          role="rowgroup"
          className="sr-only @4xl:not-sr-only @4xl:table-header-group print:not-sr-only print:table-header-group"
        >
          <tr role="row" className="@4xl:table-row print:table-row">
            {columns.map((column) => (
              <HeadCell key={column.id} column={column} />
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup" className="block divide-y @4xl:table-row-group print:table-row-group">
          {rows.map((row, index) => (
            <BodyRow
              key={rowKey(row)}
              columns={columns as readonly Column<unknown, unknown>[]}
              row={row}
              attributes={rowProps?.(row, index)}
              state={rowState?.(row)}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface BodyRowProps {
  columns: readonly Column<unknown, unknown>[]
  row: unknown
  attributes: ComponentProps<'tr'> | undefined
  state: unknown
}

const BodyRow = memo(function BodyRow({ columns, row, attributes, state }: BodyRowProps) {
  const { className, ...rest } = attributes ?? {}
  return (
    <tr
      role="row"
      className={clsx(
        'relative block px-4 py-3 @xl:grid @xl:grid-cols-2 @xl:gap-x-8 hover:bg-subtle/60 aria-selected:bg-accent-soft focus-visible:-outline-offset-2 @4xl:table-row @4xl:p-0 print:table-row print:p-0',
        className,
      )}
      {...rest}
    >
      {columns.map((column) => (
        <BodyCell key={column.id} column={column} row={row} state={state} />
      ))}
    </tr>
  )
}, isSameRow)

function isSameRow(before: BodyRowProps, after: BodyRowProps): boolean {
  return (
    before.columns === after.columns &&
    before.row === after.row &&
    haveSameMembers(before.attributes, after.attributes) &&
    haveSameMembers(before.state, after.state)
  )
}

function haveSameMembers(before: unknown, after: unknown): boolean {
  const [a, b] = [Object.entries(before ?? {}), Object.entries(after ?? {})]
  return (
    a.length === b.length && a.every(([name, value], index) => name === b[index]?.[0] && Object.is(value, b[index][1]))
  )
}

function HeadCell<Row, State>({ column }: { column: Column<Row, State> }) {
  const t = useTranslations('ui')
  const { sort, align } = column
  const Arrow = sort?.order === 'ascending' ? ArrowUp : sort?.order === 'descending' ? ArrowDown : ChevronsUpDown
  return (
    <th
      role="columnheader"
      scope="col"
      aria-sort={sort?.order ?? undefined}
      className={clsx(
        'border-b bg-subtle px-3 py-2 text-left font-medium text-muted first:pl-4 last:pr-4 @4xl:sticky @4xl:top-(--topbar) @4xl:z-10 print:static print:px-1.5',
        align === 'end' && 'text-right',
        column.role === 'select' && 'print:hidden',
      )}
    >
      {sort ? (
        <Link href={sort.href} scroll={false} className="inline-flex min-h-6 items-center gap-1 hover:text-ink">
          <LinkPending />
          {column.header}
          <Arrow aria-hidden className={clsx('size-3.5 print:hidden', !sort.order && 'opacity-60')} />
          {sort.order && (
            <span className="sr-only">{sort.order === 'ascending' ? t('sortAscending') : t('sortDescending')}</span>
          )}
        </Link>
      ) : (
        column.header
      )}
    </th>
  )
}

function BodyCell<Row, State>({ column, row, state }: { column: Column<Row, State>; row: Row; state: State }) {
  const lead = column.role === 'lead'
  const content = (
    <>
      {!column.role && (
        <span aria-hidden className="w-2/5 shrink-0 text-muted @4xl:hidden print:hidden">
          {column.header}
        </span>
      )}
      <span className="min-w-0 @4xl:contents print:contents">{column.cell(row, state)}</span>
    </>
  )
  const layout = clsx(
    'flex items-baseline gap-3 py-0.5 text-left align-middle @4xl:table-cell @4xl:px-3 @4xl:py-2 @4xl:first:pl-4 @4xl:last:pr-4 print:px-1.5 print:py-1',
    column.role === 'select' ? 'print:hidden!' : 'print:table-cell',
    column.align === 'end' && '@4xl:text-right print:text-right',
    lead && 'pr-8 pb-1 font-medium @xl:col-span-full text-base @4xl:text-sm print:text-xs',
    column.role === 'plain' && 'pt-2',
    column.role === 'select' && 'absolute top-2.5 right-4 @4xl:static @4xl:w-8',
  )
  return lead ? (
    <th role="rowheader" scope="row" className={layout}>
      {content}
    </th>
  ) : (
    <td role="cell" className={layout}>
      {content}
    </td>
  )
}
