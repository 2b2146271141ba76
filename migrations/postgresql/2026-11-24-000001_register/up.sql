-- Every key starts with the authority, so that the data can be partitioned by it. Times are UTC. Counts are null when unknown.

-- The one look-up that is not bounded by authority.
CREATE TABLE identifiers (
    id TEXT COLLATE "C" PRIMARY KEY,
    authority TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL
);

CREATE TABLE authorities (
    authority TEXT COLLATE "C" PRIMARY KEY,
    name TEXT COLLATE "C" NOT NULL,
    visibility TEXT COLLATE "C" NOT NULL,
    version INTEGER NOT NULL,
    digest TEXT COLLATE "C" NOT NULL,
    entry BYTEA NOT NULL,
    modified_at TIMESTAMP NOT NULL
);

-- Bodies, groups, persons and mandates: dated entries. The typed columns are what is asked for; the entry is the canonical JSON.
CREATE TABLE directory (
    authority TEXT COLLATE "C" NOT NULL REFERENCES authorities,
    id TEXT COLLATE "C" NOT NULL REFERENCES identifiers,
    kind TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    body TEXT COLLATE "C",
    person TEXT COLLATE "C",
    political_group TEXT COLLATE "C",
    valid_from DATE,
    valid_to DATE,
    visibility TEXT COLLATE "C" NOT NULL,
    version INTEGER NOT NULL,
    digest TEXT COLLATE "C" NOT NULL,
    entry BYTEA NOT NULL,
    modified_at TIMESTAMP NOT NULL,
    PRIMARY KEY (authority, id),
    FOREIGN KEY (authority, body) REFERENCES directory (authority, id),
    FOREIGN KEY (authority, person) REFERENCES directory (authority, id),
    FOREIGN KEY (authority, political_group) REFERENCES directory (authority, id)
);
CREATE INDEX directory_of_kind ON directory (authority, kind, id);
CREATE INDEX directory_of_body ON directory (authority, body, id);
CREATE INDEX directory_of_person ON directory (authority, person, id);

CREATE TABLE sittings (
    authority TEXT COLLATE "C" NOT NULL REFERENCES authorities,
    id TEXT COLLATE "C" NOT NULL REFERENCES identifiers,
    body TEXT COLLATE "C" NOT NULL,
    date DATE NOT NULL,
    origin TEXT COLLATE "C" NOT NULL,
    visibility TEXT COLLATE "C" NOT NULL,
    version INTEGER NOT NULL,
    document_version INTEGER NOT NULL,
    digest TEXT COLLATE "C" NOT NULL,
    modified_at TIMESTAMP NOT NULL,
    PRIMARY KEY (authority, id),
    FOREIGN KEY (authority, body) REFERENCES directory (authority, id)
);
CREATE INDEX sittings_by_date ON sittings (authority, date, id);

-- Events and ballots of a live sitting, since its last document. Never changed, never deleted.
CREATE TABLE sitting_entries (
    authority TEXT COLLATE "C" NOT NULL,
    sitting TEXT COLLATE "C" NOT NULL,
    version INTEGER NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    document BYTEA NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (authority, sitting, version),
    FOREIGN KEY (authority, sitting) REFERENCES sittings (authority, id)
);

CREATE TABLE deliberations (
    authority TEXT COLLATE "C" NOT NULL REFERENCES authorities,
    id TEXT COLLATE "C" NOT NULL REFERENCES identifiers,
    sitting TEXT COLLATE "C" NOT NULL,
    body TEXT COLLATE "C" NOT NULL,
    date DATE NOT NULL,
    number TEXT COLLATE "C",
    title TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    outcome TEXT COLLATE "C" NOT NULL,
    workflow TEXT COLLATE "C" NOT NULL,
    visibility TEXT COLLATE "C" NOT NULL,
    deleted BOOLEAN NOT NULL,
    version INTEGER NOT NULL,
    digest TEXT COLLATE "C" NOT NULL,
    search TEXT COLLATE "C" NOT NULL,
    modified_at TIMESTAMP NOT NULL,
    PRIMARY KEY (authority, id),
    FOREIGN KEY (authority, sitting) REFERENCES sittings (authority, id)
);
CREATE INDEX deliberations_by_date ON deliberations (authority, date, id);
CREATE INDEX deliberations_by_number ON deliberations (authority, number);
CREATE INDEX deliberations_by_sitting ON deliberations (authority, sitting, id);
CREATE INDEX deliberations_by_change ON deliberations (authority, modified_at);

