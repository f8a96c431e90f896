-- Who paid, for people who look for what an unmatched transfer is for.
ALTER TABLE transfers ADD COLUMN payer TEXT NOT NULL DEFAULT '';
