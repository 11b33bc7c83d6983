-- Events by the days within which they lie, and by where they stand.
CREATE INDEX events_until ON events (coalesce(latest, earliest, ''));
CREATE INDEX events_from ON events (coalesce(earliest, latest, '9999'));
CREATE INDEX events_status ON events (status);
CREATE INDEX events_told ON events (last_told);
