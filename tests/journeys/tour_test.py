#!/usr/bin/env python3
"""Runs every command of README.md's tour in one shell and compares what it shows.

Usage: tour_test.py KONTOR [--print]. `…` in the expected output stands for anything.
With --print it shows what each command printed, to be copied into the page.
"""

import re
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

README = Path(__file__).resolve().parents[2] / "README.md"
MARK = "--- end of command ---"
PRELUDE = """
wait_until_ready() {
    for i in $(seq 300); do
        curl -sf http://127.0.0.1:$PORT/readyz > /dev/null && return
        sleep 0.1
    done
    echo "not ready within 30 s" >&2
}
trap 'kill $(jobs -p)' EXIT
"""


def steps(text):
    """The commands of all console blocks, each with the lines it is to show."""
    found = []
    for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            else:
                found[-1][1].append(line)
    return found


def matches(expected, shown):
    pattern = ".*".join(re.escape(part) for part in expected.split("…"))
    return re.fullmatch(pattern, shown, re.DOTALL) is not None


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def run(commands, kontor, folder):
    script = PRELUDE + "".join(f"{command}\necho '{MARK}'\n" for command in commands)
    shell = subprocess.Popen(
        ["bash", "-c", script], cwd=folder, text=True, stdout=subprocess.PIPE,
        env={"KONTOR": str(kontor), "PORT": str(free_port()), "PATH": "/usr/bin:/bin:/usr/local/bin",
             "ASAN_OPTIONS": "detect_leaks=0"})
    try:
        output, _ = shell.communicate(timeout=300)
    except subprocess.TimeoutExpired:
        shell.send_signal(signal.SIGTERM)
        raise
    return [part.strip("\n") for part in output.split(MARK)[:-1]]


def main():
    kontor = Path(sys.argv[1]).resolve()
    tour = steps(README.read_text())
    if not tour:
        sys.exit("README.md has no tour")
    with tempfile.TemporaryDirectory() as folder:
        shown = run([command for command, _ in tour], kontor, folder)
    wrong = 0
    for (command, expected), got in zip(tour, shown, strict=True):
        if "--print" in sys.argv:
            print(f"$ {command}\n{got}")
        elif not matches("\n".join(expected), got):
            wrong += 1
            print(f"$ {command}\n  expected: {expected}\n  shown:    {got}")
    print(f"{len(tour)} commands of the tour, {wrong} wrong")
    sys.exit(1 if wrong else 0)


main()
