"""What the guards share: the files they read, C++ text without its comments, and how they report."""

import argparse
import pathlib
import re
import subprocess
import sys

Finding = tuple[str, int, str]  # path relative to the root, line (0: the whole file), what is wrong


def run_guard(description, find):
    """Command line of a guard: `find(root)` yields findings; prints them, exits 1 if there are any."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--root", type=pathlib.Path, default=pathlib.Path.cwd())
    findings = list(find(parser.parse_args().root))
    for path, line, message in findings:
        print(f"{path}:{line}: {message}" if line else f"{path}: {message}", file=sys.stderr)
    sys.exit(1 if findings else 0)


def files(root, *suffixes):
    """Files that git knows or would add, sorted; all files where there is no repository."""
    listed = subprocess.run(
        ["git", "-C", root, "ls-files", "-z", "-co", "--exclude-standard"],
        capture_output=True, text=True, check=False)
    if listed.returncode == 0:
        names = [name for name in listed.stdout.split("\0") if name]
    else:
        names = [str(p.relative_to(root)) for p in root.rglob("*") if p.is_file()]
    wanted = (name for name in sorted(set(names)) if name.endswith(suffixes or ("",)))
    return [name for name in wanted if (root / name).is_file()]


def read(root, name):
    """The text of a file, or an empty one where it is not text."""
    try:
        return (root / name).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


_TOKEN = re.compile(
    r"""//[^\n]*|/\*.*?\*/
      |R"(?P<mark>[^()\s\\]{0,16})\((?P<raw>.*?)\)(?P=mark)"
      |"(?P<text>(?:\\.|[^"\\\n])*)"
      |(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'""", re.DOTALL | re.VERBOSE)


def literals(text):
    """(offset, value) of each string literal of C++ text, comments left out."""
    for match in _TOKEN.finditer(text):
        value = match["raw"] if match["raw"] is not None else match["text"]
        if value is not None:
            yield match.start(), value


def bare(text):
    """C++ text with comments and the contents of literals blanked, every line where it was."""
    def blank(match):
        kept = match[0] if match[0].startswith("//") is False else ""
        lines = "\n" * match[0].count("\n")
        return ('""' if kept and kept[0] in "R\"'" else " ") + lines
    return _TOKEN.sub(blank, text)
