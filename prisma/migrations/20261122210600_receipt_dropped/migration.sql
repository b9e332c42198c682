-- What a decision did stands in duplicate_receipt alone.
ALTER TABLE duplicate_event DROP COLUMN receipt;
