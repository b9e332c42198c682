-- The coordinators' inbox: each tab in its order, and counted without a look at the events.
CREATE INDEX sync_event_app_waiting ON sync_event (org_id, accepted, effective_at, event_type DESC, key)
  WHERE origin = 'app' AND acknowledged_at IS NULL AND deleted_at IS NULL;
CREATE INDEX sync_event_app_acknowledged ON sync_event (org_id, acknowledged_at, key)
  WHERE origin = 'app' AND acknowledged_at IS NOT NULL AND deleted_at IS NULL;
