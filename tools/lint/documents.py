"""Documents: every path, `./dev` verb and `kontor` verb that they name exists."""

import re

from source import files, line_of, read, run_guard

DOCUMENTS = re.compile(r"^(?:README|CONTRIBUTING)\.md$|^docs/architecture\.md$|^src/services/\w+/README\.md$")
CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)\s#]+)")
PATH = re.compile(r"(?<![\w./<>{}$-])(?:src|tests|docs|tools|deploy|bench|web|\.ci)/[\w./*-]*[\w/*](?![\w<{/-])")
DEV_VERB = re.compile(r"(?<![\w/])\./dev ([a-z][a-z-]*)")
KONTOR_VERB = re.compile(r"(?<![\w.-])kontor ([a-z][a-z-]+)")
GENERATED = ("web/dist", "web/node_modules")


def dev_verbs(root):
    script = read(root, "dev") if (root / "dev").exists() else ""
    return set(re.findall(r"^  ([a-z-]+)", script, re.MULTILINE))


def kontor_verbs(root):
    """Words in quotes in the command line's sources: what is not among them cannot be a verb."""
    text = "".join(read(root, name) for name in files(root, ".cpp", ".hpp") if name.startswith("src/app/"))
    return set(re.findall(r'"([a-z][a-z-]+)"', text))


def exists(root, folder, path):
    if path.startswith(GENERATED):
        return True
    return any(True for base in (root, folder) for _ in base.glob(path.rstrip("/")))


def objections(root, name, text):
    """(offset, what is wrong) of each thing that the document names and that is not there."""
    folder = (root / name).parent
    for match in LINK.finditer(text):
        if not (folder / match[1]).exists():
            yield match.start(), f"the link leads nowhere: {match[1]}"
    known = ((DEV_VERB, dev_verbs(root), "./dev"), (KONTOR_VERB, kontor_verbs(root), "kontor"))
    for code in CODE.finditer(text):
        for match in PATH.finditer(code[0]):
            if not exists(root, folder, match[0]):
                yield code.start() + match.start(), f"there is no {match[0]}"
        for pattern, verbs, program in known:
            for match in pattern.finditer(code[0]):
                if match[1] not in verbs:
                    yield code.start() + match.start(), f"{program} has no verb {match[1]}"


def find(root):
    for name in files(root, ".md"):
        if DOCUMENTS.search(name):
            text = read(root, name)
            for offset, message in objections(root, name, text):
                yield name, line_of(text, offset), message


if __name__ == "__main__":
    run_guard(__doc__, find)
