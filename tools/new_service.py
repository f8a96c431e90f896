"""Makes a service from tools/templates/service/ and writes its line into src/app/services.cpp."""

import argparse
import pathlib
import re
import subprocess
import sys

TEMPLATES = pathlib.Path(__file__).parent / "templates/service"
NAME = re.compile(r"[a-z]+(?:_[a-z]+)*")


def words(name):
    """What stands for each @placeholder@: gift_cards, GiftCards, gift-cards, gif."""
    return {"name": name, "Name": "".join(part.capitalize() for part in name.split("_")),
            "path": name.replace("_", "-"), "prefix": name.replace("_", "")[:3]}


def filled(text, name):
    for placeholder, word in words(name).items():
        text = text.replace(f"@{placeholder}@", word)
    return text


def formatted(text, path):
    """The text as ./dev fmt would leave it: how long the name is decides where lines break."""
    if path.suffix not in (".cpp", ".hpp"):
        return text
    style = f"--style=file:{TEMPLATES.parents[2] / '.clang-format'}"
    return subprocess.run(["clang-format-19", style, f"--assume-filename={path}"], input=text,
                          capture_output=True, text=True, check=True).stdout


def write_service(sources, name):
    """Writes the service's files below `sources` (src/) where they differ; returns their paths."""
    written = []
    for template in sorted(TEMPLATES.rglob("*.in")):
        target = sources / "services" / name / template.relative_to(TEMPLATES).with_suffix("")
        text = formatted(filled(template.read_text(), name), target)
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists() or target.read_text() != text:
            target.write_text(text)
        written.append(target)
    return written


def registered(text, name):
    """The text of app/services.cpp with the service's include, in order, and its line, last."""
    include = f'#include "services/{name}/factory.hpp"'
    includes = re.findall(r'^#include "services/.*$', text, re.MULTILINE)
    block = "\n".join(sorted([*includes, include]))
    text = text.replace("\n".join(includes), block, 1)
    lines = list(re.finditer(r"^    &\w+::entry,\n", text, re.MULTILINE))
    if not includes or not lines:
        sys.exit("dev: src/app/services.cpp has no list of services to add to")
    return text[:lines[-1].end()] + f"    &{name}::entry,\n" + text[lines[-1].end():]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", help="in snake_case: gift_cards")
    parser.add_argument("--sources", type=pathlib.Path, default=pathlib.Path("src"))
    parser.add_argument("--unregistered", action="store_true", help="for a test: leave app/services.cpp alone, and overwrite")
    arguments = parser.parse_args()
    if not NAME.fullmatch(arguments.name):
        sys.exit(f"dev: \"{arguments.name}\" is no name of a service: lower-case words, joined by _")
    folder = arguments.sources / "services" / arguments.name
    if folder.exists() and not arguments.unregistered:
        sys.exit(f"dev: there is a service {arguments.name} already: choose another name")
    written = write_service(arguments.sources, arguments.name)
    if not arguments.unregistered:
        services = arguments.sources / "app/services.cpp"
        services.write_text(registered(services.read_text(), arguments.name))
        written.append(services)
    print("\n".join(str(path) for path in written))


if __name__ == "__main__":
    main()
