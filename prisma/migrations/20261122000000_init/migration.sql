CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;

-- Lower case without accents. `unaccent` is only STABLE because its dictionary could be replaced; this one is fixed.
CREATE FUNCTION search_text(words text) RETURNS text
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  AS $$ SELECT lower(public.unaccent('public.unaccent'::regdictionary, words)) $$;

-- Eight characters of Crockford base32. An odd factor is a bijection modulo 2^40, and so is the shift that follows:
-- a sequence never gives one id twice, yet neighbours do not look alike.
CREATE FUNCTION public_id(prefix text, n bigint) RETURNS text
  LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE -- a body in SQL would be set up anew by every statement
  AS $$
    DECLARE
      m constant bigint := (n * 662607015) & 1099511627775;
      x constant bigint := m # (m >> 21);
      digits constant text := '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
    BEGIN
      RETURN prefix || substr(digits, 1 + (x >> 35)::int, 1) || substr(digits, 1 + ((x >> 30) & 31)::int, 1)
        || substr(digits, 1 + ((x >> 25) & 31)::int, 1) || substr(digits, 1 + ((x >> 20) & 31)::int, 1)
        || substr(digits, 1 + ((x >> 15) & 31)::int, 1) || substr(digits, 1 + ((x >> 10) & 31)::int, 1)
        || substr(digits, 1 + ((x >> 5) & 31)::int, 1) || substr(digits, 1 + (x & 31)::int, 1);
    END
  $$;

CREATE SEQUENCE certification_number;
CREATE SEQUENCE sync_event_number;
CREATE SEQUENCE auto_pause_number;
CREATE SEQUENCE activity_number;
CREATE SEQUENCE bloc_event_number;
CREATE SEQUENCE duplicate_event_number;
CREATE SEQUENCE duplicate_check_number;

-- One row, made with the database: positions in the change log mean nothing in another one.
CREATE TABLE database_identity (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid()
);
INSERT INTO database_identity DEFAULT VALUES;

CREATE TABLE organisation (
  id text PRIMARY KEY,
  name text NOT NULL,
  time_zone text NOT NULL DEFAULT 'Europe/Oslo',
  warning_days integer NOT NULL DEFAULT 60 CHECK (warning_days BETWEEN 0 AND 3650)
);

CREATE TABLE mentor (
  key bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  org_id text NOT NULL REFERENCES organisation (id),
  mentor_id text NOT NULL CHECK (mentor_id ~ '^[A-Za-z0-9._-]{1,64}$' AND mentor_id NOT IN ('.', '..', 'events')),
  full_name text NOT NULL,
  email text,
  incomplete boolean NOT NULL DEFAULT false,
  search_text text NOT NULL,
  -- status is 'paused' while either cause holds
  paused_by_hand boolean NOT NULL DEFAULT false,
  paused_by_certification boolean NOT NULL DEFAULT false,
  -- effective time of the newest accepted pause or resume by hand
  hand_effective_at timestamptz,
  status_updated_at timestamptz NOT NULL,
  -- over the current certifications: the mentor has lapsed once the first of them has passed
  first_expiry timestamptz,
  last_expiry timestamptz,
  last_heard_at timestamptz,
  revision bigint NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  erased_at timestamptz,
  UNIQUE (org_id, mentor_id),
  UNIQUE (org_id, key)
) WITH (fillfactor = 70); -- room to update a row in its page, as every event does
CREATE INDEX mentor_name ON mentor (org_id, full_name COLLATE "nb-NO-x-icu", mentor_id) WHERE erased_at IS NULL;
CREATE INDEX mentor_last_expiry ON mentor (org_id, last_expiry, mentor_id) WHERE erased_at IS NULL;
CREATE INDEX mentor_first_expiry ON mentor (org_id, first_expiry, mentor_id) WHERE erased_at IS NULL;
CREATE INDEX mentor_paused ON mentor (org_id, mentor_id) WHERE erased_at IS NULL AND (paused_by_hand OR paused_by_certification);
CREATE INDEX mentor_search ON mentor USING gin (search_text gin_trgm_ops);

CREATE FUNCTION set_mentor_search_text() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    NEW.search_text := public.search_text(NEW.full_name || ' ' || coalesce(NEW.email, '') || ' ' || NEW.mentor_id);
    RETURN NEW;
  END
$$;
CREATE TRIGGER mentor_search_text BEFORE INSERT OR UPDATE OF full_name, email, mentor_id ON mentor
  FOR EACH ROW EXECUTE FUNCTION set_mentor_search_text();

