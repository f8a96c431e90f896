"""Orders as they are usually written: a transaction each, whose statements go one by one. For
comparison only."""
import pathlib
import statistics

from bench.shop.report import Result, say

TABLES = """
CREATE TABLE stock (sku BIGINT PRIMARY KEY, on_hand BIGINT NOT NULL, reserved BIGINT NOT NULL);
INSERT INTO stock SELECT sku, 1000000000, 0 FROM generate_series(1, 2000) AS sku;
CREATE TABLE orders (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, status TEXT NOT NULL,
                     placed_at TIMESTAMPTZ NOT NULL);
CREATE TABLE order_lines (order_id BIGINT NOT NULL REFERENCES orders, ordinal BIGINT NOT NULL,
                          sku BIGINT NOT NULL, quantity BIGINT NOT NULL,
                          PRIMARY KEY (order_id, ordinal));
CREATE TABLE events (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, data TEXT NOT NULL);
"""
SCRIPT = pathlib.Path(__file__).with_name("naive_order.sql")


def orders(site, cluster):
    """By pgbench, so without HTTP, prices, payments and a cart: what a shop makes of it is less."""
    cluster.fresh("naive")
    cluster.sql(TABLES, "naive")
    rounds = []
    for turn in range(1, site.rounds + 1):
        rounds.append(cluster.pgbench("naive", "-n", "-T", str(site.seconds), "-f", SCRIPT))
        say(f"  round {turn}: naive orders {rounds[-1]:,.0f}/s")
    cluster.drop("naive")
    return Result("order of 3 lines, a transaction each, SQL alone",
                  f"{statistics.median(rounds):,.0f}/s", "", None, rounds)
