-- What an organisation counts for its grants; its own reading, not an official one.
ALTER TABLE organisation
  ADD COLUMN countable_participants integer NOT NULL DEFAULT 3 CHECK (countable_participants BETWEEN 0 AND 1000),
  ADD COLUMN countable_minutes integer NOT NULL DEFAULT 45 CHECK (countable_minutes BETWEEN 0 AND 1440),
  -- several of one mentor, type and day count once
  ADD COLUMN countable_once_a_day boolean NOT NULL DEFAULT true;

-- Decisions planned for many drafts at once. What is planned is stored before anything is carried out, each row in a
-- transaction of its own, so that a batch that was cut off goes on where it stands.
CREATE SEQUENCE duplicate_batch_number;
CREATE TABLE duplicate_batch (
  key bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  org_id text NOT NULL,
  id text NOT NULL DEFAULT public_id('bat_', nextval('duplicate_batch_number')),
  state text NOT NULL CHECK (state IN ('planned', 'running', 'done', 'undoing', 'undone')),
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  run_by text,
  run_at timestamptz,
  ended_at timestamptz,
  undone_by text,
  undone_at timestamptz,
  UNIQUE (org_id, id)
);
CREATE INDEX duplicate_batch_newest ON duplicate_batch (org_id, created_at, key);

CREATE TABLE duplicate_batch_item (
  batch_key bigint NOT NULL REFERENCES duplicate_batch (key) ON DELETE CASCADE,
  position integer NOT NULL,
  event_key bigint NOT NULL REFERENCES duplicate_event (key),
  review_version integer NOT NULL,
  resolution text NOT NULL CHECK (resolution IN ('merge', 'keep_both', 'co_led', 'discard_draft')),
  -- the activity that the draft is held against, as text: it may be gone later
  candidate_id text,
  -- what carrying it out would do, as it was planned
  plan jsonb,
  outcome text NOT NULL CHECK (outcome IN ('planned', 'refused', 'done', 'undone', 'undo_refused')),
  code text,
  detail text,
  PRIMARY KEY (batch_key, position),
  UNIQUE (batch_key, event_key)
);
CREATE INDEX duplicate_batch_item_event ON duplicate_batch_item (event_key);

-- What each decision kept, filled, replaced and dropped, value by value. Never changed but by being taken back.
CREATE SEQUENCE duplicate_receipt_number;
CREATE TABLE duplicate_receipt (
  key bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  org_id text NOT NULL,
  id text NOT NULL DEFAULT public_id('rec_', nextval('duplicate_receipt_number')),
  event_key bigint NOT NULL REFERENCES duplicate_event (key),
  -- whose draft, and whose activity it was held against
  mentor_key bigint NOT NULL,
  other_mentor_key bigint,
  resolution text NOT NULL CHECK (resolution IN ('merge', 'keep_both', 'co_led', 'discard_draft')),
  -- what the decision was made on
  probability double precision CHECK (probability BETWEEN 0 AND 1),
  evidence jsonb NOT NULL,
  content jsonb NOT NULL,
  -- by how much the number of countable activities changed
  countable_change integer NOT NULL,
  batch_key bigint REFERENCES duplicate_batch (key),
  decided_by text NOT NULL,
  decided_at timestamptz NOT NULL,
  undone_by text,
  undone_at timestamptz,
  UNIQUE (org_id, id),
  FOREIGN KEY (org_id, mentor_key) REFERENCES mentor (org_id, key),
  FOREIGN KEY (org_id, other_mentor_key) REFERENCES mentor (org_id, key)
);
CREATE UNIQUE INDEX duplicate_receipt_standing ON duplicate_receipt (event_key) WHERE undone_at IS NULL;
CREATE INDEX duplicate_receipt_event ON duplicate_receipt (event_key, key);
CREATE INDEX duplicate_receipt_newest ON duplicate_receipt (org_id, decided_at, key);
CREATE INDEX duplicate_receipt_resolution ON duplicate_receipt (org_id, resolution, decided_at, key);
CREATE INDEX duplicate_receipt_mentor ON duplicate_receipt (mentor_key, decided_at, key);
CREATE INDEX duplicate_receipt_batch ON duplicate_receipt (batch_key, key) WHERE batch_key IS NOT NULL;

-- what the two said of themselves when they were judged, so that a later change can be shown
ALTER TABLE distinct_pair ADD COLUMN content jsonb, ADD COLUMN other_content jsonb;
