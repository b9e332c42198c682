'use client'

import { useLayoutEffect } from 'react'
import { showDrawn } from './drawn'

interface Props {
  asOf: string
  types: readonly string[] | undefined
  mentorId: string | undefined
}

/** Shows nothing: it tells the live connection what this page is made of, and when that was read. */
export function DrawnMark({ asOf, types, mentorId }: Props) {
  // biome-ignore lint/correctness/useExhaustiveDependencies(types): a list that the page writes out; the same for its life
  useLayoutEffect(() => showDrawn({ asOf, concern: { types, mentorId } }), [asOf, mentorId])
  return null
}