CREATE TABLE certification (
  key bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  org_id text NOT NULL,
  id text NOT NULL DEFAULT public_id('cert_', nextval('certification_number')),
  mentor_key bigint NOT NULL,
  certification_type text NOT NULL,
  issued_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  revoked_at timestamptz,
  -- the one of its type with the latest expiry that is not revoked
  is_current boolean NOT NULL DEFAULT false,
  auto_pause_applied_at timestamptz,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  UNIQUE (org_id, id),
  FOREIGN KEY (org_id, mentor_key) REFERENCES mentor (org_id, key),
  CHECK (expires_at > issued_at),
  CHECK (NOT (is_current AND revoked_at IS NOT NULL))
);
CREATE UNIQUE INDEX certification_current ON certification (mentor_key, certification_type) WHERE is_current;
CREATE INDEX certification_recorded ON certification (org_id, key);
CREATE INDEX certification_mentor ON certification (mentor_key, key);
CREATE INDEX certification_expires ON certification (org_id, expires_at, key);
CREATE INDEX certification_issued ON certification (org_id, issued_at, key);
CREATE INDEX certification_type_recorded ON certification (org_id, certification_type, key);
CREATE INDEX certification_current_expires ON certification (org_id, expires_at, key) WHERE is_current;
CREATE INDEX certification_unhandled ON certification (org_id, expires_at, mentor_key) WHERE is_current AND auto_pause_applied_at IS NULL;
CREATE INDEX certification_revoked ON certification (org_id, key) WHERE revoked_at IS NOT NULL;
CREATE INDEX certification_history ON certification (org_id, key) WHERE NOT is_current;
-- the latest of a type becomes current
CREATE INDEX certification_latest ON certification (mentor_key, certification_type, expires_at, key) WHERE revoked_at IS NULL;
CREATE INDEX certification_auto_paused ON certification (org_id, key) WHERE auto_pause_applied_at IS NOT NULL;
CREATE INDEX certification_mentor_auto_paused ON certification (mentor_key) WHERE auto_pause_applied_at IS NOT NULL;

CREATE TABLE job_run (
  key bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  org_id text NOT NULL REFERENCES organisation (id),
  id text NOT NULL,
  trigger text NOT NULL CHECK (trigger IN ('manual', 'nightly', 'command')),
  -- the night a nightly run belongs to: one run a night, however many instances are up
  slot date,
  dry_run boolean NOT NULL,
  actor text NOT NULL,
  started_at timestamptz NOT NULL,
  completed_at timestamptz,
  -- a run whose process died: the next run finishes its work
  abandoned_at timestamptz,
  mentors_scanned integer NOT NULL DEFAULT 0,
  expired_found integer NOT NULL DEFAULT 0,
  auto_paused integer NOT NULL DEFAULT 0,
  failures jsonb NOT NULL DEFAULT '[]',
  idempotency_key text,
  request_hash text,
  UNIQUE (org_id, id),
  UNIQUE (org_id, slot)
);
CREATE UNIQUE INDEX job_run_idempotency ON job_run (org_id, actor, idempotency_key) WHERE idempotency_key IS NOT NULL;
CREATE INDEX job_run_started ON job_run (org_id, started_at, key);

CREATE TABLE auto_pause_log (
  key bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  org_id text NOT NULL,
  id text NOT NULL DEFAULT public_id('log_', nextval('auto_pause_number')),
  mentor_key bigint NOT NULL,
  -- the certification may be deleted later; what was logged stays
  certification_id text NOT NULL,
  job_run_key bigint NOT NULL REFERENCES job_run (key),
  reason text NOT NULL,
  applied_at timestamptz NOT NULL,
  UNIQUE (org_id, id),
  FOREIGN KEY (org_id, mentor_key) REFERENCES mentor (org_id, key)
);
CREATE INDEX auto_pause_log_applied ON auto_pause_log (org_id, applied_at, key);
CREATE INDEX auto_pause_log_mentor ON auto_pause_log (mentor_key, applied_at, key);
CREATE INDEX auto_pause_log_run ON auto_pause_log (job_run_key, applied_at, key);

