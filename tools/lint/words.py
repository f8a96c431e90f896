"""Words that do not belong into what we hand out: unfinished work, and paths of somebody's machine."""

import re

from source import files, line_of, read, run_guard

# Written so that this file does not contain what it looks for.
UNFINISHED = re.compile(r"\b(?:TO[D]O|FIX[M]E)\b")
MACHINE = re.compile(
    r"(?<![\w.:}\])/*-])/(?:wor[k]|hom[e]|roo[t]|User[s]|workspac[e])/\w|\.\./share[d]/|\.librar[y]/")
GENERATED = re.compile(r"package-lock\.json$|^docs/reference/|/data/|^LICENSE$|\.svg$")


def find(root):
    for name in files(root):
        if GENERATED.search(name):
            continue
        text = read(root, name)
        for match in UNFINISHED.finditer(text):
            yield name, line_of(text, match.start()), f"{match[0]}: finish it, or open an issue"
        for match in MACHINE.finditer(text):
            yield name, line_of(text, match.start()), f"{match[0]}: names a place on one machine only"


if __name__ == "__main__":
    run_guard(__doc__, find)
