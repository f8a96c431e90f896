-- Counts the changes of a SKU's prices; its row's lock orders their events.
CREATE TABLE priced_skus (
    sku     TEXT   PRIMARY KEY,
    version BIGINT NOT NULL
) {{strict}};

-- Windows: since ever is the smallest valid_from, for good the largest valid_until.
CREATE TABLE prices (
    sku         TEXT   NOT NULL,
    market      TEXT   NOT NULL,
    valid_from  BIGINT NOT NULL,
    valid_until BIGINT NOT NULL,
    amount      BIGINT NOT NULL,
    currency    TEXT   NOT NULL,
    PRIMARY KEY (sku, market, valid_from),
    CONSTRAINT price_is_not_negative CHECK (amount >= 0),
    CONSTRAINT price_begins_before_it_ends CHECK (valid_from < valid_until)
) {{strict}};

CREATE TABLE taxed_markets (
    market  TEXT   PRIMARY KEY,
    version BIGINT NOT NULL
) {{strict}};

-- Rates in hundredths of a percent from a day on, counted from 1970-01-01.
CREATE TABLE tax_rates (
    market     TEXT   NOT NULL,
    tax_class  TEXT   NOT NULL,
    valid_from BIGINT NOT NULL,
    rate       BIGINT NOT NULL,
    PRIMARY KEY (market, tax_class, valid_from),
    CONSTRAINT rate_is_not_negative CHECK (rate >= 0)
) {{strict}};
