/** For tables of fields: as wide as each other, whatever stands in them, and beginning on one line. */
export const LINES =
  '[&_table]:table-fixed [&_thead_th:first-child]:w-1/5 [&_tbody_td]:align-baseline [&_tbody_th]:align-baseline [&_tbody_th]:[overflow-wrap:anywhere]'
