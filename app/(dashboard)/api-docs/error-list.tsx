import { ERRORS, type ErrorCode } from '@/lib/errors'
import { ERROR_GUIDE } from '@/lib/openapi/error-guide'

/** Every code under its own anchor: the `type` of a problem document leads here. */
export function ErrorList() {
  const errors = Object.entries(ERRORS) as [ErrorCode, readonly [number, string]][]
  return (
    <dl lang="en" className="divide-y text-sm">
      {errors.map(([code, [status, title]]) => (
        <div
          key={code}
          id={code}
          className="grid scroll-mt-(--topbar) gap-x-4 px-4 py-2.5 target:bg-accent-soft md:grid-cols-[20rem_minmax(0,1fr)]"
        >
          <dt className="font-mono text-xs leading-5">
            {status} {code}
          </dt>
          <dd>
            <strong className="font-medium">{title}.</strong> <Words text={ERROR_GUIDE[code]} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** Text in which `words` between backticks are code. */
function Words({ text }: { text: string }) {
  return text.split('`').map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the text never changes
      <code key={index} className="font-mono text-xs">
        {part}
      </code>
    ),
  )
}
