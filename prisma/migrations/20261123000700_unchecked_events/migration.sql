-- looked through every quarter of a minute for checks whose job is gone
CREATE INDEX duplicate_event_unchecked ON duplicate_event (key)
  WHERE cancelled_at IS NULL AND event_type = 'check' AND (state = 'checking' OR (state = 'duplicate_found' AND recheck));
