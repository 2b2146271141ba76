-- Keys that have served are forgotten by their authority: its writers wait for no other.
DROP INDEX idempotency_keys_by_age;
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (authority, recorded_at);
