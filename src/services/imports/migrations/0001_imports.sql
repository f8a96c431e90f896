-- An import is a JSON document: written as a whole, read as a whole, searched by nothing.
CREATE TABLE imports (
    id       BIGINT PRIMARY KEY,
    document TEXT   NOT NULL
) {{strict}};

CREATE TABLE rejects (
    import   BIGINT NOT NULL REFERENCES imports (id),
    place    BIGINT NOT NULL,
    document TEXT   NOT NULL,
    PRIMARY KEY (import, place)
) {{strict}};

CREATE TABLE mappings (
    name TEXT PRIMARY KEY,
    toml TEXT NOT NULL
) {{strict}};
