import type { ErrorCode } from '@/lib/errors'

/** For the reader of the reference: when a code comes, and what to do about it. */
export const ERROR_GUIDE: Record<ErrorCode, string> = {
  invalid_request:
    'A key, parameter or value is missing or wrong; `errors` names each place. Under `Prefer: handling=strict` also an unknown one. Mend the request: sending it again as it is will not help.',
  invalid_json: 'The body is not JSON in UTF-8.',
  forbidden:
    'The caller may not do this; without sign-in: a page of another site tried to write, or the request named a host that is not this machine.',
  not_found: 'The address names nothing. See the list of addresses above.',
  mentor_not_found: 'Nobody here has this id, or the person has been erased.',
  certification_not_found: 'No certification has this id; it may have been deleted.',
  snooze_not_found:
    'The warning of this certification is not snoozed: it never was, the day has come, or the certification was renewed.',
  event_not_found: 'No event has this id; it may have been deleted or cancelled.',
  activity_not_found: 'No activity has this id; it may have been merged into another.',
  batch_not_found: 'No batch of decisions has this id.',
  receipt_not_found: 'No decision has a receipt of this id, or it concerned a person who has been erased.',
  pair_not_found:
    'No two kept activities were decided to be distinct under this id, or one of them has become a draft again.',
  plan_not_found: 'No dry run of the expiry job that has ended has this id.',
  method_not_allowed: 'The address exists; `Allow` names the methods that it knows.',
  certification_not_current:
    'The certification is revoked, or a later one of its type has taken its place: nothing warns of it.',
  conflict: 'Another record already holds a value that may exist only once.',
  transition_not_allowed:
    'The record is in a state that does not lead there; the detail names the moves that are allowed.',
  resolution_required: 'There is more than one way to resolve this, and none goes without saying: send `resolution`.',
  already_resolved: 'Somebody has already decided otherwise; the answer shows the decision that stands.',
  review_moved_on: 'The event has changed since it was reviewed. Read it again and send its new `review_version`.',
  activity_moved_on: 'The activity has been changed since, so this cannot be taken back without losing that change.',
  changed_by_batch:
    'Only in a row of a planned batch: an earlier row has this draft checked again, so that nobody can say yet what it may duplicate. Run the batch and decide about the draft afterwards.',
  batch_not_ended:
    'The batch has not been run, or not to its end: nothing was taken back. Run it, wait until its state is `done`, and send this again.',
  expiry_job_running: 'A run is under way; the answer names it. Wait for it, or try again after `Retry-After` seconds.',
  plan_outdated:
    'A run would find something else by now than the plan says; nothing was done. `counts` and `differences` (the first 100) say what differs. Send the same again with `confirm` to carry out what stands now, or make a new plan.',
  idempotency_key_in_use:
    'The first request with this key is still running. Send it again after `Retry-After` seconds.',
  list_outdated:
    'The `as_of` is more than 24 hours old, or belongs to another database or one that has been restored since. Read the list again.',
  acknowledged_by_app:
    'A message of the server to the app, which acknowledges it; coordinators acknowledge what the app reported.',
  reload_required:
    'What happened since this cursor cannot be told: it is older than what is kept, or of another database. Read the snapshots again and go on from their `Changes-Cursor`.',
  precondition_failed:
    'The record has been changed since the version in `If-Match` was read. Read it again and repeat the change.',
  body_too_large: 'The body is larger than this address takes. Send it in smaller parts.',
  unsupported_media_type: 'The body is not JSON, or is compressed. Send plain `application/json`.',
  idempotency_key_reused: 'The key was used before, for another request. Take a new key for each new request.',
  too_many_requests: 'Slow down: try again after `Retry-After` seconds.',
  internal_error: 'A fault on our side, logged under `request_id`. Nothing was stored.',
  database_unavailable:
    'The database is away for the moment. Nothing was stored; try again after `Retry-After` seconds.',
  not_serving: 'The server is starting or stopping. Nothing was stored; try again after `Retry-After` seconds.',
}
