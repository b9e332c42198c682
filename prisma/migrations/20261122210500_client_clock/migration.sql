-- What a phone's clock said when it sent an event, and the time of the event by a clock that is right. Both stay beside the
-- time that the phone gave; without a correction there is none.
ALTER TABLE sync_event
  ADD COLUMN client_clock timestamptz,
  ADD COLUMN corrected_timestamp timestamptz;

-- Events of a queue have a name that the phone gave them. It is kept as long as the row, so also when they were removed.
ALTER TABLE bloc_event
  ADD COLUMN client_event_id text,
  ADD COLUMN client_timestamp timestamptz,
  ADD COLUMN client_clock timestamptz,
  ADD COLUMN corrected_timestamp timestamptz;
CREATE UNIQUE INDEX bloc_event_natural ON bloc_event (mentor_key, client_event_id) WHERE client_event_id IS NOT NULL;
CREATE INDEX bloc_event_renewal ON bloc_event (mentor_key, fired_at) WHERE event_type = 'RecordRenewalEvent' AND processed;

-- By how much the clock of the mentor's phone was found to be ahead when it was last heard.
ALTER TABLE mentor ADD COLUMN phone_skew_ms bigint NOT NULL DEFAULT 0;
