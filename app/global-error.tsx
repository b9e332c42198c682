'use client'

import './globals.css'

/** The last resort stands outside of the layout that knows the language: it speaks both. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : null
  return (
    <html lang="nb">
      <body className="font-sans">
        <title>Noe gikk galt · Something went wrong</title>
        <main className="mx-auto flex max-w-xl flex-col gap-4 px-4 py-16">
          <h1 className="font-semibold text-2xl">Noe gikk galt hos oss</h1>
          <p>Siden kunne ikke vises. Det du har lagret, er trygt. Prøv igjen om litt.</p>
          <p lang="en" className="text-muted">
            Something went wrong on our side. The page could not be shown; what you had saved is kept. Try again in a
            moment.
          </p>
          {digest && (
            <p className="text-sm">
              Feil-ID: <code className="select-all font-mono">{digest}</code>
            </p>
          )}
          <p>
            <button
              type="button"
              onClick={() => retry()}
              className="min-h-9 rounded-box border border-control bg-surface px-4"
            >
              Prøv igjen · <span lang="en">Try again</span>
            </button>
          </p>
        </main>
      </body>
    </html>
  )
}
