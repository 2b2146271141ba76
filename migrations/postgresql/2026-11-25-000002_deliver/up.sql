-- What readers of the change feed are told of a change, worked out as it is written. Null: nothing.
ALTER TABLE changes ADD COLUMN subject TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE changes ADD COLUMN part TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE changes ADD COLUMN event TEXT COLLATE "C";
ALTER TABLE changes ADD COLUMN public_event TEXT COLLATE "C";
CREATE INDEX changes_public ON changes (authority, sequence) WHERE public_event IS NOT NULL;
CREATE INDEX changes_by_age ON changes (authority, recorded_at);

-- The number after which the feed tells: what was logged before this table knew of a feed is told by the lists.
ALTER TABLE change_heads ADD COLUMN told_after BIGINT NOT NULL DEFAULT 0;
UPDATE change_heads SET told_after = sequence;

CREATE TABLE webhooks (
    authority TEXT COLLATE "C" NOT NULL REFERENCES authorities,
    id TEXT COLLATE "C" NOT NULL,
    url TEXT COLLATE "C" NOT NULL,
    types TEXT COLLATE "C" NOT NULL,
    visibility TEXT COLLATE "C" NOT NULL,
    description TEXT COLLATE "C",
    active BOOLEAN NOT NULL,
    -- A secret is derived from its salt and from a key that the database does not hold.
    salt TEXT COLLATE "C" NOT NULL,
    previous_salt TEXT COLLATE "C",
    previous_until TIMESTAMP,
    -- The number up to which changes became deliveries.
    reached BIGINT NOT NULL,
    version INTEGER NOT NULL,
    created_at TIMESTAMP NOT NULL,
    created_by TEXT COLLATE "C" NOT NULL,
    modified_at TIMESTAMP NOT NULL,
    PRIMARY KEY (authority, id)
);

CREATE TABLE webhook_deliveries (
    authority TEXT COLLATE "C" NOT NULL,
    webhook TEXT COLLATE "C" NOT NULL,
    sequence BIGINT NOT NULL,
    -- The record that the event is about: its events are delivered one after the other.
    subject TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    -- Attempts since it was last queued.
    attempts INTEGER NOT NULL,
    due_at TIMESTAMP NOT NULL,
    -- Who tries it now, and until when nobody else does.
    lease TEXT COLLATE "C",
    leased_until TIMESTAMP,
    queued_at TIMESTAMP NOT NULL,
    finished_at TIMESTAMP,
    PRIMARY KEY (authority, webhook, sequence),
    FOREIGN KEY (authority, webhook) REFERENCES webhooks ON DELETE CASCADE
);
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (authority, webhook, state, due_at);
CREATE INDEX webhook_deliveries_of_subject ON webhook_deliveries (authority, webhook, subject, sequence);

CREATE TABLE webhook_attempts (
    authority TEXT COLLATE "C" NOT NULL,
    webhook TEXT COLLATE "C" NOT NULL,
    sequence BIGINT NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    tried_at TIMESTAMP NOT NULL,
    status INTEGER,
    millis INTEGER NOT NULL,
    error TEXT COLLATE "C",
    excerpt TEXT COLLATE "C",
    PRIMARY KEY (authority, webhook, sequence, id),
    FOREIGN KEY (authority, webhook, sequence) REFERENCES webhook_deliveries ON DELETE CASCADE
);
