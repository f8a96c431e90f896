-- Facts, written in the transaction of the change they tell of. See events/commit_order.cpp for
-- `sequence`: NULL until it is numbered on PostgreSQL; always 0 on SQLite, where the id is it.
CREATE TABLE outbox (
    id                {{auto_id}},
    sequence          BIGINT,
    event_id          BIGINT NOT NULL,
    type              TEXT   NOT NULL,
    schema_version    BIGINT NOT NULL,
    aggregate         TEXT   NOT NULL,
    aggregate_version BIGINT NOT NULL,
    happened_at       BIGINT NOT NULL,
    traceparent       TEXT   NOT NULL,
    data              TEXT   NOT NULL
) {{strict}};

CREATE INDEX outbox_unnumbered ON outbox (id) WHERE sequence IS NULL;
CREATE UNIQUE INDEX outbox_numbered ON outbox (sequence) WHERE sequence > 0;

-- One row: how far the outbox was numbered, handed to a storing log, and trimmed.
CREATE TABLE outbox_state (
    id              BIGINT PRIMARY KEY CONSTRAINT outbox_state_is_one_row CHECK (id = 1),
    numbered        BIGINT NOT NULL,
    relayed         BIGINT NOT NULL,
    trimmed_through BIGINT NOT NULL
) {{strict}};

INSERT INTO outbox_state (id, numbered, relayed, trimmed_through) VALUES (1, 0, 0, 0);

-- Who may do what only one may do; every write of the holder checks the epoch.
CREATE TABLE leases (
    name       TEXT   PRIMARY KEY,
    holder     TEXT   NOT NULL,
    epoch      BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
) {{strict}};

-- How far a consumer has come in a stream, written in the transaction of its effect.
CREATE TABLE consumer_offsets (
    consumer TEXT   NOT NULL,
    stream   TEXT   NOT NULL,
    position BIGINT NOT NULL,
    PRIMARY KEY (consumer, stream)
) {{strict}};

-- Events that a consumer could not take, and those of the same aggregate that wait behind them.
CREATE TABLE dead_letters (
    consumer  TEXT   NOT NULL,
    stream    TEXT   NOT NULL,
    sequence  BIGINT NOT NULL,
    aggregate TEXT   NOT NULL,
    envelope  TEXT   NOT NULL,
    error     TEXT   NOT NULL,
    parked_at BIGINT NOT NULL,
    PRIMARY KEY (consumer, stream, sequence)
) {{strict}};
