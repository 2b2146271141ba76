-- What becomes of an act after its vote: facts, rectifications, numbers, seals and their log, files; and who read what is restricted.

-- Where a position of a roll call comes from: a vote of a person, or one expanded from the vote of a group.
ALTER TABLE vote_rows ADD COLUMN basis TEXT COLLATE "C" NOT NULL DEFAULT 'person';

-- Dated facts, in the order in which they were recorded. Never changed, never deleted: a wrong one is struck out by another.
CREATE TABLE act_facts (
    authority TEXT COLLATE "C" NOT NULL,
    deliberation TEXT COLLATE "C" NOT NULL,
    sequence INTEGER NOT NULL,
    fact TEXT COLLATE "C" NOT NULL REFERENCES identifiers,
    kind TEXT COLLATE "C" NOT NULL,
    happened_on DATE NOT NULL,
    document BYTEA NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (authority, deliberation, sequence),
    FOREIGN KEY (authority, deliberation) REFERENCES deliberations (authority, id)
);

-- Never changed, never deleted.
CREATE TABLE rectifications (
    authority TEXT COLLATE "C" NOT NULL,
    deliberation TEXT COLLATE "C" NOT NULL,
    sequence INTEGER NOT NULL,
    rectification TEXT COLLATE "C" NOT NULL REFERENCES identifiers,
    kind TEXT COLLATE "C" NOT NULL,
    by_act TEXT COLLATE "C",
    document BYTEA NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (authority, deliberation, sequence),
    FOREIGN KEY (authority, deliberation) REFERENCES deliberations (authority, id)
);
CREATE INDEX rectifications_by_act ON rectifications (authority, by_act);

-- Index rows: what the facts come to, rebuilt in the transaction that adds one. Null: not known, or not yet.
CREATE TABLE act_standings (
    authority TEXT COLLATE "C" NOT NULL,
    deliberation TEXT COLLATE "C" NOT NULL,
    date DATE NOT NULL,
    transmissible TEXT COLLATE "C" NOT NULL,
    enforceable_on DATE,
    transmitted_on DATE,
    publication_ends DATE,
    PRIMARY KEY (authority, deliberation),
    FOREIGN KEY (authority, deliberation) REFERENCES deliberations (authority, id)
);
CREATE INDEX act_standings_by_date ON act_standings (authority, date, deliberation);

-- Numbers of a body and year: each is reserved, minted or voided, and none is missing. `collision` is what @CTES makes of the number.
CREATE TABLE register_numbers (
    authority TEXT COLLATE "C" NOT NULL,
    body TEXT COLLATE "C" NOT NULL,
    year INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    number TEXT COLLATE "C" NOT NULL,
    collision TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    deliberation TEXT COLLATE "C",
    reason TEXT COLLATE "C",
    recorded_at TIMESTAMP NOT NULL,
    recorded_by TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (authority, body, year, ordinal),
    UNIQUE (authority, year, collision),
    FOREIGN KEY (authority, body) REFERENCES directory (authority, id)
);
CREATE INDEX register_numbers_by_act ON register_numbers (authority, deliberation);

-- The log of sealed acts of an authority (RFC 9162): entries in order with the documents that they state the digests of, and the hashes of complete
-- subtrees. Never changed, never deleted.
CREATE TABLE log_entries (
    authority TEXT COLLATE "C" NOT NULL,
    leaf BIGINT NOT NULL,
    deliberation TEXT COLLATE "C" NOT NULL,
    entry BYTEA NOT NULL,
    document BYTEA NOT NULL,
    sealed_at TIMESTAMP NOT NULL,
    sealed_by TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (authority, leaf),
    UNIQUE (authority, deliberation),
    FOREIGN KEY (authority, deliberation) REFERENCES deliberations (authority, id)
);
CREATE TABLE log_nodes (
    authority TEXT COLLATE "C" NOT NULL,
    level INTEGER NOT NULL,
    node BIGINT NOT NULL,
    hash BYTEA NOT NULL,
    PRIMARY KEY (authority, level, node)
);
CREATE TABLE log_checkpoints (
    authority TEXT COLLATE "C" NOT NULL,
    size BIGINT NOT NULL,
    note TEXT COLLATE "C" NOT NULL,
    signed_at TIMESTAMP NOT NULL,
    PRIMARY KEY (authority, size)
);

-- Files: their bytes are kept elsewhere, under their digest. `version` is that of the record when the file came.
CREATE TABLE files (
    authority TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL REFERENCES identifiers,
    record TEXT COLLATE "C" NOT NULL REFERENCES identifiers,
    version INTEGER NOT NULL,
    role TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    media_type TEXT COLLATE "C" NOT NULL,
    size BIGINT NOT NULL,
    sha256 TEXT COLLATE "C" NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (authority, id)
);
CREATE INDEX files_of_record ON files (authority, record, id);

-- Who read what is restricted. Never changed, never deleted.
CREATE TABLE restricted_reads (
    authority TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    operation TEXT COLLATE "C" NOT NULL,
    record TEXT COLLATE "C",
    read_at TIMESTAMP NOT NULL,
    read_by TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (authority, id)
);
