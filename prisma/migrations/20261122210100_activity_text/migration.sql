-- dmetaphone: words by their sound, so that a slip of the finger still leads to the same index entry
CREATE EXTENSION IF NOT EXISTS fuzzystrmatch;

-- What titles and places of activities say, in one form for many ways of writing it: words of the field in CAPITALS, one
-- for all their forms in both languages; all other words as stems in small letters. A title of capitals alone is a bare
-- one ("Telefonsamtale"): many sessions are called so.
--   activity_text('Tlf.samtale m/ Kari kl. 18')  TELEFON SAMTALE kari
--   activity_text('Phone call with Kari')        TELEFON SAMTALE kari
DO $make$
DECLARE
  forms jsonb;
BEGIN
  SELECT jsonb_object_agg(coalesce((ts_lexize('pg_catalog.norwegian_stem', word))[1], word), form)
    || jsonb_object_agg(word, form) INTO forms
  FROM (VALUES
    -- said of nearly every session, in both languages: alike in form, they tell little apart
    ('SAMTALE', 'samtale prat snakk snakket pratet praten drofting call conversation talk chat talked'),
    ('TELEFON', 'telefon tlf tel tlfn phone telephone mobil'),
    ('TELEFON SAMTALE', 'ringte ringt oppringning phonecall telefonprat'),
    ('VIDEO SAMTALE', 'videomote videocall'),
    ('VIDEO', 'video skjerm'),
    ('DIGITAL', 'digital digitalt nett nettet online'),
    ('DIGITAL zoom', 'zoom'), ('DIGITAL teams', 'teams'), ('DIGITAL whereby', 'whereby'),
    ('TUR', 'tur gatur turen spasertur rusletur fottur turgaing gaing spasering walk walking hike trip stroll'),
    ('GRUPPE', 'gruppe gruppa grp gruppesamling group'),
    ('GRUPPE MOTE', 'gruppemote gruppetreff'),
    ('MOTE', 'mote mtg meeting treff samling gathering sammenkomst meetup session okt'),
    ('KAFE', 'kafe cafe kaffe coffee kaffi'),
    ('BESOK', 'besok visit visitt visiting besoksrunde'),
    ('HJEM', 'hjem hjemme heim heime home'),
    ('SYKEHUS', 'sykehus sjukehus hospital sykehuset'),
    ('KURS', 'kurs course class workshop opplaring training'),
    ('FOREDRAG', 'foredrag lecture presentation presentasjon innlegg'),
    ('STAND', 'stand booth outreach informasjonsstand info informasjon information'),
    ('LIKEPERSON', 'likeperson likemann likepersons likemanns peer mentor'),
    ('STOTTE', 'stotte support oppfolging follow-up followup'),
    ('TEMA', 'tema theme topic'),
    ('NY', 'ny nye nytt new'),
    ('APEN', 'apen apent open'),
    ('DAG', 'dag day'),
    ('ROM', 'rom room'),
    ('SENTER', 'senter senteret sentral sentralen centre center'),
    ('AVDELING', 'avdeling avd post ward department'),
    -- parts of the day and days of the week: two sessions are told apart by them
    ('MORGEN', 'morgen morning morra'),
    ('FORMIDDAG', 'formiddag'),
    ('LUNSJ', 'lunsj lunch'),
    ('ETTERMIDDAG', 'ettermiddag afternoon'),
    ('KVELD', 'kveld evening aften kvelden'),
    ('MANDAG', 'mandag monday mandags'), ('TIRSDAG', 'tirsdag tysdag tuesday tirsdags'),
    ('ONSDAG', 'onsdag wednesday onsdags'), ('TORSDAG', 'torsdag thursday torsdags'),
    ('FREDAG', 'fredag friday fredags'), ('LORDAG', 'lordag laurdag saturday lordags'),
    ('SONDAG', 'sondag sunday sondags'),
    -- counted in words by some, in figures by others
    ('1', 'forste fyrste first'), ('2', 'andre second ii'), ('3', 'tredje third iii'), ('4', 'fjerde fourth iv'),
    -- what sessions are about, as English titles say it
    ('parorend', 'parorende relatives carers caregivers kin'), ('sorg', 'grief bereavement loss'), ('kreft', 'cancer'),
    ('hjert', 'hjerte heart cardiac'), ('angst', 'anxiety'), ('depresjon', 'depression'), ('smert', 'smerter pain'),
    ('rus', 'addiction substance'), ('slag', 'stroke'), ('barn', 'children kids'), ('ung', 'unge young youth ungdom'),
    ('kvinn', 'kvinner women'), ('mann', 'menn men'), ('eldr', 'eldre elderly seniors senior'), ('sovn', 'sleep'),
    ('arbeid', 'work job jobb'), ('famil', 'familie family'), ('helse', 'health'), ('psyk', 'psykisk mental'),
    ('diagnos', 'diagnosed diagnosis'), ('svomming', 'swimming'), ('bibliotek', 'library'),
    ('strikk', 'knitting'),
    ('mat', 'food cooking matlaging'), ('trening', 'exercise gym'), ('skole', 'school'),
    -- says nothing: dropped
    ('', 'og i a pa med m for til av et ei den det de the an of with w in at on and to from hos om fra ved v som vi hadde'
      || ' var er ble the by rundt around about etter after nr no st kl sammen together idag today pr via over')
  ) AS meaning (form, words), regexp_split_to_table(words, ' ') AS word;
  EXECUTE format($function$
    CREATE FUNCTION activity_text(words text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $body$
    DECLARE
      forms constant jsonb := %L::jsonb;
      said text := public.search_text(words);
      word text;
      form text;
      part text;
      found text := '';
    BEGIN
      -- æøå written as ae, oe, aa
      said := replace(replace(replace(replace(said, 'aa', 'a'), 'oe', 'o'), 'ae', 'a'), '''s ', ' ');
      -- times of day, lengths and head counts stand in fields of their own
      said := regexp_replace(said, '\m(kl|klokka|klokken)\.? ?\d{1,2}([:.]?\d{2})?( ?(-|–|til) ?\d{1,2}([:.]?\d{2})?)?\M|\m\d{1,2}:\d{2}\M|\m\d+([.,]\d+)? ?(min|minutt|minutter|minutes|t|time|timer|hour|hours|pers|personer|deltaker|deltakere|stk|km|pm|am)\M', ' ', 'g');
      FOREACH word IN ARRAY regexp_split_to_array(said, '[^[:alnum:]]+') LOOP
        form := forms ->> word;
        -- compounds, written together by some and apart by others; to ask first costs a tenth of splitting
        IF form IS NULL AND word ~ '..(grupp[ae]n?|samtale[nr]?|mote[tr]?|besok|treff|kurs|kafe|kafeen|prat|praten|kveld|kvelden|samling|foredrag|stotte|lunsj|senter|senteret|sentral|sentralen|tur|turen)$' THEN
          word := regexp_replace(word, '(?<!kul|na|struk|ra|arma)(grupp[ae]n?|samtale[nr]?|mote[tr]?|besok|treff|kurs|kafe|kafeen|prat|praten|kveld|kvelden|samling|foredrag|stotte|lunsj|senter|senteret|sentral|sentralen|tur|turen)$', ' \1');
        END IF;
        IF form IS NULL AND word ~ '^(telefon|tlf|video|gruppe|samtale|likeperson|likemann|sykehus|hjemme|kafe|kaffe|digital|tema|kveld|lunsj|parorende)[a-z]{3}' THEN
          word := regexp_replace(word, '^(telefon|tlf|video|gruppe|samtale|likepersons?|likemanns?|sykehus|hjemme|kafe|kaffe|digital|tema|kvelds?|lunsj|parorende)', '\1 ');
        END IF;
        FOREACH part IN ARRAY string_to_array(word, ' ') LOOP
          form := coalesce(forms ->> part, forms ->> (ts_lexize('pg_catalog.norwegian_stem', part))[1],
            (ts_lexize('pg_catalog.norwegian_stem', part))[1], part);
          IF form <> '' THEN found := found || ' ' || form; END IF;
        END LOOP;
      END LOOP;
      RETURN nullif(ltrim(found), '');
    END
    $body$
  $function$, forms);
END
$make$;

-- Kept beside what they are made of: taking a text apart costs more than comparing two, and a check compares many.
ALTER TABLE activity ADD COLUMN title_words text, ADD COLUMN place_words text;
ALTER TABLE duplicate_event ADD COLUMN title_words text, ADD COLUMN place_words text;

CREATE FUNCTION set_activity_words() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    NEW.title_words := public.activity_text(NEW.title);
    NEW.place_words := public.activity_text(NEW.location);
    RETURN NEW;
  END
$$;
CREATE TRIGGER activity_words BEFORE INSERT OR UPDATE OF title, location ON activity
  FOR EACH ROW EXECUTE FUNCTION set_activity_words();

CREATE FUNCTION set_draft_words() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    NEW.title_words := public.activity_text(NEW.draft ->> 'title');
    NEW.place_words := public.activity_text(NEW.draft ->> 'location');
    RETURN NEW;
  END
$$;
CREATE TRIGGER draft_words BEFORE INSERT OR UPDATE OF draft ON duplicate_event
  FOR EACH ROW EXECUTE FUNCTION set_draft_words();

UPDATE activity SET title = title;
UPDATE duplicate_event SET draft = draft;

-- What two mentors' sessions of one day are found by, words by their sound, words in capitals left out as too common: each
-- word of title or place beside the type, and beside the time; each word of the title beside each of the place; and type,
-- time and length.
CREATE FUNCTION activity_keys(org text, activity_type text, held date, title_words text, place_words text,
  starts_at text, minutes double precision) RETURNS bigint[]
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$
    WITH word AS (
      SELECT DISTINCT side, coalesce(nullif(public.dmetaphone(word), ''), word) AS sound
      FROM (VALUES ('title', title_words), ('place', place_words)) AS told (side, words), regexp_split_to_table(words, ' ') AS word
      WHERE word ~ '[[:lower:]]..|[0-9][[:lower:]]'
    ), key AS (
      SELECT activity_type || ' ' || sound AS words FROM word
      UNION
      SELECT t.sound || ' in ' || p.sound FROM word t JOIN word p ON t.side = 'title' AND p.side = 'place'
      UNION
      SELECT sound || ' at ' || starts_at FROM word WHERE starts_at IS NOT NULL
      UNION
      SELECT activity_type || ' at ' || starts_at || ' for ' || minutes::integer WHERE starts_at IS NOT NULL AND minutes < 100000
    )
    SELECT array_agg(hashtextextended(org || ' ' || (held - DATE '2000-01-01') || ' ' || words, 0)) FROM key
  $$;
-- entered at once, not in a list that every search would have to read as well
CREATE INDEX activity_by_keys ON activity USING gin (
  activity_keys(org_id, activity_type_id, date, title_words, place_words, starts_at, duration_minutes)) WITH (fastupdate = off);
CREATE INDEX duplicate_event_by_keys ON duplicate_event USING gin (activity_keys(org_id, activity_type_id, date, title_words, place_words,
  draft ->> 'starts_at', (draft ->> 'duration_minutes')::double precision)) WITH (fastupdate = off)
  WHERE cancelled_at IS NULL AND state IN ('checking', 'duplicate_found') AND event_type = 'check';
