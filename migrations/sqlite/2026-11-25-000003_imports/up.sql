-- Files of many records that are taken in line by line: where each stands, what was refused of it, and which record each key of a client stands for.

-- `position` and `lines` are how far the present pass is: written in the transaction that writes what the lines say.
CREATE TABLE imports (
    authority TEXT NOT NULL REFERENCES authorities,
    id TEXT NOT NULL,
    state TEXT NOT NULL,
    mode TEXT NOT NULL,
    dry_run BOOLEAN NOT NULL,
    checking BOOLEAN NOT NULL,
    size BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    position BIGINT NOT NULL,
    lines BIGINT NOT NULL,
    accepted BIGINT NOT NULL,
    unchanged BIGINT NOT NULL,
    refused BIGINT NOT NULL,
    scopes TEXT NOT NULL,
    reason TEXT,
    created_at TIMESTAMP NOT NULL,
    created_by TEXT NOT NULL,
    -- The run that goes on, or the last one: since when, and from where in the pass. Speed is worked out from these.
    run_from TIMESTAMP,
    run_position BIGINT NOT NULL,
    run_lines BIGINT NOT NULL,
    modified_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP,
    -- Who works on it, and until when nobody else may.
    worker TEXT,
    leased_until TIMESTAMP,
    PRIMARY KEY (authority, id)
);
CREATE INDEX imports_by_state ON imports (state, authority, id);

CREATE TABLE import_errors (
    authority TEXT NOT NULL,
    import TEXT NOT NULL,
    line BIGINT NOT NULL,
    import_key TEXT,
    problem TEXT NOT NULL,
    -- JSON: what is said of it, in both languages.
    told BLOB NOT NULL,
    PRIMARY KEY (authority, import, line),
    FOREIGN KEY (authority, import) REFERENCES imports (authority, id)
);

-- `digest` is that of the record as it was sent: what is sent again is known to be the same.
CREATE TABLE import_keys (
    authority TEXT NOT NULL,
    import_key TEXT NOT NULL,
    record TEXT NOT NULL REFERENCES identifiers,
    digest TEXT NOT NULL,
    PRIMARY KEY (authority, import_key)
);
