'use client'

import { useSyncExternalStore } from 'react'

const KEY = 'shortcuts'
const CHANGED = 'shortcuts-changed'

/** Whether single-key shortcuts work in this browser: they do until somebody turns them off. */
export function shortcutsAreOn(): boolean {
  try {
    return localStorage.getItem(KEY) !== 'off'
  } catch {
    return true
  }
}

/** As `shortcutsAreOn`, followed from whatever part of the screen or tab turns them, and the switch. */
export function useShortcuts(): readonly [on: boolean, turn: (on: boolean) => void] {
  return [useSyncExternalStore(subscribe, shortcutsAreOn, () => true), turnShortcuts]
}

function turnShortcuts(on: boolean): void {
  try {
    localStorage.setItem(KEY, on ? 'on' : 'off')
  } catch {
    return
  }
  window.dispatchEvent(new Event(CHANGED))
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('storage', listener)
  window.addEventListener(CHANGED, listener)
  return () => {
    window.removeEventListener('storage', listener)
    window.removeEventListener(CHANGED, listener)
  }
}
