'use client'

import { lazyDialog } from './lazy-dialog'

/** A modal dialog. What it is made of comes with the first sign of a person, not with the page: reading needs none of it. */
export const Dialog = lazyDialog(() => import('./dialog-frame').then((loaded) => loaded.default))
