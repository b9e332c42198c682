'use client'

import { useMutation } from '@tanstack/react-query'
import { Pencil } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Problem } from '@/components/problem'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Input } from '@/components/ui/field'
import { toast } from '@/components/ui/toast'
import type { MentorProfile } from '@/domain/mentors/schema'
import { ApiProblem, callApi } from '@/lib/api-client'

interface Props {
  profile: MentorProfile
  revision: number
}

/** Gives a mentor a name and an e-mail address, or other ones. What is refused is said beside its field. */
export function ProfileDialog({ profile, revision }: Props) {
  const t = useTranslations()
  const router = useRouter()
  const [open, setOpen] = useState(false)
  const [name, setName] = useState(profile.incomplete ? '' : profile.full_name)
  const [email, setEmail] = useState(profile.email ?? '')
  const [unnamed, setUnnamed] = useState(false)
  const save = useMutation({
    mutationFn: () =>
      callApi<MentorProfile>(`/api/v1/mentors/${profile.mentor_id}`, {
        method: 'PUT',
        body: { full_name: name.trim(), email: email.trim() || null },
        ifMatch: `"${revision}"`,
      }),
    onSuccess() {
      setOpen(false)
      toast.success(t('toasts.saved'))
      router.refresh()
    },
    // what has been changed meanwhile is fetched, so that saving once more is a decision and not an accident
    onError: (error) => isOutdated(error) && router.refresh(),
  })
  const refused = pointersOf(save.error)
  const elsewhere = save.isError && refused.size === 0
  const label = profile.incomplete ? t('mentor.complete.open') : t('mentor.complete.edit')

  function submit() {
    setUnnamed(name.trim() === '')
    if (name.trim() !== '') save.mutate()
  }

  return (
    <>
      <Button size="small" className="noscript:hidden print:hidden" onClick={() => setOpen(true)}>
        <Pencil aria-hidden />
        {label}
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={label}
        description={t('mentor.complete.body', { id: profile.mentor_id })}
        actions={
          <Button variant="primary" disabled={save.isPending} onClick={submit}>
            {t('actions.save')}
          </Button>
        }
      >
        <div className="grid gap-4">
          <Input
            label={t('fields.name')}
            value={name}
            maxLength={200}
            autoComplete="off"
            error={(unnamed || refused.has('/full_name')) && t('mentor.complete.noName')}
            onChange={(event) => {
              setName(event.target.value)
              setUnnamed(false)
            }}
          />
          <Input
            type="email"
            label={t('fields.email')}
            hint={t('mentor.complete.emailHint')}
            value={email}
            maxLength={254}
            autoComplete="off"
            error={refused.has('/email') && t('mentor.complete.noEmail')}
            onChange={(event) => setEmail(event.target.value)}
          />
          {elsewhere && <Problem error={save.error} />}
          {elsewhere && isOutdated(save.error) && (
            <p className="text-sm">
              {t('mentor.complete.now', { name: profile.full_name, email: profile.email ?? t('mentor.noEmail') })}
            </p>
          )}
        </div>
      </Dialog>
    </>
  )
}

function isOutdated(error: unknown): boolean {
  return error instanceof ApiProblem && error.code === 'precondition_failed'
}

function pointersOf(error: unknown): ReadonlySet<string> {
  return new Set(error instanceof ApiProblem ? error.errors.map(({ pointer }) => pointer) : [])
}
