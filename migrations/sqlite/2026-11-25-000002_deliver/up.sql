-- What readers of the change feed are told of a change, worked out as it is written. Null: nothing.
ALTER TABLE changes ADD COLUMN subject TEXT NOT NULL DEFAULT '';
ALTER TABLE changes ADD COLUMN part TEXT NOT NULL DEFAULT '';
ALTER TABLE changes ADD COLUMN event TEXT;
ALTER TABLE changes ADD COLUMN public_event TEXT;
CREATE INDEX changes_public ON changes (authority, sequence) WHERE public_event IS NOT NULL;
CREATE INDEX changes_by_age ON changes (authority, recorded_at);

-- The number after which the feed tells: what was logged before this table knew of a feed is told by the lists.
ALTER TABLE change_heads ADD COLUMN told_after BIGINT NOT NULL DEFAULT 0;
UPDATE change_heads SET told_after = sequence;

CREATE TABLE webhooks (
    authority TEXT NOT NULL REFERENCES authorities,
    id TEXT NOT NULL,
    url TEXT NOT NULL,
    types TEXT NOT NULL,
    visibility TEXT NOT NULL,
    description TEXT,
    active BOOLEAN NOT NULL,
    -- A secret is derived from its salt and from a key that the database does not hold.
    salt TEXT NOT NULL,
    previous_salt TEXT,
    previous_until TIMESTAMP,
    -- The number up to which changes became deliveries.
    reached BIGINT NOT NULL,
    version INTEGER NOT NULL,
    created_at TIMESTAMP NOT NULL,
    created_by TEXT NOT NULL,
    modified_at TIMESTAMP NOT NULL,
    PRIMARY KEY (authority, id)
);

CREATE TABLE webhook_deliveries (
    authority TEXT NOT NULL,
    webhook TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    -- The record that the event is about: its events are delivered one after the other.
    subject TEXT NOT NULL,
    state TEXT NOT NULL,
    -- Attempts since it was last queued.
    attempts INTEGER NOT NULL,
    due_at TIMESTAMP NOT NULL,
    -- Who tries it now, and until when nobody else does.
    lease TEXT,
    leased_until TIMESTAMP,
    queued_at TIMESTAMP NOT NULL,
    finished_at TIMESTAMP,
    PRIMARY KEY (authority, webhook, sequence),
    FOREIGN KEY (authority, webhook) REFERENCES webhooks ON DELETE CASCADE
);
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (authority, webhook, state, due_at);
CREATE INDEX webhook_deliveries_of_subject ON webhook_deliveries (authority, webhook, subject, sequence);

CREATE TABLE webhook_attempts (
    authority TEXT NOT NULL,
    webhook TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    id TEXT NOT NULL,
    tried_at TIMESTAMP NOT NULL,
    status INTEGER,
    millis INTEGER NOT NULL,
    error TEXT,
    excerpt TEXT,
    PRIMARY KEY (authority, webhook, sequence, id),
    FOREIGN KEY (authority, webhook, sequence) REFERENCES webhook_deliveries ON DELETE CASCADE
);
