-- Decisions that were made before receipts had a table of their own. The evidence is what is still known of the candidate;
-- what it did to the number of countable activities was not measured then and stands as 0.
INSERT INTO duplicate_receipt (org_id, event_key, mentor_key, other_mentor_key, resolution, probability, evidence, content,
  countable_change, decided_by, decided_at)
SELECT e.org_id, e.key, e.mentor_key, a.mentor_key, e.resolution, c.probability, coalesce(c.evidence, '[]'), e.receipt, 0,
  e.resolved_by, coalesce(e.last_updated_at, e.dispatched_at)
FROM duplicate_event e
LEFT JOIN LATERAL (
  SELECT c.* FROM duplicate_candidate c
  WHERE c.event_key = e.key AND (e.resolution IN ('keep_both', 'discard_draft') OR c.activity_key = e.activity_key)
  ORDER BY c.probability DESC, c.key LIMIT 1
) AS c ON true
LEFT JOIN activity a ON a.key = coalesce(c.activity_key, CASE WHEN e.resolution IN ('merge', 'co_led') THEN e.activity_key END)
WHERE e.event_type = 'check' AND e.state = 'resolved' AND e.receipt IS NOT NULL AND e.resolution <> 'reviewed'
  AND NOT EXISTS (SELECT FROM duplicate_receipt r WHERE r.event_key = e.key AND r.undone_at IS NULL)
ORDER BY coalesce(e.last_updated_at, e.dispatched_at), e.key;
