-- Which articles tell of plans; the plans themselves are in the records.
CREATE TABLE proposals (
    article TEXT NOT NULL REFERENCES articles (id),
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (article, id)
) WITHOUT ROWID;

-- Tellings that people decided on and that an article told anew under another id.
CREATE TABLE moved (
    was TEXT PRIMARY KEY,
    now TEXT NOT NULL
) WITHOUT ROWID;
