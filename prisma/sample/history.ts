import { expiryReason } from '@/domain/certifications/expiry-rules'
import { applySyncEvent, effectiveTime, type PauseState } from '@/domain/mentor-status-sync/ordering'
import { type Instant, instantFromDate } from '@/lib/instant'
import { type Certification, Holdings } from './holdings'
import { findNight, type Night } from './job-runs'
import type { Certify, MentorPlan, Report, Revoke, Step } from './plan'
import type { MentorRow, SyncEventRow } from './rows'
import { DAY, HOUR, MINUTE, SECOND, TIME_ZONE, timestamp, timestampOrNull, wireTime } from './time'
import type { Command, LoggedChange, World } from './world'

/** A nightly run comes upon a certification that lapsed. */
interface Found {
  readonly kind: 'found'
  readonly at: number
  readonly certification: Certification
}

/** Plays what happens to a mentor in the order of time, by the rules of the API. Returns the mentor as it then stands. */
export function playHistory(world: World, plan: MentorPlan): MentorRow {
  return new History(world, plan).play()
}

function instant(millis: number): Instant {
  return instantFromDate(new Date(millis))
}

class History {
  readonly #holdings = new Holdings()
  #byHand = false
  #byCertification = false
  #handEffectiveAt: Instant | null = null
  #statusUpdatedAt: number
  #heardAt: number | null

  constructor(
    readonly world: World,
    readonly plan: MentorPlan,
  ) {
    this.#statusUpdatedAt = plan.created_at
    this.#heardAt = plan.last_heard_at
  }

  play(): MentorRow {
    this.#command(this.plan.created_at, 'open', [
      { type: 'mentor', id: this.plan.mentor_id, action: 'registered', before: null, after: this.#profile },
    ])
    const waiting: (Step | Found)[] = [...this.plan.steps]
    while (waiting.length > 0) {
      waiting.sort((a, b) => a.at - b.at)
      const step = waiting.shift() as Step | Found
      if (step.kind === 'certify') waiting.push(...this.#certify(step))
      else if (step.kind === 'revoke') this.#revoke(step)
      else if (step.kind === 'report') this.#report(step)
      else this.#find(step)
    }
    this.world.certifications.push(...this.#holdings.toRows(this.plan.key))
    return this.#toRow()
  }

  get #profile() {
    return { full_name: this.plan.full_name, email: this.plan.email, incomplete: this.plan.incomplete }
  }

