-- Whether the line could be had when it was last set, so that a change can be told.
ALTER TABLE cart_lines ADD COLUMN available BIGINT NOT NULL DEFAULT 1;
