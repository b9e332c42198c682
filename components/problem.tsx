'use client'

import { type Messages, useLocale, useTranslations } from 'next-intl'
import { useCallback } from 'react'
import { toast } from '@/components/ui/toast'
import { ApiProblem } from '@/lib/api-client'
import { ErrorState } from './ui/error-state'
import { RequestId } from './ui/request-id'

type Code = keyof Messages['problems']

interface Words {
  readonly title: string
  readonly advice: string
  readonly requestId: string | null
}

/** Turns what `callApi` threw into words; the server's own sentence, where it speaks the reader's language, comes first. */
function useProblemWords(): (error: unknown) => Words {
  const t = useTranslations('problems')
  const locale = useLocale()
  return useCallback(
    (error) => {
      const problem = error instanceof ApiProblem ? error : null
      // a newer server may know codes that have no words here yet
      const known = problem !== null && t.has(`${problem.code as Code}.title`)
      const code = known ? (problem.code as Code) : 'internal_error'
      const reason = locale === 'en-GB' && problem && problem.status > 0 ? problem.detail : null
      const advice = t(`${code}.advice`)
      return {
        title: t(`${code}.title`),
        advice: reason ? `${reason} ${advice}` : advice,
        requestId: problem?.requestId ?? null,
      }
    },
    [t, locale],
  )
}

/** For `onError` of a mutation: a toast that says what happened, what was kept and what to do. */
export function useProblemToast(): (error: unknown) => void {
  const wordsOf = useProblemWords()
  return useCallback(
    (error) => {
      const { title, advice, requestId } = wordsOf(error)
      toast.error(title, {
        description: (
          <>
            {advice}
            {requestId && <RequestId id={requestId} />}
          </>
        ),
        // the same fault again takes the place of the first one's toast
        id: title,
        duration: 20_000,
      })
    },
    [wordsOf],
  )
}

/** Why one row of many was refused, in a few words; by the API's `code`. */
export function useRefusalWords(): (code: string) => string {
  const wordsOf = useProblemWords()
  return useCallback((code) => wordsOf(new ApiProblem(code, 0)).title, [wordsOf])
}

/** In the place of what could not be loaded or saved: in a dialog, in a list. */
export function Problem({ error, actions }: { error: unknown; actions?: React.ReactNode }) {
  const { title, advice, requestId } = useProblemWords()(error)
  return (
    <ErrorState title={title} requestId={requestId} actions={actions}>
      {advice}
    </ErrorState>
  )
}