  get #status(): 'active' | 'paused' {
    return this.#byHand || this.#byCertification ? 'paused' : 'active'
  }

  get #pauseState(): PauseState {
    const first = this.#holdings.firstExpiry
    return {
      paused_by_hand: this.#byHand,
      paused_by_certification: this.#byCertification,
      hand_effective_at: this.#handEffectiveAt,
      first_expiry: first === null ? null : instant(first),
    }
  }

  #certify(step: Certify): Found[] {
    const certification = this.#holdings.add(step, step.id ?? this.world.takeId('cert_'))
    const changes: LoggedChange[] = [
      {
        type: 'certification',
        id: certification.id,
        action: 'recorded',
        before: null,
        after: loggedState(certification),
      },
    ]
    for (const { id } of this.#holdings.clearMarks(step.at)) {
      const [before, after] = [{ auto_pause_applied: true }, { auto_pause_applied: false }]
      changes.push({ type: 'certification', id, action: 'auto_pause_cleared', before, after })
    }
    if (this.#byCertification && (this.#holdings.firstExpiry ?? 0) > step.at) changes.push(...this.#liftPause(step.at))
    this.#command(step.at, 'open', changes)
    const night = findNight(this.world.nights, Math.max(step.expires_at, step.at), this.world.now)
    return night === null ? [] : [{ kind: 'found', at: night, certification }]
  }

  #liftPause(at: number): LoggedChange[] {
    this.#byCertification = false
    const lifted: LoggedChange = {
      type: 'mentor',
      id: this.plan.mentor_id,
      action: this.#byHand ? 'certification_pause_lifted' : 'resumed',
      before: { status: 'paused', paused_by_certification: true },
      after: { status: this.#status, paused_by_certification: false },
    }
    if (this.#byHand) return [lifted]
    this.#statusUpdatedAt = at
    return [lifted, this.#tellApp('ResumeMentorEvent', 'Certification renewed', at)]
  }

  #revoke(step: Revoke): void {
    const certification = this.#holdings.revoke(step)
    const after = loggedState(certification)
    const before = { ...after, revoked_at: null }
    this.#command(step.at, 'open', [{ type: 'certification', id: certification.id, action: 'revoked', before, after }])
  }

  #find({ at, certification }: Found): void {
    // renewed or revoked before the night
    if (!this.#holdings.current.includes(certification)) return
    const night = this.world.nights.get(at) as Night
    const appliedAt = at + 3 * SECOND
    const before = this.#status
    const reason = expiryReason(certification.type, instant(certification.expires_at), TIME_ZONE)
    this.#holdings.markPaused(certification, at)
    this.#byCertification = true
    this.world.logs.push({
      key: 0,
      id: certification.id === 'cert_03PQ7SY1' ? 'log_01AAZ7BC' : this.world.takeId('log_'),
      mentor_key: this.plan.key,
      certification_id: certification.id,
      reason,
      applied_at: timestamp(appliedAt),
      night: at,
    })
    const changes: LoggedChange[] = [
      {
        type: 'certification',
        id: certification.id,
        action: 'auto_pause_applied',
        before: { auto_pause_applied: false },
        after: { auto_pause_applied: true, reason },
      },
      {
        type: 'mentor',
        id: this.plan.mentor_id,
        action: before === 'paused' ? 'certification_pause_applied' : 'paused',
        before: { status: before, paused_by_certification: false },
        after: { status: 'paused', paused_by_certification: true, reason },
      },
    ]
    if (!night.fixed) night.run.expired_found++
    if (before === 'active') {
      if (!night.fixed) night.run.auto_paused++
      this.#statusUpdatedAt = appliedAt
      changes.push(this.#tellApp('PauseMentorEvent', reason, appliedAt))
    }
    this.#command(appliedAt, 'expiry-job', changes)
  }

  #report(step: Report): void {
    const client = step.client_at === null ? null : instant(step.client_at)
    const effective_at = effectiveTime(client, instant(step.at), this.#handEffectiveAt)
    const state = this.#pauseState
    const before = this.#status
    const outcome = applySyncEvent(state, { event_type: step.event_type, effective_at }, instant(step.at))
    this.#byHand = outcome.paused_by_hand
    this.#byCertification = outcome.paused_by_certification
    this.#handEffectiveAt = outcome.hand_effective_at
    if (outcome.accepted) this.#statusUpdatedAt = step.at
    if (client !== null) this.#heardAt = Math.max(this.#heardAt ?? 0, step.at)
    const { accepted, rejection_reason, resulting_status, held_by } = outcome
    const { event_type, reason } = step
    const id = step.id ?? this.world.takeId('evt_')
    this.#addEvent(step.at, {
      id,
      origin: 'app',
      event_type,
      reason,
      note: step.acknowledged?.note ?? null,
      client_timestamp: client,
      effective_at,
      accepted,
      rejection_reason,
      resulting_status,
      held_by,
      acknowledged_at: timestampOrNull(step.acknowledged?.at ?? null),
    })
    const action = !accepted ? 'superseded' : event_type === 'PauseMentorEvent' ? 'paused' : 'resumed'
    const after = {
      status: resulting_status,
      event_type,
      origin: 'app',
      accepted,
      rejection_reason,
      held_by,
      reason,
      client_timestamp: client,
      effective_at,
    }
    this.#command(step.at, client === null ? 'open' : 'phone', [
      { type: 'sync_event', id, action, before: { status: before }, after },
    ])
    if (step.acknowledged) this.#acknowledge(id, step.acknowledged.at, step.acknowledged.note)
  }

  #acknowledge(id: string, at: number, note: string | null): void {
    const before = { acknowledged: false, acknowledged_at: null, acknowledged_by: null, note: null }
    const after = { acknowledged: true, acknowledged_at: timestamp(at), acknowledged_by: 'open', note }
    this.#command(at, 'open', [{ type: 'sync_event', id, action: 'acknowledged', before, after }])
  }

  /** The server's own event for the app, which soon fetches it; some phones lie in a drawer. */
  #tellApp(event_type: SyncEventRow['event_type'], reason: string, at: number): LoggedChange {
    const { now, random } = this.world
    const fetchedAt = at + random.integer(10 * MINUTE, 4 * DAY)
    const waits = fetchedAt > now - HOUR || (random.chance(at > now - 12 * DAY ? 0.5 : 0.08) && this.plan.key > 8)
    const id = this.world.takeId('evt_')
    const resulting_status = this.#status
    this.#addEvent(at, {
      id,
      origin: 'server',
      event_type,
      reason,
      note: null,
      client_timestamp: null,
      effective_at: timestamp(at),
      accepted: true,
      rejection_reason: null,
      resulting_status,
      held_by: null,
      acknowledged_at: waits ? null : timestamp(fetchedAt),
    })
    const after = { event_type, origin: 'server', reason, resulting_status, server_timestamp: wireTime(at) }
    return { type: 'sync_event', id, action: 'created', before: null, after }
  }

  #addEvent(
    at: number,
    event: Omit<SyncEventRow, 'key' | 'mentor_key' | 'server_timestamp' | 'acknowledged_by' | 'version' | 'updated_at'>,
  ): void {
    this.world.syncEvents.push({
      key: 0,
      mentor_key: this.plan.key,
      ...event,
      server_timestamp: timestamp(at),
      acknowledged_by: event.acknowledged_at && 'open',
      version: event.acknowledged_at ? 2 : 1,
      updated_at: event.acknowledged_at ?? timestamp(at),
    })
  }

  #command(at: number, actor: string, changes: Command['changes']): void {
    this.world.commands.push({ mentor_key: this.plan.key, at, actor, changes })
  }

  #toRow(): MentorRow {
    const { plan } = this
    return {
      key: plan.key,
      mentor_id: plan.mentor_id,
      full_name: plan.full_name,
      email: plan.email,
      incomplete: plan.incomplete,
      search_text: '',
      paused_by_hand: this.#byHand,
      paused_by_certification: this.#byCertification,
      hand_effective_at: this.#handEffectiveAt,
      status_updated_at: timestamp(this.#statusUpdatedAt),
      first_expiry: timestampOrNull(this.#holdings.firstExpiry),
      last_expiry: timestampOrNull(this.#holdings.lastExpiry),
      last_heard_at: timestampOrNull(this.#heardAt),
      revision: 0,
      created_at: timestamp(plan.created_at),
      updated_at: timestamp(plan.created_at),
    }
  }
}

function loggedState(one: Certification) {
  return {
    certification_type: one.type,
    issued_at: wireTime(one.issued_at),
    expires_at: wireTime(one.expires_at),
    revoked_at: one.revoked_at === null ? null : wireTime(one.revoked_at),
  }
}