CREATE TABLE sync_event (
  key bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  org_id text NOT NULL,
  id text NOT NULL DEFAULT public_id('evt_', nextval('sync_event_number')),
  mentor_key bigint NOT NULL,
  origin text NOT NULL CHECK (origin IN ('app', 'server')),
  event_type text NOT NULL CHECK (event_type IN ('PauseMentorEvent', 'ResumeMentorEvent')),
  reason text,
  note text,
  client_timestamp timestamptz,
  effective_at timestamptz NOT NULL,
  server_timestamp timestamptz NOT NULL,
  accepted boolean NOT NULL,
  rejection_reason text CHECK (rejection_reason IN ('superseded')),
  resulting_status text NOT NULL CHECK (resulting_status IN ('active', 'paused')),
  held_by text CHECK (held_by IN ('certification_expired')),
  acknowledged_at timestamptz,
  acknowledged_by text,
  version integer NOT NULL DEFAULT 1,
  updated_at timestamptz NOT NULL,
  -- a deleted event leaves every view, but a phone that resends it later must get the first answer
  deleted_at timestamptz,
  UNIQUE (org_id, id),
  FOREIGN KEY (org_id, mentor_key) REFERENCES mentor (org_id, key),
  CHECK (accepted = (rejection_reason IS NULL)),
  CHECK ((acknowledged_at IS NULL) = (acknowledged_by IS NULL))
);
CREATE UNIQUE INDEX sync_event_natural ON sync_event (mentor_key, event_type, client_timestamp) WHERE client_timestamp IS NOT NULL;
CREATE INDEX sync_event_pending ON sync_event (org_id, effective_at, event_type DESC, key) WHERE acknowledged_at IS NULL AND deleted_at IS NULL;
CREATE INDEX sync_event_effective ON sync_event (org_id, effective_at, event_type DESC, key) WHERE deleted_at IS NULL;
CREATE INDEX sync_event_received ON sync_event (org_id, server_timestamp, key) WHERE deleted_at IS NULL;
CREATE INDEX sync_event_inbox ON sync_event (org_id, origin, effective_at, event_type DESC, key) WHERE acknowledged_at IS NULL AND deleted_at IS NULL;
CREATE INDEX sync_event_mentor ON sync_event (mentor_key, effective_at, event_type DESC, key);
CREATE INDEX sync_event_acknowledged ON sync_event (org_id, acknowledged_at, key) WHERE acknowledged_at IS NOT NULL AND deleted_at IS NULL;

CREATE TABLE bloc_event (
  key bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  org_id text NOT NULL,
  number bigint NOT NULL DEFAULT nextval('bloc_event_number'),
  mentor_key bigint NOT NULL,
  event_type text NOT NULL CHECK (event_type IN ('LoadCertificationEvent', 'EnrolInCourseEvent', 'RecordRenewalEvent')),
  payload jsonb,
  processed boolean NOT NULL,
  error text,
  -- what a renewal was fixed to when it was first applied, so that applying it again changes nothing
  applied jsonb,
  version integer NOT NULL DEFAULT 1,
  fired_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  deleted_at timestamptz,
  UNIQUE (org_id, number),
  FOREIGN KEY (org_id, mentor_key) REFERENCES mentor (org_id, key),
  CHECK (processed = (error IS NULL))
);
CREATE INDEX bloc_event_history ON bloc_event (mentor_key, fired_at, key) WHERE deleted_at IS NULL;
CREATE INDEX bloc_event_course ON bloc_event (org_id, (payload ->> 'course_id'), mentor_key) WHERE event_type = 'EnrolInCourseEvent' AND deleted_at IS NULL;

CREATE TABLE mentor_snapshot (
  mentor_key bigint PRIMARY KEY REFERENCES mentor (key),
  state text NOT NULL CHECK (state IN ('loading', 'loaded', 'refreshing', 'failed')),
  -- current exactly when this is the mentor's revision
  revision bigint,
  body jsonb,
  loaded_at timestamptz,
  dispatched_at timestamptz,
  CHECK ((body IS NULL) = (loaded_at IS NULL))
);
CREATE INDEX mentor_snapshot_state ON mentor_snapshot (state, mentor_key);

CREATE TABLE assignment (
  key bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  org_id text NOT NULL,
  id text NOT NULL,
  mentor_key bigint NOT NULL,
  contact_name text NOT NULL,
  status text NOT NULL CHECK (status IN ('open', 'on_hold', 'closed')),
  opened_at timestamptz NOT NULL,
  closed_at timestamptz,
  UNIQUE (org_id, id),
  FOREIGN KEY (org_id, mentor_key) REFERENCES mentor (org_id, key),
  CHECK ((status = 'closed') = (closed_at IS NOT NULL))
);
CREATE INDEX assignment_open ON assignment (mentor_key, id) WHERE status <> 'closed';
CREATE INDEX assignment_mentor ON assignment (mentor_key, opened_at);

CREATE TABLE activity_type (
  org_id text NOT NULL REFERENCES organisation (id),
  id text NOT NULL,
  name_nb text NOT NULL,
  name_en text NOT NULL,
  counts_as_session boolean NOT NULL,
  PRIMARY KEY (org_id, id)
);

