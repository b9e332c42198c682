-- The change log by person and by kind, newest first, each with its exact number. A kind and a person together are
-- counted in the index of the kind alone.
CREATE INDEX change_actor ON change (org_id, actor, at, position);
CREATE INDEX change_kind ON change (org_id, type, action, at, position, actor);

-- what the log leaves out
CREATE INDEX mentor_erased ON mentor (org_id, key) WHERE erased_at IS NOT NULL;

-- counts read the indexes alone where pages are known to be visible, and a table that only grows is rarely vacuumed
ALTER TABLE change SET (autovacuum_vacuum_insert_scale_factor = 0.01);
