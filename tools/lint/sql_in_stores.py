"""SQL stands only in a service's store, in its tests, in migrations/, and where the platform speaks to databases."""

import re

from source import files, line_of, literals, read, run_guard

ALLOWED = re.compile(
    r"src/platform/(?:sql|events)/|/migrations/"
    r"|/(?:\w+_)?store(?:_\w+)?\.[ch]pp$|^src/.*/tests/")
SQL = re.compile(
    r"\b(?:SELECT\b.+\bFROM|INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM"
    r"|(?:CREATE|ALTER|DROP)\s+(?:UNIQUE\s+)?(?:TABLE|INDEX|SCHEMA|ROLE|VIEW)"
    r"|WITH\s+\w+\s+AS\s*\()", re.DOTALL | re.IGNORECASE)


def find(root):
    for name in files(root, ".cpp", ".hpp"):
        if not name.startswith("src/") or ALLOWED.search(name):
            continue
        text = read(root, name)
        for offset, value in literals(text):
            match = SQL.search(value)
            if match:
                shown = " ".join(match[0].split())[:40]
                yield name, line_of(text, offset), f"SQL outside a store ({shown}): move it to store.cpp"


if __name__ == "__main__":
    run_guard(__doc__, find)
