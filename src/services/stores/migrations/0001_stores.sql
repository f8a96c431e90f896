-- Markets and stores are a JSON document each: few, read whole, searched elsewhere.
CREATE TABLE markets (
    code     TEXT   PRIMARY KEY,
    version  BIGINT NOT NULL,
    document TEXT   NOT NULL
) {{strict}};

CREATE TABLE stores (
    id       TEXT   PRIMARY KEY,
    market   TEXT   NOT NULL REFERENCES markets (code),
    version  BIGINT NOT NULL,
    document TEXT   NOT NULL
) {{strict}};