CREATE TABLE course (
  org_id text NOT NULL REFERENCES organisation (id),
  id text NOT NULL,
  name_nb text NOT NULL,
  name_en text NOT NULL,
  PRIMARY KEY (org_id, id)
);

CREATE TABLE activity (
  key bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  org_id text NOT NULL,
  id text NOT NULL DEFAULT public_id('act_', nextval('activity_number')),
  mentor_key bigint NOT NULL,
  -- the catalogue lives elsewhere: an unknown type is kept and shown by its id
  activity_type_id text NOT NULL,
  date date NOT NULL,
  title text,
  duration_minutes double precision CHECK (duration_minutes > 0),
  location text,
  starts_at text,
  participant_count integer,
  notes text,
  -- keys of the draft that this server does not know
  extra jsonb NOT NULL DEFAULT '{}',
  version integer NOT NULL DEFAULT 1,
  -- the version in which these values were set: unlike the version it goes back when a merge is undone
  content_version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  UNIQUE (org_id, id),
  UNIQUE (org_id, key),
  FOREIGN KEY (org_id, mentor_key) REFERENCES mentor (org_id, key)
);
CREATE INDEX activity_mentor_date ON activity (mentor_key, date, key);
CREATE INDEX activity_type_date ON activity (org_id, activity_type_id, date, key);
CREATE INDEX activity_date ON activity (org_id, date, key);

-- one session led by several: the activity counts once, and each leader is credited
CREATE TABLE activity_co_leader (
  org_id text NOT NULL,
  activity_key bigint NOT NULL,
  mentor_key bigint NOT NULL,
  PRIMARY KEY (activity_key, mentor_key),
  FOREIGN KEY (org_id, activity_key) REFERENCES activity (org_id, key) ON DELETE CASCADE,
  FOREIGN KEY (org_id, mentor_key) REFERENCES mentor (org_id, key)
);
CREATE INDEX activity_co_leader_mentor ON activity_co_leader (mentor_key, activity_key);

CREATE TABLE duplicate_event (
  key bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  org_id text NOT NULL,
  number bigint NOT NULL DEFAULT nextval('duplicate_event_number'),
  event_type text NOT NULL CHECK (event_type IN ('check', 'merge')),
  mentor_key bigint NOT NULL,
  activity_type_id text NOT NULL,
  date date NOT NULL,
  -- json, not jsonb: shown as it was sent, keys in their order
  draft json,
  state text NOT NULL CHECK (state IN ('checking', 'duplicate_found', 'clear', 'resolved', 'failed')),
  check_number bigint,
  error text,
  -- of the surest candidate
  probability double precision CHECK (probability BETWEEN 0 AND 1),
  -- a draft that this one waits for is gone: check again
  recheck boolean NOT NULL DEFAULT false,
  -- raised whenever what a reviewer sees may have changed
  review_version integer NOT NULL DEFAULT 1,
  -- the activity that the draft became, or that it was merged into
  activity_key bigint,
  resolution text CHECK (resolution IN ('reviewed', 'merge', 'keep_both', 'co_led', 'discard_draft')),
  -- where an undo leads back to, and what it puts back
  resolved_from text CHECK (resolved_from IN ('duplicate_found', 'clear')),
  receipt jsonb,
  resolved_by text,
  annotation text,
  version integer NOT NULL DEFAULT 1,
  dispatched_at timestamptz NOT NULL,
  last_updated_at timestamptz,
  cancelled_at timestamptz,
  UNIQUE (org_id, number),
  FOREIGN KEY (org_id, mentor_key) REFERENCES mentor (org_id, key),
  FOREIGN KEY (activity_key) REFERENCES activity (key) ON DELETE SET NULL,
  CHECK (event_type = 'merge' OR (draft IS NOT NULL AND check_number IS NOT NULL)),
  CHECK ((state = 'resolved') = (resolution IS NOT NULL)),
  CHECK ((state = 'failed') = (error IS NOT NULL))
);
CREATE INDEX duplicate_event_dispatched ON duplicate_event (org_id, dispatched_at, key) WHERE cancelled_at IS NULL;
CREATE INDEX duplicate_event_state ON duplicate_event (org_id, state, dispatched_at, key) WHERE cancelled_at IS NULL;
CREATE INDEX duplicate_event_kind ON duplicate_event (org_id, event_type, dispatched_at, key) WHERE cancelled_at IS NULL;
CREATE INDEX duplicate_event_date ON duplicate_event (org_id, date, key) WHERE cancelled_at IS NULL;
CREATE INDEX duplicate_event_mentor ON duplicate_event (mentor_key, date, key) WHERE cancelled_at IS NULL;
CREATE INDEX duplicate_event_type ON duplicate_event (org_id, activity_type_id, date, key) WHERE cancelled_at IS NULL;
CREATE INDEX duplicate_event_waiting ON duplicate_event (org_id, date, key) WHERE cancelled_at IS NULL AND state IN ('checking', 'duplicate_found');
CREATE INDEX duplicate_event_surest ON duplicate_event (org_id, probability DESC, key) WHERE cancelled_at IS NULL AND state = 'duplicate_found';
CREATE INDEX duplicate_event_activity ON duplicate_event (activity_key) WHERE activity_key IS NOT NULL;
CREATE UNIQUE INDEX duplicate_event_check ON duplicate_event (org_id, check_number) WHERE event_type = 'check' AND cancelled_at IS NULL;