-- Documents of sittings and deliberations: canonical JSON (RFC 8785), never changed.
CREATE TABLE versions (
    authority TEXT COLLATE "C" NOT NULL,
    record TEXT COLLATE "C" NOT NULL REFERENCES identifiers,
    version INTEGER NOT NULL,
    document BYTEA NOT NULL,
    digest TEXT COLLATE "C" NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by TEXT COLLATE "C" NOT NULL,
    reason TEXT COLLATE "C",
    PRIMARY KEY (authority, record, version)
);

-- The change log: one entry for each accepted change, in the order of commit, without a gap within an authority.
CREATE TABLE changes (
    authority TEXT COLLATE "C" NOT NULL REFERENCES authorities,
    sequence BIGINT NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    record TEXT COLLATE "C" NOT NULL,
    version INTEGER NOT NULL,
    action TEXT COLLATE "C" NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (authority, sequence)
);
CREATE TABLE change_heads (
    authority TEXT COLLATE "C" PRIMARY KEY REFERENCES authorities,
    sequence BIGINT NOT NULL
);

CREATE TABLE idempotency_keys (
    authority TEXT COLLATE "C" NOT NULL,
    sub TEXT COLLATE "C" NOT NULL,
    idempotency_key TEXT COLLATE "C" NOT NULL,
    request TEXT COLLATE "C" NOT NULL,
    answer BYTEA NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    PRIMARY KEY (authority, sub, idempotency_key)
);
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (recorded_at);

CREATE TABLE revocations (
    authority TEXT COLLATE "C" NOT NULL,
    claim TEXT COLLATE "C" NOT NULL,
    value TEXT COLLATE "C" NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (authority, claim, value)
);

-- Index rows: rebuilt from the record in the transaction that writes it.

CREATE TABLE act_numbers (
    authority TEXT COLLATE "C" NOT NULL,
    deliberation TEXT COLLATE "C" NOT NULL,
    position INTEGER NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    value TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (authority, deliberation, position)
);
CREATE INDEX act_numbers_by_value ON act_numbers (authority, value);

CREATE TABLE act_items (
    authority TEXT COLLATE "C" NOT NULL,
    deliberation TEXT COLLATE "C" NOT NULL,
    position INTEGER NOT NULL,
    item TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (authority, deliberation, position)
);
CREATE INDEX act_items_by_item ON act_items (authority, item);

-- The path ends with a point (`7.10.`), so that a prefix matches whole segments only.
CREATE TABLE act_matters (
    authority TEXT COLLATE "C" NOT NULL,
    deliberation TEXT COLLATE "C" NOT NULL,
    position INTEGER NOT NULL,
    path TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (authority, deliberation, position)
);
CREATE INDEX act_matters_by_path ON act_matters (authority, path);

CREATE TABLE external_ids (
    authority TEXT COLLATE "C" NOT NULL,
    record TEXT COLLATE "C" NOT NULL,
    position INTEGER NOT NULL,
    scheme TEXT COLLATE "C" NOT NULL,
    value TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (authority, record, position)
);
CREATE INDEX external_ids_by_value ON external_ids (authority, scheme, value);

CREATE TABLE attendance_rows (
    authority TEXT COLLATE "C" NOT NULL,
    sitting TEXT COLLATE "C" NOT NULL,
    list INTEGER NOT NULL,
    position INTEGER NOT NULL,
    person TEXT COLLATE "C",
    printed TEXT COLLATE "C",
    status TEXT COLLATE "C" NOT NULL,
    voting_right TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (authority, sitting, list, position)
);
CREATE INDEX attendance_rows_by_person ON attendance_rows (authority, person);

