-- Two leaders of one group may write a bare title and no place or time: their sessions are found by the number of people.
CREATE INDEX activity_by_heads ON activity (org_id, activity_type_id, date, participant_count) WHERE participant_count > 2;
CREATE INDEX duplicate_event_by_heads ON duplicate_event (org_id, activity_type_id, date, ((draft ->> 'participant_count')::integer))
  WHERE cancelled_at IS NULL AND state IN ('checking', 'duplicate_found') AND event_type = 'check'
    AND (draft ->> 'participant_count')::integer > 2;
