-- What becomes of an act after its vote: facts, rectifications, numbers, seals and their log, files; and who read what is restricted.

-- Where a position of a roll call comes from: a vote of a person, or one expanded from the vote of a group.
ALTER TABLE vote_rows ADD COLUMN basis TEXT NOT NULL DEFAULT 'person';

-- Dated facts, in the order in which they were recorded. Never changed, never deleted: a wrong one is struck out by another.
CREATE TABLE act_facts (
    authority TEXT NOT NULL,
    deliberation TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    fact TEXT NOT NULL REFERENCES identifiers,
    kind TEXT NOT NULL,
    happened_on DATE NOT NULL,
    document BLOB NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by TEXT NOT NULL,
    PRIMARY KEY (authority, deliberation, sequence),
    FOREIGN KEY (authority, deliberation) REFERENCES deliberations (authority, id)
);

-- Never changed, never deleted.
CREATE TABLE rectifications (
    authority TEXT NOT NULL,
    deliberation TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    rectification TEXT NOT NULL REFERENCES identifiers,
    kind TEXT NOT NULL,
    by_act TEXT,
    document BLOB NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by TEXT NOT NULL,
    PRIMARY KEY (authority, deliberation, sequence),
    FOREIGN KEY (authority, deliberation) REFERENCES deliberations (authority, id)
);
CREATE INDEX rectifications_by_act ON rectifications (authority, by_act);

-- Index rows: what the facts come to, rebuilt in the transaction that adds one. Null: not known, or not yet.
CREATE TABLE act_standings (
    authority TEXT NOT NULL,
    deliberation TEXT NOT NULL,
    date DATE NOT NULL,
    transmissible TEXT NOT NULL,
    enforceable_on DATE,
    transmitted_on DATE,
    publication_ends DATE,
    PRIMARY KEY (authority, deliberation),
    FOREIGN KEY (authority, deliberation) REFERENCES deliberations (authority, id)
);
CREATE INDEX act_standings_by_date ON act_standings (authority, date, deliberation);

-- Numbers of a body and year: each is reserved, minted or voided, and none is missing. `collision` is what @CTES makes of the number.
CREATE TABLE register_numbers (
    authority TEXT NOT NULL,
    body TEXT NOT NULL,
    year INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    number TEXT NOT NULL,
    collision TEXT NOT NULL,
    state TEXT NOT NULL,
    deliberation TEXT,
    reason TEXT,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by TEXT NOT NULL,
    PRIMARY KEY (authority, body, year, ordinal),
    UNIQUE (authority, year, collision),
    FOREIGN KEY (authority, body) REFERENCES directory (authority, id)
);
CREATE INDEX register_numbers_by_act ON register_numbers (authority, deliberation);

-- The log of sealed acts of an authority (RFC 9162): entries in order with the documents that they state the digests of, and the hashes of complete
-- subtrees. Never changed, never deleted.
CREATE TABLE log_entries (
    authority TEXT NOT NULL,
    leaf BIGINT NOT NULL,
    deliberation TEXT NOT NULL,
    entry BLOB NOT NULL,
    document BLOB NOT NULL,
    sealed_at TIMESTAMP NOT NULL,
    sealed_by TEXT NOT NULL,
    PRIMARY KEY (authority, leaf),
    UNIQUE (authority, deliberation),
    FOREIGN KEY (authority, deliberation) REFERENCES deliberations (authority, id)
);
CREATE TABLE log_nodes (
    authority TEXT NOT NULL,
    level INTEGER NOT NULL,
    node BIGINT NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (authority, level, node)
);
CREATE TABLE log_checkpoints (
    authority TEXT NOT NULL,
    size BIGINT NOT NULL,
    note TEXT NOT NULL,
    signed_at TIMESTAMP NOT NULL,
    PRIMARY KEY (authority, size)
);

-- Files: their bytes are kept elsewhere, under their digest. `version` is that of the record when the file came.
CREATE TABLE files (
    authority TEXT NOT NULL,
    id TEXT NOT NULL REFERENCES identifiers,
    record TEXT NOT NULL REFERENCES identifiers,
    version INTEGER NOT NULL,
    role TEXT NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by TEXT NOT NULL,
    PRIMARY KEY (authority, id)
);
CREATE INDEX files_of_record ON files (authority, record, id);

-- Who read what is restricted. Never changed, never deleted.
CREATE TABLE restricted_reads (
    authority TEXT NOT NULL,
    id TEXT NOT NULL,
    operation TEXT NOT NULL,
    record TEXT,
    read_at TIMESTAMP NOT NULL,
    read_by TEXT NOT NULL,
    PRIMARY KEY (authority, id)
);
