-- The feed goes through an organisation's changes, or one mentor's, in the order of the transactions that wrote them.
DROP INDEX change_feed;
CREATE INDEX change_feed ON change (org_id, transaction_id, position);
CREATE INDEX change_feed_mentor ON change (mentor_key, transaction_id, position) WHERE mentor_key IS NOT NULL;
