-- The stored replies of operations, written in the transaction of their effect.
CREATE TABLE idempotency_keys (
    scope        TEXT   NOT NULL,
    operation    TEXT   NOT NULL,
    key          TEXT   NOT NULL,
    request_hash TEXT   NOT NULL,
    reply        TEXT   NOT NULL,
    created_at   BIGINT NOT NULL,
    PRIMARY KEY (scope, operation, key)
) {{strict}};

CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);
