'use client'

import { useTranslations } from 'next-intl'
import { type ComponentType, type ReactNode, useEffect, useState } from 'react'
import { fetchAhead } from './ahead'
import { toast } from './toast'

interface LazyProps<Props> {
  load: () => Promise<ComponentType<Props>>
  props: Props
}

/**
 * A dialog whose code comes with the first sign of a person, not with the page. Where it cannot be fetched, the page
 * stays as it is and says so; what was to be shown waits for the next attempt.
 */
export function lazyDialog<Props extends object>(load: LazyProps<Props>['load']): (props: Props) => ReactNode {
  fetchAhead(load)
  return (props) => <Lazy load={load} props={props} />
}

function Lazy<Props extends object>({ load, props }: LazyProps<Props>) {
  const t = useTranslations('ui')
  const [Loaded, setLoaded] = useState<ComponentType<Props> | null>(null)
  const wanted = !('open' in props) || props.open === true

  useEffect(() => {
    if (!wanted || Loaded) return
    let here = true
    function attempt() {
      load().then(
        (loaded) => here && setLoaded(() => loaded),
        () => {
          if (!here) return
          toast.error(t('dialogNotLoaded'), {
            description: t('dialogNotLoadedBody'),
            duration: Number.POSITIVE_INFINITY,
            action: { label: t('fetchAgain'), onClick: attempt },
          })
        },
      )
    }
    attempt()
    return () => {
      here = false
    }
  }, [wanted, Loaded, load, t])

  return Loaded && <Loaded {...props} />
}
