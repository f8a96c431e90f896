-- Checkouts that wait for the shopper to pay: each row is the claim of its order's id, written before
-- anything else is done, with what would have to be undone. `draft` is the order that it is to become.
CREATE TABLE checkouts (
    id BIGINT PRIMARY KEY,
    version BIGINT NOT NULL,
    is_open BIGINT NOT NULL,
    started_at BIGINT NOT NULL,
    next_attempt_at BIGINT NOT NULL,
    secret_hash TEXT NOT NULL,
    document TEXT NOT NULL,
    draft TEXT NOT NULL
) {{strict}};

CREATE INDEX checkouts_due ON checkouts (next_attempt_at) WHERE is_open = 1;
CREATE INDEX checkouts_oldest ON checkouts (started_at) WHERE is_open = 1;
