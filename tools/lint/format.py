"""Format: every C++ file is as clang-format-19 would write it (./dev fmt does)."""

import re
import subprocess

from source import files, run_guard

COMPLAINT = re.compile(r"^(.*?):(\d+):\d+: error: code should be clang-formatted")


def find(root):
    names = files(root, ".cpp", ".hpp")
    if not names:
        return
    checked = subprocess.run(
        ["clang-format-19", "--dry-run", "-Werror", "--ferror-limit=1", *names],
        cwd=root, capture_output=True, text=True, check=False)
    for line in checked.stderr.splitlines():
        match = COMPLAINT.match(line)
        if match:
            yield match[1], int(match[2]), "not formatted: run ./dev fmt"
    if checked.returncode and not COMPLAINT.search(checked.stderr):
        yield ".clang-format", 0, f"clang-format-19 failed: {checked.stderr.strip()[:200]}"


if __name__ == "__main__":
    run_guard(__doc__, find)
