-- What people decide: appended, never changed. Splits and joins stand beside verdicts and edits now.
CREATE TABLE corrections (
    seq INTEGER PRIMARY KEY,
    made TEXT NOT NULL,
    who TEXT NOT NULL,
    action TEXT NOT NULL CHECK (action IN ('split', 'join', 'accept', 'reject', 'edit', 'undo')),
    telling TEXT NOT NULL,
    others TEXT NOT NULL,
    field TEXT,
    value TEXT,
    undoes INTEGER REFERENCES corrections (seq),
    note TEXT NOT NULL
);
CREATE INDEX corrections_telling ON corrections (telling);
CREATE INDEX corrections_undoes ON corrections (undoes);
INSERT INTO corrections SELECT seq, made, who, action, telling, others, NULL, NULL, NULL, note FROM decisions;
DROP TABLE decisions;
CREATE TRIGGER corrections_are_not_changed BEFORE UPDATE ON corrections BEGIN
    SELECT raise(ABORT, 'corrections are only added');
END;
CREATE TRIGGER corrections_are_not_removed BEFORE DELETE ON corrections BEGIN
    SELECT raise(ABORT, 'corrections are only added');
END;

ALTER TABLE events ADD COLUMN verdict TEXT;
ALTER TABLE events ADD COLUMN corrected TEXT NOT NULL DEFAULT '';
-- What the articles say of an event that was corrected, as JSON.
ALTER TABLE events ADD COLUMN base TEXT;
UPDATE state SET value = 'no' WHERE name = 'settled';
