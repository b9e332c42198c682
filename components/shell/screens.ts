import {
  BadgeCheck,
  BookOpen,
  CopyCheck,
  History,
  LayoutDashboard,
  type LucideIcon,
  RefreshCw,
  Users,
} from 'lucide-react'

export type ScreenName = 'overview' | 'mentors' | 'certifications' | 'syncEvents' | 'duplicates' | 'changes' | 'apiDocs'

export interface Screen {
  readonly name: ScreenName
  readonly path: string
  readonly icon: LucideIcon
}

/** What stays at hand on a phone as well. */
export const MAIN_SCREENS = [
  { name: 'overview', path: '/', icon: LayoutDashboard },
  { name: 'mentors', path: '/mentors', icon: Users },
  { name: 'certifications', path: '/certifications', icon: BadgeCheck },
  { name: 'syncEvents', path: '/sync-events', icon: RefreshCw },
  { name: 'duplicates', path: '/duplicates', icon: CopyCheck },
] as const satisfies readonly Screen[]

/** What a phone keeps in its menu. */
export const MORE_SCREENS = [
  { name: 'changes', path: '/changes', icon: History },
  { name: 'apiDocs', path: '/api-docs', icon: BookOpen },
] as const satisfies readonly Screen[]

/** The screen that an address belongs to, detail pages included. */
export function screenOf(pathname: string): Screen | null {
  const screens: readonly Screen[] = [...MAIN_SCREENS, ...MORE_SCREENS]
  return screens.find(({ path }) => pathname === path || (path !== '/' && pathname.startsWith(`${path}/`))) ?? null
}
