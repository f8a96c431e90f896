CREATE TABLE payments (
    id BIGINT PRIMARY KEY,
    order_id TEXT NOT NULL UNIQUE,
    method TEXT NOT NULL,
    status TEXT NOT NULL,
    amount BIGINT NOT NULL CONSTRAINT payments_amount_is_positive CHECK (amount > 0),
    currency TEXT NOT NULL,
    reference TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL
) {{strict}};
