-- Surest first, and what the check could not weigh last.
DROP INDEX duplicate_event_surest;
CREATE INDEX duplicate_event_surest ON duplicate_event (org_id, probability DESC NULLS LAST, key)
  WHERE cancelled_at IS NULL AND state = 'duplicate_found';

-- The transaction that last changed what a reviewer sees: a selection holds what a list's snapshot saw.
ALTER TABLE duplicate_event ADD COLUMN written_in xid8 NOT NULL DEFAULT pg_current_xact_id();
