-- A part of an id from its front. The index of the unique ids serves it in any collation once it compares byte by byte,
-- and goes on serving equality: writes keep as many indexes as they had.
ALTER TABLE certification DROP CONSTRAINT certification_org_id_id_key;
CREATE UNIQUE INDEX certification_org_id_id_key ON certification (org_id, id text_pattern_ops);
ALTER TABLE sync_event DROP CONSTRAINT sync_event_org_id_id_key;
CREATE UNIQUE INDEX sync_event_org_id_id_key ON sync_event (org_id, id text_pattern_ops);

-- The mentor with exactly this id, whatever its case.
CREATE INDEX mentor_lower_id ON mentor (org_id, lower(mentor_id)) WHERE erased_at IS NULL;

-- Names by their beginning, and every name in its order without a sort: a common word is found after a few rows, and what
-- trigrams cannot help with (one or two letters) after one pass over the index. Neither column changes when a mentor's
-- status does, so such updates stay within their page.
CREATE INDEX mentor_search_order ON mentor (org_id, search_text COLLATE "C", key) WHERE erased_at IS NULL;

-- What was written in an event, without case and accents, in the form that is searched.
CREATE FUNCTION sync_event_words(reason text, note text) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT public.search_text(coalesce(reason, '') || ' ' || coalesce(note, '')) $$;
-- Only events with words in them are entered.
CREATE INDEX sync_event_search ON sync_event USING gin (sync_event_words(reason, note) gin_trgm_ops)
  WHERE deleted_at IS NULL AND (reason IS NOT NULL OR note IS NOT NULL);

CREATE FUNCTION draft_words(draft json) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT public.search_text(coalesce(draft ->> 'title', '')) $$;
CREATE INDEX duplicate_event_search ON duplicate_event USING gin (draft_words(draft) gin_trgm_ops) WHERE cancelled_at IS NULL;
