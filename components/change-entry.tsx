import { useFormatter, useTranslations } from 'next-intl'
import { byActor, type Change, changeDetail, changeTitle } from './change-words'

export function ChangeTitle({ change }: { change: Change }) {
  return changeTitle(useTranslations(), change)
}

export function ChangeActor({ actor }: { actor: string }) {
  return byActor(useTranslations(), actor)
}

export function ChangeDetail({ change }: { change: Change }) {
  return changeDetail(useTranslations(), useFormatter(), change)
}
