-- The PostgreSQL cluster whose transaction ids stand in this database: in another one they mean nothing. Set at each start.
ALTER TABLE database_identity ADD COLUMN cluster text;
