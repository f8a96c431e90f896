-- What a shopper is about to buy. The secret that opens it is stored as its SHA-256 only.
CREATE TABLE carts (
    id BIGINT PRIMARY KEY,
    version BIGINT NOT NULL,
    market TEXT NOT NULL,
    secret_hash TEXT NOT NULL,
    status TEXT NOT NULL,
    currency TEXT NOT NULL,
    prices TEXT NOT NULL,
    tax_rounding TEXT NOT NULL,
    addresses TEXT NOT NULL,
    delivery TEXT NOT NULL,
    payment TEXT NOT NULL,
    order_id TEXT NOT NULL,
    changed_at BIGINT NOT NULL
) {{strict}};

-- `total` is the line's own result, kept so that a change elsewhere need not compute it again.
-- `minimum` and `step` are those of the offer, for changes of the quantity.
CREATE TABLE cart_lines (
    id BIGINT PRIMARY KEY,
    cart BIGINT NOT NULL REFERENCES carts (id),
    sku TEXT NOT NULL,
    product BIGINT NOT NULL,
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    picture TEXT NOT NULL,
    quantity BIGINT NOT NULL CONSTRAINT cart_lines_quantity_is_positive CHECK (quantity > 0),
    unit TEXT NOT NULL,
    minimum BIGINT NOT NULL,
    step BIGINT NOT NULL,
    unit_price BIGINT NOT NULL,
    total BIGINT NOT NULL,
    tax_rate BIGINT NOT NULL,
    UNIQUE (cart, sku)
) {{strict}};
