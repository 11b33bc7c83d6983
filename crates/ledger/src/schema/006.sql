-- What was published within some days.
CREATE INDEX articles_published ON articles (published);

-- Countries in the codes of others, from the knowledge of the program that settled the ledger.
CREATE TABLE countries (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    cameo TEXT,
    cow INTEGER,
    gw INTEGER
) WITHOUT ROWID;

-- Events whose days are far apart: the few that are looked at for whatever days are asked for.
CREATE INDEX events_wide ON events (coalesce(latest, earliest, ''), coalesce(earliest, latest, '9999'))
WHERE julianday(latest) - julianday(earliest) > 31;
CREATE INDEX events_verdict ON events (verdict) WHERE verdict IS NOT NULL;
CREATE INDEX tellings_told_by ON tellings (told_by) WHERE told_by IS NOT NULL;

-- What speaks for and against each event, for those who review: kept beside the events, and read as a whole.
CREATE TABLE signs (
    event TEXT PRIMARY KEY REFERENCES events (id),
    rule TEXT NOT NULL,
    articles INTEGER NOT NULL,
    independent INTEGER NOT NULL,
    contradicted INTEGER NOT NULL,
    derived INTEGER NOT NULL,
    undated INTEGER NOT NULL,
    unnamed INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO signs SELECT e.id, min(t.rule), e.articles, e.independent,
    EXISTS (SELECT 1 FROM contradictions c WHERE c.event = e.id), min(t.derived IS NOT NULL),
    e.earliest IS NULL AND e.latest IS NULL,
    EXISTS (SELECT 1 FROM event_participants p WHERE p.event = e.id AND p.key IS NULL)
FROM events e JOIN event_tellings et ON et.event = e.id JOIN tellings t ON t.id = et.telling GROUP BY e.id;
