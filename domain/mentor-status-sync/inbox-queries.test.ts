import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { countWaitingSyncEvents, listSyncInbox } from '@/domain/mentor-status-sync/inbox-queries'
import type { SyncInboxTab } from '@/domain/mentor-status-sync/inbox-schema'
import { type Api, newMentorId, ORG, openApi } from '@/e2e/api/harness'
import { EVENTS, NOW, pause, resume } from '@/e2e/api/sync-requests'
import type { Call } from '@/lib/call'
import { closePool, pool } from '@/lib/db'
import { parseInstant } from '@/lib/instant'

let api: Api
let call: Call
beforeAll(async () => {
  api = await openApi()
  process.env.DATABASE_URL = api.url
  const now = parseInstant(NOW)
  if (!now) throw new Error(NOW)
  call = { caller: { org: ORG, actor: 'open' }, now, requestId: 'inbox', ifMatch: null, afterCommit: () => {} }
})
afterAll(async () => {
  await closePool()
  await api.close()
})

const inbox = (tab: SyncInboxTab, page = 1, limit = 20) => listSyncInbox(pool(), call, { tab, page, limit })

describe('the inbox of the coordinators', () => {
  it('holds each app event in one tab, with what explains it', async () => {
    const mentor_id = newMentorId()
    const first = await pause(api, { mentor_id, client_timestamp: '2026-03-26T10:04:00Z', reason: 'own words' })
    const late = await resume(api, { mentor_id, client_timestamp: '2026-03-26T09:00:00Z' })
    const click = await pause(api, { mentor_id })
    await api.db.query(
      `INSERT INTO sync_event (org_id, mentor_key, origin, event_type, effective_at, server_timestamp, accepted, resulting_status, updated_at)
       SELECT org_id, key, 'server', 'PauseMentorEvent', $2, $2, true, 'paused', $2 FROM mentor WHERE mentor_id = $1`,
      [mentor_id, NOW],
    )
    await api.put(`${EVENTS}/${click.body.sync_event_id}`, { acknowledged: true, reason: 'seen' })

    expect(await countWaitingSyncEvents(pool(), call)).toEqual({ pending: 1, not_accepted: 1 })
    expect((await inbox('pending')).rows).toMatchObject([
      {
        sync_event_id: first.body.sync_event_id,
        mentor_id,
        mentor_name: mentor_id,
        reason: 'own words',
        note: null,
        ahead_seconds: 240,
        late_by_seconds: 0,
        newer_at: null,
        resulting_status: 'paused',
      },
    ])
    expect((await inbox('not_accepted')).rows).toMatchObject([
      {
        sync_event_id: late.body.sync_event_id,
        accepted: false,
        ahead_seconds: 0,
        late_by_seconds: 3600,
        newer_at: '2026-03-26T10:04:00Z',
      },
    ])
    expect((await inbox('acknowledged')).rows).toMatchObject([
      {
        sync_event_id: click.body.sync_event_id,
        accepted: false,
        note: 'seen',
        acknowledged_by: 'open',
        acknowledged_at: '2026-03-26T10:00:00Z',
        client_timestamp: null,
        late_by_seconds: 0,
      },
    ])
    expect(await inbox('pending', 2)).toMatchObject({ rows: [], total: 1 })
  })
})