CREATE TABLE proxy_rows (
    authority TEXT COLLATE "C" NOT NULL,
    sitting TEXT COLLATE "C" NOT NULL,
    position INTEGER NOT NULL,
    giver TEXT COLLATE "C",
    holder TEXT COLLATE "C",
    PRIMARY KEY (authority, sitting, position)
);

CREATE TABLE recusal_rows (
    authority TEXT COLLATE "C" NOT NULL,
    sitting TEXT COLLATE "C" NOT NULL,
    position INTEGER NOT NULL,
    recusal TEXT COLLATE "C" NOT NULL,
    item TEXT COLLATE "C",
    person TEXT COLLATE "C",
    kind TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (authority, sitting, position)
);
CREATE INDEX recusal_rows_by_person ON recusal_rows (authority, person);

CREATE TABLE ballot_rows (
    authority TEXT COLLATE "C" NOT NULL,
    sitting TEXT COLLATE "C" NOT NULL,
    ballot TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    mode TEXT COLLATE "C" NOT NULL,
    target TEXT COLLATE "C" NOT NULL,
    outcome TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (authority, sitting, ballot)
);

CREATE TABLE ballot_items (
    authority TEXT COLLATE "C" NOT NULL,
    sitting TEXT COLLATE "C" NOT NULL,
    ballot TEXT COLLATE "C" NOT NULL,
    position INTEGER NOT NULL,
    item TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (authority, sitting, ballot, position)
);
CREATE INDEX ballot_items_by_item ON ballot_items (authority, item);

-- One row for an option (no voter) and one for each entry behind it.
CREATE TABLE tally_rows (
    authority TEXT COLLATE "C" NOT NULL,
    sitting TEXT COLLATE "C" NOT NULL,
    ballot TEXT COLLATE "C" NOT NULL,
    position INTEGER NOT NULL,
    answer TEXT COLLATE "C" NOT NULL,
    voter_kind TEXT COLLATE "C",
    political_group TEXT COLLATE "C",
    person TEXT COLLATE "C",
    votes INTEGER,
    PRIMARY KEY (authority, sitting, ballot, position)
);
CREATE INDEX tally_rows_by_group ON tally_rows (authority, political_group);

CREATE TABLE vote_rows (
    authority TEXT COLLATE "C" NOT NULL,
    sitting TEXT COLLATE "C" NOT NULL,
    ballot TEXT COLLATE "C" NOT NULL,
    position INTEGER NOT NULL,
    person TEXT COLLATE "C",
    answer TEXT COLLATE "C" NOT NULL,
    holder TEXT COLLATE "C",
    PRIMARY KEY (authority, sitting, ballot, position)
);
CREATE INDEX vote_rows_by_person ON vote_rows (authority, person);

-- Money in whole cents.
CREATE TABLE budget_rows (
    authority TEXT COLLATE "C" NOT NULL,
    deliberation TEXT COLLATE "C" NOT NULL,
    position INTEGER NOT NULL,
    operation TEXT COLLATE "C",
    entry TEXT COLLATE "C",
    nature TEXT COLLATE "C",
    function TEXT COLLATE "C",
    expense_cents BIGINT,
    revenue_cents BIGINT,
    PRIMARY KEY (authority, deliberation, position)
);

CREATE TABLE beneficiary_rows (
    authority TEXT COLLATE "C" NOT NULL,
    deliberation TEXT COLLATE "C" NOT NULL,
    position INTEGER NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C",
    siret TEXT COLLATE "C",
    cents BIGINT,
    PRIMARY KEY (authority, deliberation, position)
);
CREATE INDEX beneficiary_rows_by_siret ON beneficiary_rows (authority, siret);

CREATE TABLE finding_rows (
    authority TEXT COLLATE "C" NOT NULL,
    record TEXT COLLATE "C" NOT NULL,
    -- The step of a live sitting that they are about; 0 for the whole record.
    version INTEGER NOT NULL,
    position INTEGER NOT NULL,
    code TEXT COLLATE "C" NOT NULL,
    severity TEXT COLLATE "C" NOT NULL,
    subject TEXT COLLATE "C" NOT NULL,
    decisive BOOLEAN,
    PRIMARY KEY (authority, record, version, position)
);
CREATE INDEX finding_rows_by_code ON finding_rows (authority, code);
