-- What has become of a line's quantity beside being held: given back, or gone.
ALTER TABLE reservation_lines ADD COLUMN released BIGINT NOT NULL DEFAULT 0;
ALTER TABLE reservation_lines ADD COLUMN shipped BIGINT NOT NULL DEFAULT 0;

-- Changes that must happen once, by their callers' keys, with what each was: written in the
-- transaction of the change. `scope`: a reservation (`reservation:` and its key), or `restock`.
CREATE TABLE applied_changes (
    scope      TEXT   NOT NULL,
    key        TEXT   NOT NULL,
    content    TEXT   NOT NULL,
    applied_at BIGINT NOT NULL,
    PRIMARY KEY (scope, key)
) {{strict}};