-- what a draft may duplicate: a kept activity, or a draft that waits itself (and is shown as its activity once it is one)
CREATE TABLE duplicate_candidate (
  key bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  event_key bigint NOT NULL REFERENCES duplicate_event (key) ON DELETE CASCADE,
  activity_key bigint REFERENCES activity (key) ON DELETE CASCADE,
  draft_key bigint REFERENCES duplicate_event (key) ON DELETE CASCADE,
  probability double precision NOT NULL CHECK (probability BETWEEN 0 AND 1),
  -- one entry per comparison: [{field, level, weight}]
  evidence jsonb NOT NULL,
  UNIQUE (event_key, activity_key),
  UNIQUE (event_key, draft_key),
  CHECK (num_nonnulls(activity_key, draft_key) = 1)
);
CREATE INDEX duplicate_candidate_activity ON duplicate_candidate (activity_key) WHERE activity_key IS NOT NULL;
CREATE INDEX duplicate_candidate_draft ON duplicate_candidate (draft_key) WHERE draft_key IS NOT NULL;

-- decided not to be duplicates; the decision holds while both still have the content they were judged by
CREATE TABLE distinct_pair (
  key bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  org_id text NOT NULL,
  activity_key bigint NOT NULL,
  content_version integer NOT NULL,
  other_activity_key bigint REFERENCES activity (key) ON DELETE SET NULL,
  other_content_version integer,
  -- where the other one was a draft still waiting when the pair was decided
  other_draft_key bigint REFERENCES duplicate_event (key) ON DELETE CASCADE,
  decided_by text NOT NULL,
  decided_at timestamptz NOT NULL,
  UNIQUE (activity_key, other_activity_key),
  UNIQUE (activity_key, other_draft_key),
  FOREIGN KEY (org_id, activity_key) REFERENCES activity (org_id, key) ON DELETE CASCADE
);
CREATE INDEX distinct_pair_other ON distinct_pair (other_activity_key) WHERE other_activity_key IS NOT NULL;
CREATE INDEX distinct_pair_draft ON distinct_pair (other_draft_key) WHERE other_draft_key IS NOT NULL;

-- the spine: who changed what, when, from what to what; append-only
CREATE TABLE change (
  position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- readers stop at the oldest transaction still running, so a change that commits late is never skipped
  transaction_id xid8 NOT NULL DEFAULT pg_current_xact_id(),
  -- no foreign key: each write of every mentor would lock the one row of its organisation
  org_id text NOT NULL,
  type text NOT NULL,
  id text NOT NULL,
  mentor_key bigint REFERENCES mentor (key),
  revision bigint,
  action text NOT NULL,
  actor text NOT NULL,
  at timestamptz NOT NULL,
  before jsonb,
  after jsonb,
  request_id text
);
CREATE INDEX change_feed ON change (transaction_id, position);
CREATE INDEX change_recent ON change (org_id, at, position);
CREATE INDEX change_mentor ON change (mentor_key, position);
CREATE INDEX change_record ON change (org_id, type, id, position);

CREATE TABLE idempotency (
  org_id text NOT NULL,
  caller text NOT NULL,
  key text NOT NULL,
  request_hash text NOT NULL,
  status integer NOT NULL,
  headers jsonb NOT NULL,
  -- text: jsonb would reorder the keys, and a replay is byte for byte
  body text NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (org_id, caller, key)
);
CREATE INDEX idempotency_age ON idempotency (created_at);

-- workers of running processes: a job locked by one whose process is gone is unlocked by the others
CREATE TABLE worker_instance (
  worker_id text PRIMARY KEY,
  lock_number bigint NOT NULL
);
