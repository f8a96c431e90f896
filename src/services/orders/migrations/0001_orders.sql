-- An order is one document beside the columns that it is found by. A cart becomes one at most.
CREATE TABLE orders (
    id BIGINT PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    cart BIGINT NOT NULL UNIQUE,
    secret_hash TEXT NOT NULL,
    version BIGINT NOT NULL,
    status TEXT NOT NULL,
    document TEXT NOT NULL
) {{strict}};
