-- Two kept activities that were decided to be two sessions come back once one of them has changed and they look like one
-- session again: how sure that is, and on which evidence.
CREATE SEQUENCE distinct_pair_number;
ALTER TABLE distinct_pair
  ADD COLUMN id text NOT NULL DEFAULT public_id('dis_', nextval('distinct_pair_number')),
  ADD COLUMN returned_at timestamptz,
  ADD COLUMN probability double precision CHECK (probability BETWEEN 0 AND 1),
  ADD COLUMN evidence jsonb,
  -- the decision that stood before it was confirmed, to take the confirmation back
  ADD COLUMN earlier jsonb,
  ADD CONSTRAINT distinct_pair_returned_with_evidence
    CHECK (returned_at IS NULL OR (probability IS NOT NULL AND evidence IS NOT NULL AND other_activity_key IS NOT NULL)),
  ADD UNIQUE (org_id, id);
CREATE INDEX distinct_pair_returned ON distinct_pair (org_id, returned_at, key) WHERE returned_at IS NOT NULL;
