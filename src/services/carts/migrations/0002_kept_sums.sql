-- What the lines come to by tax rate, as JSON, so that a change of one line needs no other. Empty
-- in a cart from before: its next change sums up all lines once.
ALTER TABLE carts ADD COLUMN sums TEXT NOT NULL DEFAULT '';
