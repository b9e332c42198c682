-- Hides the warning of one certification until a day. Whether it holds is computed when read: until that day, and only
-- while the certification is current and expires when it did. What hides nothing any more needs no clearing up.
CREATE TABLE certification_snooze (
  certification_key bigint PRIMARY KEY REFERENCES certification (key) ON DELETE CASCADE,
  org_id text NOT NULL,
  reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
  -- who follows it up, as typed
  owner text NOT NULL CHECK (length(owner) BETWEEN 1 AND 200),
  -- the first day, in the organisation's calendar, on which the warning is back
  until date NOT NULL,
  -- the expiry that was warned of
  expires_at timestamptz NOT NULL,
  -- the mentor's revision that wrote it: never used twice, also where one snooze follows another
  version bigint NOT NULL,
  created_at timestamptz NOT NULL,
  created_by text NOT NULL
);
CREATE INDEX certification_snooze_until ON certification_snooze (org_id, until, certification_key);
CREATE INDEX certification_snooze_expires ON certification_snooze (org_id, expires_at, certification_key, until);
