-- What acts are found by: a row for each text of an act (its readers' own, and the public's where that differs), and the words of that text in the
-- engine's own full-text index, under the same place.
CREATE TABLE act_search (
    authority TEXT NOT NULL,
    deliberation TEXT NOT NULL,
    -- Whether it is the public's text only.
    public_text BOOLEAN NOT NULL,
    -- The order of results: the day of the act, then the order in which the acts of a day came in.
    place BIGINT NOT NULL,
    sitting TEXT NOT NULL,
    body TEXT NOT NULL,
    date DATE NOT NULL,
    outcome TEXT NOT NULL,
    -- SHA-256 of what is found by it: the same is not written again.
    digest TEXT NOT NULL,
    -- JSON: what snippets are cut from.
    texts TEXT NOT NULL,
    PRIMARY KEY (authority, deliberation, public_text),
    FOREIGN KEY (authority, deliberation) REFERENCES deliberations (authority, id)
);
CREATE UNIQUE INDEX act_search_by_place ON act_search (authority, place);
-- Places are those of the one full-text index.
CREATE INDEX act_search_places ON act_search (place);

-- The words come as stems; what they are cut from is not kept twice.
CREATE VIRTUAL TABLE act_words USING fts5(facts, title, head, whole, content = '', contentless_delete = 1, tokenize = "ascii tokenchars '_'");

-- Amounts in another currency are never added to euros; null: the act names none.
ALTER TABLE budget_rows ADD COLUMN currency TEXT;
ALTER TABLE beneficiary_rows ADD COLUMN currency TEXT;
-- The part of the beneficiary, where an amount is granted to several together.
ALTER TABLE beneficiary_rows ADD COLUMN granted_cents BIGINT;
-- Who it is: the SIRET or the SIREN, else the name folded. Written out by `registre reindex` for what is there already.
ALTER TABLE beneficiary_rows ADD COLUMN who TEXT;
UPDATE beneficiary_rows SET granted_cents = cents, who = COALESCE(siret, lower(name), '');

CREATE INDEX act_facts_by_kind ON act_facts (authority, kind);
