-- The same table without its UNIQUE order: an order whose payment was cancelled or failed may be
-- paid anew, so that only one payment of an order is alive. `amount` is what the order comes to,
-- `authorized` what may be captured in all, `received` what bank transfers brought.
CREATE TABLE payments_of_orders (
    id           BIGINT PRIMARY KEY,
    order_id     TEXT   NOT NULL,
    version      BIGINT NOT NULL,
    method       TEXT   NOT NULL,
    status       TEXT   NOT NULL,
    currency     TEXT   NOT NULL,
    amount       BIGINT NOT NULL,
    authorized   BIGINT NOT NULL,
    captured     BIGINT NOT NULL DEFAULT 0,
    refunded     BIGINT NOT NULL DEFAULT 0,
    received     BIGINT NOT NULL DEFAULT 0,
    reference    TEXT   NOT NULL,
    -- What transfers are matched by: letters and digits of the reference, upper case.
    reference_key TEXT  NOT NULL,
    attempt      TEXT   NOT NULL DEFAULT '',
    failure      TEXT,
    intent       TEXT,
    return_url   TEXT,
    redirect_url TEXT,
    expires_at   BIGINT,
    created_at   BIGINT NOT NULL,
    CONSTRAINT amount_is_positive CHECK (amount > 0),
    CONSTRAINT authorized_is_within_amount CHECK (authorized >= 0 AND authorized <= amount),
    CONSTRAINT captured_is_within_authorized CHECK (captured >= 0 AND captured <= authorized),
    CONSTRAINT refunded_is_within_captured CHECK (refunded >= 0 AND refunded <= captured),
    CONSTRAINT received_is_not_negative CHECK (received >= 0)
) {{strict}};

INSERT INTO payments_of_orders (id, order_id, version, method, status, currency, amount, authorized,
                                reference, reference_key, created_at)
SELECT id, order_id, version, method, status, currency, amount,
       CASE WHEN status = 'authorized' THEN amount ELSE 0 END, reference,
       REPLACE(REPLACE(UPPER(reference), '-', ''), ' ', ''), created_at
  FROM payments;

DROP TABLE payments;
ALTER TABLE payments_of_orders RENAME TO payments;

CREATE INDEX payments_by_order ON payments (order_id);
CREATE INDEX payments_by_reference ON payments (reference_key);
CREATE UNIQUE INDEX payments_alive ON payments (order_id)
 WHERE status <> 'cancelled' AND status <> 'failed';
CREATE INDEX payments_expiring ON payments (expires_at)
 WHERE status = 'awaiting_transfer' OR status = 'requires_action';

-- Captures, refunds and cancellations under their callers' keys: what was asked, and what became of
-- it. `due_at` is set while the provider has to be asked.
CREATE TABLE operations (
    id           BIGINT PRIMARY KEY,
    payment      BIGINT NOT NULL REFERENCES payments (id),
    kind         TEXT   NOT NULL,
    key          TEXT   NOT NULL,
    amount       BIGINT NOT NULL,
    reason       TEXT   NOT NULL,
    status       TEXT   NOT NULL,
    failure      TEXT,
    attempts     BIGINT NOT NULL DEFAULT 0,
    due_at       BIGINT,
    recorded_at  BIGINT NOT NULL,
    UNIQUE (payment, kind, key),
    CONSTRAINT operation_amount_is_not_negative CHECK (amount >= 0)
) {{strict}};
CREATE INDEX operations_due ON operations (due_at) WHERE due_at IS NOT NULL;

-- Money that arrived at the bank, each credit entry once. `payment` is null while nobody knows
-- what it is for.
CREATE TABLE transfers (
    id          BIGINT PRIMARY KEY,
    key         TEXT   NOT NULL UNIQUE,
    payment     BIGINT REFERENCES payments (id),
    amount      BIGINT NOT NULL,
    currency    TEXT   NOT NULL,
    reference   TEXT   NOT NULL,
    received_at BIGINT NOT NULL,
    CONSTRAINT transfer_is_positive CHECK (amount > 0)
) {{strict}};
CREATE INDEX transfers_unmatched ON transfers (id) WHERE payment IS NULL;

-- The ledger: a row says which account an amount is debited to and which it is credited to, so that
-- no posting can have one side only. Rows are added, never changed.
CREATE TABLE postings (
    id        BIGINT PRIMARY KEY,
    payment   BIGINT REFERENCES payments (id),
    cause     TEXT   NOT NULL,
    reference TEXT   NOT NULL,
    debit     TEXT   NOT NULL,
    credit    TEXT   NOT NULL,
    amount    BIGINT NOT NULL,
    currency  TEXT   NOT NULL,
    posted_at BIGINT NOT NULL,
    CONSTRAINT posting_is_positive CHECK (amount > 0),
    CONSTRAINT posting_has_two_sides CHECK (debit <> credit)
) {{strict}};
CREATE INDEX postings_by_payment ON postings (payment);
