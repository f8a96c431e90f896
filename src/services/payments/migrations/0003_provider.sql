-- When the provider is to be asked how a payment is, whatever we have been told.
ALTER TABLE payments ADD COLUMN look_at BIGINT;
CREATE INDEX payments_to_look_at ON payments (look_at) WHERE look_at IS NOT NULL;
CREATE UNIQUE INDEX payments_by_intent ON payments (intent) WHERE intent IS NOT NULL;

-- What the provider calls a refund that it has begun.
ALTER TABLE operations ADD COLUMN provider_id TEXT;
CREATE INDEX operations_recorded ON operations (payment, id) WHERE status = 'recorded';

-- What the provider has told us, each once.
CREATE TABLE notices (
    id          TEXT   PRIMARY KEY,
    type        TEXT   NOT NULL,
    received_at BIGINT NOT NULL
) {{strict}};
