DROP INDEX act_facts_by_kind;
ALTER TABLE beneficiary_rows DROP COLUMN who;
ALTER TABLE beneficiary_rows DROP COLUMN granted_cents;
ALTER TABLE beneficiary_rows DROP COLUMN currency;
ALTER TABLE budget_rows DROP COLUMN currency;
DROP TABLE act_words;
DROP TABLE act_search;
