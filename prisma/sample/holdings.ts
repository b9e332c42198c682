import type { Certify, Revoke } from './plan'
import type { CertificationRow } from './rows'
import { timestamp, timestampOrNull } from './time'

export interface Certification {
  readonly id: string
  readonly type: string
  readonly issued_at: number
  readonly expires_at: number
  readonly created_at: number
  updated_at: number
  version: number
  revoked_at: number | null
  auto_pause_applied_at: number | null
}

/** The certifications of one mentor as they are at a moment of its history. */
export class Holdings {
  readonly #all: Certification[] = []

  /** The latest to expire of each type that is not revoked. */
  get current(): Certification[] {
    const current = new Map<string, Certification>()
    for (const one of this.#all) {
      const other = current.get(one.type)
      if (one.revoked_at === null && (!other || one.expires_at >= other.expires_at)) current.set(one.type, one)
    }
    return [...current.values()]
  }

  get firstExpiry(): number | null {
    return this.current.length ? Math.min(...this.current.map((one) => one.expires_at)) : null
  }

  get lastExpiry(): number | null {
    return this.current.length ? Math.max(...this.current.map((one) => one.expires_at)) : null
  }

  add(step: Certify, id: string): Certification {
    const certification: Certification = {
      id,
      type: step.type,
      issued_at: step.issued_at,
      expires_at: step.expires_at,
      created_at: step.at,
      updated_at: step.at,
      version: 1,
      revoked_at: null,
      auto_pause_applied_at: null,
    }
    this.#all.push(certification)
    return certification
  }

  revoke(step: Revoke): Certification {
    const certification = this.current.find((one) => one.type === step.type)
    if (!certification) throw new Error(`There is no ${step.type} to revoke`)
    certification.revoked_at = step.at
    touch(certification, step.at)
    return certification
  }

  markPaused(certification: Certification, at: number): void {
    certification.auto_pause_applied_at = at
    touch(certification, at)
  }

  /** Only a current certification that has expired keeps the mark. Returns those that lost it. */
  clearMarks(at: number): Certification[] {
    const { current } = this
    const cleared = this.#all.filter(
      (one) => one.auto_pause_applied_at !== null && (!current.includes(one) || one.expires_at > at),
    )
    for (const one of cleared) {
      one.auto_pause_applied_at = null
      touch(one, at)
    }
    return cleared
  }

  toRows(mentorKey: number): CertificationRow[] {
    const { current } = this
    return this.#all.map((one) => ({
      key: 0,
      id: one.id,
      mentor_key: mentorKey,
      certification_type: one.type,
      issued_at: timestamp(one.issued_at),
      expires_at: timestamp(one.expires_at),
      revoked_at: timestampOrNull(one.revoked_at),
      is_current: current.includes(one),
      auto_pause_applied_at: timestampOrNull(one.auto_pause_applied_at),
      version: one.version,
      created_at: timestamp(one.created_at),
      updated_at: timestamp(one.updated_at),
    }))
  }
}

function touch(certification: Certification, at: number): void {
  certification.updated_at = at
  certification.version++
}
