import type { OpenApiDocument } from '@/lib/openapi/document'

const METHODS = ['get', 'post', 'put', 'delete'] as const

/** Every operation by its tag, in the order of the document. The document speaks English in both languages. */
export function EndpointList({ document }: { document: OpenApiDocument }) {
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method]
      return operation ? [{ path, method, operation }] : []
    }),
  )
  return (
    <div lang="en" className="divide-y">
      {(document.tags ?? []).map((tag) => (
        <section key={tag.name} aria-labelledby={`tag-${tag.name}`} className="px-4 py-3">
          <h3 id={`tag-${tag.name}`} className="font-semibold">
            {tag.name}
          </h3>
          <p className="max-w-prose text-muted text-sm">{tag.description}</p>
          <ul className="mt-2 grid gap-1.5 text-sm">
            {operations
              .filter(({ operation }) => operation.tags?.includes(tag.name))
              .map(({ path, method, operation }) => (
                <li
                  key={operation.operationId}
                  id={operation.operationId}
                  className="grid scroll-mt-(--topbar) gap-x-4 md:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]"
                >
                  <code className="break-words font-mono text-xs leading-5">
                    <strong className="mr-2 inline-block w-14">{method.toUpperCase()}</strong>
                    {path}
                  </code>
                  <span>{operation.summary}</span>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </div>
  )
}
