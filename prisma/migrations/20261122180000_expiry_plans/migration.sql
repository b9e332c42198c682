ALTER TABLE job_run
  -- the dry run whose list this run carried out
  ADD COLUMN plan_key bigint REFERENCES job_run (key),
  -- current certifications that lapse between this run and the next, and when that one is due; with the end of the run
  ADD COLUMN forecast integer,
  ADD COLUMN forecast_until timestamptz,
  -- how many the run before had forecast until now, and what had become of them before this one began
  ADD COLUMN expected integer,
  ADD COLUMN expected_renewed integer,
  ADD COLUMN expected_revoked integer,
  ADD COLUMN expected_deleted integer,
  ADD COLUMN expected_handled integer,
  ADD CHECK ((forecast IS NULL) = (forecast_until IS NULL));
CREATE INDEX job_run_carried_out ON job_run (plan_key, key) WHERE plan_key IS NOT NULL;
CREATE INDEX job_run_forecasting ON job_run (org_id, key) WHERE NOT dry_run AND forecast IS NOT NULL;

-- The list of a run, in the order in which it is read: what a dry run found, or what a run that carries out a plan was
-- confirmed to handle. It stands as it was, whatever becomes of the certifications. There is no foreign key to the
-- mentor, as checking one would lock every mentor on the list.
CREATE TABLE job_run_entry (
  run_key bigint NOT NULL REFERENCES job_run (key),
  position integer NOT NULL,
  mentor_key bigint NOT NULL,
  certification_id text NOT NULL,
  certification_type text NOT NULL,
  expires_at timestamptz NOT NULL,
  consequence text NOT NULL CHECK (consequence IN ('pause', 'paused_by_hand', 'paused_by_certification')),
  -- why the run, once it came to the mentor, had nothing left to do here
  left_because text CHECK (left_because IN ('renewed', 'revoked', 'deleted', 'handled')),
  PRIMARY KEY (run_key, position),
  UNIQUE (run_key, certification_id)
);
CREATE INDEX job_run_entry_left ON job_run_entry (run_key, position) WHERE left_because IS NOT NULL;

-- What a real run expects the next one to find.
CREATE TABLE job_run_forecast (
  run_key bigint NOT NULL REFERENCES job_run (key),
  certification_id text NOT NULL,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (run_key, certification_id)
);
