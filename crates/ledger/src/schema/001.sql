-- What was received and what was read from it: rows are added, never changed.
CREATE TABLE articles (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT,
    url TEXT,
    publisher TEXT,
    headline TEXT,
    published TEXT,
    published_given INTEGER NOT NULL,
    text TEXT NOT NULL,
    near BLOB NOT NULL
);

CREATE TABLE records (
    article TEXT PRIMARY KEY REFERENCES articles (id),
    schema INTEGER NOT NULL,
    reader TEXT NOT NULL,
    model TEXT NOT NULL,
    knowledge TEXT NOT NULL,
    warnings TEXT NOT NULL,
    body BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE mentions (
    article TEXT NOT NULL REFERENCES articles (id),
    entity TEXT NOT NULL,
    key TEXT,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    link TEXT,
    country TEXT,
    office TEXT,
    PRIMARY KEY (article, entity)
) WITHOUT ROWID;
CREATE INDEX mentions_key ON mentions (key);

CREATE TABLE tellings (
    id TEXT PRIMARY KEY,
    article TEXT NOT NULL REFERENCES articles (id),
    event_in_record TEXT NOT NULL,
    kind TEXT NOT NULL,
    subtype TEXT,
    status TEXT NOT NULL,
    modality TEXT NOT NULL,
    polarity TEXT NOT NULL,
    earliest TEXT,
    latest TEXT,
    granularity TEXT,
    edtf TEXT,
    place TEXT,
    place_country TEXT,
    latitude REAL,
    longitude REAL,
    told_by TEXT,
    told_act TEXT,
    derived TEXT,
    repeated INTEGER NOT NULL,
    plover TEXT,
    mode TEXT,
    quad TEXT,
    cameo TEXT,
    quote TEXT NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    rule TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX tellings_article ON tellings (article);

CREATE TABLE participants (
    telling TEXT NOT NULL REFERENCES tellings (id),
    position INTEGER NOT NULL,
    role TEXT NOT NULL,
    key TEXT,
    name TEXT NOT NULL,
    country TEXT,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    PRIMARY KEY (telling, position)
) WITHOUT ROWID;

CREATE TABLE statements (
    id TEXT PRIMARY KEY,
    article TEXT NOT NULL REFERENCES articles (id),
    attribution TEXT NOT NULL,
    level INTEGER NOT NULL,
    act TEXT NOT NULL,
    polarity TEXT NOT NULL,
    form TEXT NOT NULL,
    source_key TEXT,
    source TEXT NOT NULL,
    country TEXT,
    cue TEXT NOT NULL,
    content TEXT NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    doubtful INTEGER NOT NULL,
    rule TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX statements_article ON statements (article);
CREATE INDEX statements_source ON statements (source_key);

CREATE TABLE claims (
    id TEXT PRIMARY KEY,
    article TEXT NOT NULL REFERENCES articles (id),
    kind TEXT NOT NULL,
    event_kind TEXT NOT NULL,
    about TEXT NOT NULL,
    value INTEGER,
    earliest TEXT,
    latest TEXT,
    quote TEXT NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    rule TEXT NOT NULL
) WITHOUT ROWID;

-- What people decided: appended, never changed.
CREATE TABLE decisions (
    seq INTEGER PRIMARY KEY,
    made TEXT NOT NULL,
    who TEXT NOT NULL,
    action TEXT NOT NULL CHECK (action IN ('split', 'join')),
    telling TEXT NOT NULL,
    others TEXT NOT NULL,
    note TEXT NOT NULL
);

-- What follows from all the above: made anew whenever something was added.
CREATE TABLE entities (
    key TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    link TEXT,
    country TEXT,
    folded TEXT NOT NULL,
    surname TEXT NOT NULL,
    articles INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX entities_folded ON entities (folded);
CREATE INDEX entities_surname ON entities (surname);

CREATE TABLE events (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    status TEXT NOT NULL,
    earliest TEXT,
    latest TEXT,
    edtf TEXT,
    dates TEXT NOT NULL,
    place TEXT,
    place_country TEXT,
    latitude REAL,
    longitude REAL,
    plover TEXT,
    mode TEXT,
    quad TEXT,
    cameo TEXT,
    tellings INTEGER NOT NULL,
    articles INTEGER NOT NULL,
    independent INTEGER NOT NULL,
    publishers INTEGER NOT NULL,
    voices INTEGER NOT NULL,
    first_told TEXT,
    last_told TEXT,
    digest TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX events_days ON events (kind, earliest);

CREATE TABLE event_tellings (
    telling TEXT PRIMARY KEY REFERENCES tellings (id),
    event TEXT NOT NULL REFERENCES events (id),
    reason TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX event_tellings_event ON event_tellings (event);

CREATE TABLE event_participants (
    event TEXT NOT NULL REFERENCES events (id),
    position INTEGER NOT NULL,
    role TEXT NOT NULL,
    key TEXT,
    name TEXT NOT NULL,
    country TEXT,
    PRIMARY KEY (event, position)
) WITHOUT ROWID;
CREATE INDEX event_participants_key ON event_participants (key, event);
CREATE INDEX event_participants_country ON event_participants (country, event);

CREATE TABLE event_life (
    event TEXT NOT NULL REFERENCES events (id),
    position INTEGER NOT NULL,
    published TEXT,
    status TEXT NOT NULL,
    telling TEXT NOT NULL REFERENCES tellings (id),
    PRIMARY KEY (event, position)
) WITHOUT ROWID;

CREATE TABLE contradictions (
    event TEXT NOT NULL REFERENCES events (id),
    position INTEGER NOT NULL,
    field TEXT NOT NULL,
    one_telling TEXT NOT NULL REFERENCES tellings (id),
    one_value TEXT NOT NULL,
    other_telling TEXT NOT NULL REFERENCES tellings (id),
    other_value TEXT NOT NULL,
    PRIMARY KEY (event, position)
) WITHOUT ROWID;

CREATE TABLE state (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO state VALUES ('settled', 'yes');

CREATE VIRTUAL TABLE search USING fts5 (headline, text, content="articles", content_rowid="n", tokenize = 'unicode61 remove_diacritics 2');
CREATE TRIGGER articles_are_searched AFTER INSERT ON articles BEGIN
    INSERT INTO search (rowid, headline, text) VALUES (new.n, new.headline, new.text);
END;
