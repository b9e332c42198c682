import { clsx } from 'clsx'
import { type ComponentProps, type ReactNode, useId } from 'react'

const control =
  'min-h-9 w-full rounded-box border border-control bg-surface px-2.5 py-1.5 text-ink text-sm placeholder:text-muted aria-invalid:border-danger disabled:bg-subtle disabled:text-muted'

interface FieldProps {
  label: ReactNode
  hint?: ReactNode
  error?: ReactNode
  /** The label for screen readers only: where a toolbar has no room and the control explains itself. */
  hideLabel?: boolean
}

interface FrameProps extends FieldProps {
  children: (attributes: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }) => ReactNode
}

function Field({ label, hint, error, hideLabel = false, children }: FrameProps) {
  const id = useId()
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  return (
    <div className="min-w-0">
      <label htmlFor={id} className={hideLabel ? 'sr-only' : 'mb-1 block font-medium text-sm'}>
        {label}
      </label>
      {children({
        id,
        ...(described && { 'aria-describedby': described }),
        ...(error ? { 'aria-invalid': true } : {}),
      })}
      {hint && (
        <p id={`${id}-hint`} className="mt-1 text-muted text-xs">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className="mt-1 text-danger text-xs">
          {error}
        </p>
      )}
    </div>
  )
}

export function Input({ label, hint, error, hideLabel, className, ...rest }: FieldProps & ComponentProps<'input'>) {
  return (
    <Field label={label} hint={hint} error={error} hideLabel={hideLabel ?? false}>
      {(attributes) => <input className={clsx(control, className)} {...rest} {...attributes} />}
    </Field>
  )
}

/** The browser's own: it works without JavaScript, by keyboard, and well on a phone. */
export function Select({ label, hint, error, hideLabel, className, ...rest }: FieldProps & ComponentProps<'select'>) {
  return (
    <Field label={label} hint={hint} error={error} hideLabel={hideLabel ?? false}>
      {(attributes) => <select className={clsx(control, className)} {...rest} {...attributes} />}
    </Field>
  )
}

export function Textarea({
  label,
  hint,
  error,
  hideLabel,
  className,
  ...rest
}: FieldProps & ComponentProps<'textarea'>) {
  return (
    <Field label={label} hint={hint} error={error} hideLabel={hideLabel ?? false}>
      {(attributes) => <textarea rows={3} className={clsx(control, className)} {...rest} {...attributes} />}
    </Field>
  )
}
