-- One order of three lines for pgbench; in the order of SKUs, so that no two wait for each other.
\set first random(1, 666)
\set second random(667, 1333)
\set third random(1334, 2000)
BEGIN;
UPDATE stock SET reserved = reserved + 2 WHERE sku = :first AND on_hand - reserved >= 2;
UPDATE stock SET reserved = reserved + 2 WHERE sku = :second AND on_hand - reserved >= 2;
UPDATE stock SET reserved = reserved + 2 WHERE sku = :third AND on_hand - reserved >= 2;
INSERT INTO orders (status, placed_at) VALUES ('placed', now()) RETURNING id \gset
INSERT INTO order_lines (order_id, ordinal, sku, quantity) VALUES (:id, 0, :first, 2);
INSERT INTO order_lines (order_id, ordinal, sku, quantity) VALUES (:id, 1, :second, 2);
INSERT INTO order_lines (order_id, ordinal, sku, quantity) VALUES (:id, 2, :third, 2);
INSERT INTO events (data) VALUES ('{"order":"placed"}');
COMMIT;
