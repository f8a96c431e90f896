"""clang-tidy on what changed: against origin/main, or the commit before where that is the same.

A changed header is checked through one source file that includes it. What was found clean is kept
under build/lint/ by a hash of its preprocessed text and the configuration, and not checked again.
After BUDGET_S no further file is begun; the rest is named, and the next run goes on there.
"""

import argparse
import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys
import time

BUDGET_S = 180
DATABASE = "build/dev/compile_commands.json"
CLEAN = pathlib.Path("build/lint")


def git(*arguments):
    done = subprocess.run(["git", *arguments], capture_output=True, text=True, check=False)
    return done.stdout.split() if done.returncode == 0 else []


def changed_files():
    """C++ files that differ from the base, the working tree included."""
    head = git("rev-parse", "HEAD")
    base = git("merge-base", "HEAD", "origin/main")
    if not base or base == head:
        base = git("rev-parse", "--verify", "-q", "HEAD~1")
    if not base:
        print("-- clang-tidy: no earlier commit to compare with; ./dev lint --all checks every file")
    names = git("diff", "--name-only", "--diff-filter=d", *base) if base else []
    names += git("ls-files", "-o", "--exclude-standard")
    return {name for name in names if name.endswith((".cpp", ".hpp"))}


def sources_to_check(changed, commands):
    """The changed sources, and for each changed header its own source or any that includes it."""
    chosen = {name for name in changed if name in commands}
    for header in sorted(name for name in changed if name.endswith(".hpp")):
        stem = header.removesuffix(".hpp")
        own = [name for name in (f"{stem}.cpp", f"{stem}_test.cpp") if name in commands]
        short = header.removeprefix("src/").removeprefix("tests/")
        chosen |= set(own[:1] or including(short, commands)[:1])
    return sorted(chosen, key=lambda name: -os.path.getmtime(name))


def including(header, commands):
    pattern = re.compile(rf'#include "(?:[\w/]*/)?{re.escape(os.path.basename(header))}"')
    return [name for name in sorted(commands) if pattern.search(pathlib.Path(name).read_text())]


def compile_commands():
    """The command of each source file, by its path relative to the root."""
    with open(DATABASE, encoding="utf-8") as database:
        entries = json.load(database)
    return {os.path.relpath(entry["file"]): entry for entry in entries if os.path.exists(entry["file"])}


def fingerprint(entry):
    """Hash of what the compiler sees of a file and of the configuration."""
    command = shlex.split(entry["command"])
    if os.path.basename(command[0]) == "ccache":
        command = command[1:]
    command = [part for part in command if part != "-c"]
    command[command.index("-o") + 1] = "-"
    text = subprocess.run([*command, "-E"], cwd=entry["directory"], capture_output=True, check=False)
    return hashlib.sha256(text.stdout + text.stderr + pathlib.Path(".clang-tidy").read_bytes()).hexdigest()


def check(name, entry, deadline):
    """(name, complaints) of one file; complaints is None where time was up."""
    if time.monotonic() > deadline:
        return name, None
    mark = CLEAN / fingerprint(entry)
    if mark.exists():
        return name, ""
    done = subprocess.run(["clang-tidy-19", "--quiet", "-p", os.path.dirname(DATABASE), name],
                          capture_output=True, text=True, check=False)
    if done.returncode == 0:
        mark.touch()
        return name, ""
    return name, done.stdout + (done.stderr if "error:" not in done.stdout else "")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--all", action="store_true", help="every file, however long it takes")
    parser.add_argument("files", nargs="*", help="these files instead of the changed ones")
    arguments = parser.parse_args()
    commands = compile_commands()
    chosen = (sorted(commands) if arguments.all else
              sources_to_check(set(arguments.files) or changed_files(), commands))
    CLEAN.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    deadline = float("inf") if arguments.all else began + BUDGET_S
    failed, left = [], []
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for name, complaints in pool.map(lambda name: check(name, commands[name], deadline), chosen):
            if complaints:
                failed.append(name)
                print(complaints, file=sys.stderr)
            elif complaints is None:
                left.append(name)
    print(f"-- clang-tidy: {len(chosen) - len(left)} files, {len(failed)} with findings, "
          f"{time.monotonic() - began:.0f} s")
    if left:
        print(f"-- clang-tidy: time was up before {', '.join(left)}; the next run goes on there")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
