-- A product is one JSON document beside the columns that it is found by.
CREATE TABLE products (
    id BIGINT PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    slug TEXT NOT NULL UNIQUE,
    version BIGINT NOT NULL,
    document TEXT NOT NULL
) {{strict}};

-- Which product a SKU or GTIN belongs to.
CREATE TABLE product_codes (
    code TEXT PRIMARY KEY,
    product BIGINT NOT NULL REFERENCES products (id)
) {{strict}};
CREATE INDEX product_codes_by_product ON product_codes (product);

CREATE TABLE categories (
    code TEXT PRIMARY KEY,
    ordinal BIGINT NOT NULL,
    version BIGINT NOT NULL,
    document TEXT NOT NULL
) {{strict}};
