-- Counts the changes of a SKU's stock; its row's lock, taken first, orders all that changes it.
CREATE TABLE stocked_skus (
    sku     TEXT   PRIMARY KEY,
    version BIGINT NOT NULL
) {{strict}};

-- Cells: the counters of a SKU in a place, in thousandths of its sales unit. `counted_change` is
-- what the last count added to on_hand, for its movement.
CREATE TABLE stock (
    id             {{auto_id}},
    sku            TEXT   NOT NULL,
    location       TEXT   NOT NULL,
    on_hand        BIGINT NOT NULL,
    reserved       BIGINT NOT NULL DEFAULT 0,
    allocated      BIGINT NOT NULL DEFAULT 0,
    safety         BIGINT NOT NULL DEFAULT 0,
    counted_change BIGINT NOT NULL DEFAULT 0,
    UNIQUE (sku, location),
    CONSTRAINT on_hand_is_not_negative CHECK (on_hand >= 0),
    CONSTRAINT reserved_is_not_negative CHECK (reserved >= 0),
    CONSTRAINT allocated_is_not_negative CHECK (allocated >= 0),
    CONSTRAINT safety_is_not_negative CHECK (safety >= 0)
) {{strict}};

-- What each change added to a cell's counters, and why. Every counter is the sum of its column.
CREATE TABLE movements (
    id        {{auto_id}},
    cell      BIGINT NOT NULL REFERENCES stock (id),
    cause     TEXT   NOT NULL,
    reference TEXT   NOT NULL,
    on_hand   BIGINT NOT NULL,
    reserved  BIGINT NOT NULL,
    allocated BIGINT NOT NULL,
    moved_at  BIGINT NOT NULL
) {{strict}};

CREATE TABLE reservations (
    id         BIGINT PRIMARY KEY,
    key        TEXT   NOT NULL UNIQUE,
    status     TEXT   NOT NULL,
    expires_at BIGINT NOT NULL,
    bound_to   TEXT
) {{strict}};
CREATE INDEX reservations_held ON reservations (expires_at) WHERE status = 'held';

CREATE TABLE reservation_lines (
    reservation BIGINT NOT NULL REFERENCES reservations (id),
    ordinal     BIGINT NOT NULL,
    cell        BIGINT NOT NULL REFERENCES stock (id),
    quantity    BIGINT NOT NULL,
    PRIMARY KEY (reservation, ordinal)
) {{strict}};

-- Whose online orders a place serves: learnt from stores' events.
CREATE TABLE online_locations (
    market   TEXT NOT NULL,
    location TEXT NOT NULL,
    PRIMARY KEY (market, location)
) {{strict}};
