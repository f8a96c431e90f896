"""Looks for card numbers where none may be."""

import re
import sqlite3

# 13 to 19 digits in a row or in groups, as ISO/IEC 7812 has them, that begin as cards do.
NUMBER = re.compile(rb"(?<![\w.-])[2-6]\d{3}(?:[ -]?\d){9,15}(?![\w-])")


def is_card_number(digits):
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def card_numbers(data):
    """What looks like a card number and has its check digit right."""
    found = (re.sub(rb"[ -]", b"", match[0]).decode() for match in NUMBER.finditer(data))
    return [digits for digits in found if 13 <= len(digits) <= 19 and is_card_number(digits)]


def texts_of(database):
    """Every text of every table of an SQLite file, events among them."""
    connection = sqlite3.connect(database, timeout=10)
    tables = [name for name, in
              connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    for table in tables:
        for row in connection.execute(f'SELECT * FROM "{table}"'):
            for value in row:
                if isinstance(value, str):
                    yield table, value.encode()
    connection.close()


def card_numbers_of(database):
    return [f"{database.name}, {table}: {number}" for table, text in texts_of(database)
            for number in card_numbers(text)]


def notices_them():
    """The scan must be able to fail."""
    return (card_numbers(b'{"pan":"4242 4242 4242 4242"}') == ["4242424242424242"]
            and card_numbers(b"5555555555554444,") == ["5555555555554444"]
            and not card_numbers(b"4242424242424241")
            and not card_numbers(b"482-7391-0527"))
