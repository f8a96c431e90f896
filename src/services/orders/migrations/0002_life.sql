-- What other services know an order by: the reservation of its stock, the key of its payment.
ALTER TABLE orders ADD COLUMN reservation TEXT NOT NULL DEFAULT '';
ALTER TABLE orders ADD COLUMN payment_key TEXT NOT NULL DEFAULT '';

-- The last invoice number of a market and year. It is drawn in the transaction of its invoice, which
-- locks the row until it commits: so there are no gaps.
CREATE TABLE invoice_series (
    market TEXT NOT NULL,
    year BIGINT NOT NULL,
    last BIGINT NOT NULL,
    PRIMARY KEY (market, year)
) {{strict}};

CREATE TABLE invoices (
    market TEXT NOT NULL,
    year BIGINT NOT NULL,
    sequence BIGINT NOT NULL,
    order_id BIGINT NOT NULL,
    issued_at BIGINT NOT NULL,
    PRIMARY KEY (market, year, sequence)
) {{strict}};
