-- The staff token, as its SHA-256 only. One row.
CREATE TABLE staff_tokens (
    id BIGINT PRIMARY KEY CONSTRAINT staff_tokens_is_one_row CHECK (id = 1),
    hash TEXT NOT NULL,
    made_at BIGINT NOT NULL
) {{strict}};
