"""Sizes: no code file over 500 lines, no function over 100, at most 2 % of functions over 60."""

import re

from source import bare, files, line_of, read, run_guard

FILE_LINES_MAX = 500
FUNCTION_LINES_MAX = 100
LONG_FUNCTION_LINES = 60
LONG_FUNCTIONS_SHARE_MAX = 0.02
CODE = (".cpp", ".hpp", ".py", ".sh", ".js", ".ts", ".tsx", ".css", ".sql", ".cmake", "dev", ".ci/run")

SCOPE = re.compile(r"(?:^|[\s;])(?:namespace|class|struct|union|enum)\b(?![^<]*>\s*\()")
INITIALIZER_LIST = re.compile(r"\)\s*(?:noexcept\s*(?:\([^)]*\))?\s*)?:(?!:)[^;]*[\w>]\s*$")

ACCESS = ("public", "protected", "private")


def opens_function(head):
    """Whether the brace after `head`, the text since the last statement, opens a function's body."""
    head = re.sub(r"template\s*<[^{}]*?>\s*(?=[a-zA-Z\[])", "", head, count=1)
    before_parameters = head.split("(", 1)[0]
    return "(" in head and "=" not in before_parameters and not SCOPE.search(before_parameters)


def closing(text, brace):
    """Offset of the brace that closes the one at `brace`."""
    depth = 0
    for match in re.compile(r"[{}]").finditer(text, brace):
        depth += 1 if match[0] == "{" else -1
        if depth == 0:
            return match.start()
    return len(text)


def functions(text):
    """(first line, lines) of each function body outside other functions, in text without comments."""
    text = re.sub(r"^[ \t]*#.*(?:\\\n.*)*", lambda m: "\n" * m[0].count("\n"), text, flags=re.MULTILINE)
    start = at = 0
    head = ""
    while at < len(text):
        character = text[at]
        if character == "{" and INITIALIZER_LIST.search(head):
            at = closing(text, at)
            head += "()"
        elif character == "{" and opens_function(head):
            end = closing(text, at)
            first = line_of(text, start + len(text[start:at]) - len(text[start:at].lstrip()))
            yield first, line_of(text, end) - first + 1
            at, start, head = end, end + 1, ""
        elif character in "{};" or (character == ":" and head.strip() in ACCESS):
            start, head = at + 1, ""
        else:
            head += character
        at += 1


def long_functions(root):
    """Every function's (path, line, lines) over the limits, and how many functions there are."""
    found, count = [], 0
    for name in files(root, ".cpp", ".hpp"):
        for line, lines in functions(bare(read(root, name))):
            count += 1
            if lines > LONG_FUNCTION_LINES:
                found.append((name, line, lines))
    return found, count


def find(root):
    for name in files(root, *CODE):
        lines = read(root, name).count("\n")
        if lines > FILE_LINES_MAX:
            yield name, 0, f"{lines} lines: split it, {FILE_LINES_MAX} is the limit"
    found, count = long_functions(root)
    for name, line, lines in found:
        if lines > FUNCTION_LINES_MAX:
            yield name, line, f"a function of {lines} lines: split it, {FUNCTION_LINES_MAX} is the limit"
    if len(found) > max(1, LONG_FUNCTIONS_SHARE_MAX * count):
        for name, line, lines in found:
            yield name, line, (f"{len(found)} of {count} functions are over {LONG_FUNCTION_LINES} lines, "
                               f"2 % is the limit; this one has {lines}")


if __name__ == "__main__":
    run_guard(__doc__, find)
