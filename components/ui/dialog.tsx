'use client'

import dynamic from 'next/dynamic'
import { useState } from 'react'
import type { DialogProps } from './dialog-frame'
import { useFirstSign } from './use-first-sign'

const load = () => import('./dialog-frame')
const Frame = dynamic(load, { ssr: false })

/** A modal dialog. What it is made of comes with the first sign of a person, not with the page: reading needs none of it. */
export function Dialog(props: DialogProps) {
  const [wanted, setWanted] = useState(props.open)
  if (props.open && !wanted) setWanted(true)
  // should it fail, opening tries again
  useFirstSign(() => load().catch(() => undefined))
  return wanted ? <Frame {...props} /> : null
}
