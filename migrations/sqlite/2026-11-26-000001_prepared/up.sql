-- Public answers made beforehand. Derived: a change takes away those that it concerns, in its own transaction.
CREATE TABLE prepared_answers (
    authority TEXT NOT NULL,
    record TEXT NOT NULL,
    -- Of the authority, when the answer was begun: one of an earlier generation holds no more.
    generation BIGINT NOT NULL,
    -- Which program makes it: another may say it otherwise.
    program TEXT NOT NULL,
    -- Who is making it.
    draft TEXT NOT NULL,
    etag TEXT NOT NULL,
    -- LZ4, with the size before it; null: not made yet.
    bytes BLOB,
    PRIMARY KEY (authority, record)
);
-- Counts what concerns every act of an authority: its own settings, its bodies, its delegations. Missing: 0.
CREATE TABLE answer_generations (
    authority TEXT NOT NULL PRIMARY KEY,
    generation BIGINT NOT NULL
);
