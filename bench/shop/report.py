"""What was measured, for people."""
import dataclasses
import os
import platform
import sys


@dataclasses.dataclass
class Result:
    """One line of the table. `passed` is None where there is no target."""
    name: str
    figure: str
    target: str
    passed: bool | None
    details: object = None


def say(text):
    print(text, file=sys.stderr, flush=True)


def machine(site):
    model = "unknown"
    with open("/proc/cpuinfo", encoding="utf-8") as info:
        for line in info:
            if line.startswith("model name"):
                model = line.split(":", 1)[1].strip()
                break
    return {"processor": model, "cores": len(os.sched_getaffinity(0)),
            "server_core": site.server_core, "load_core": site.load_core,
            "kernel": platform.release(), "load_before": os.getloadavg()[0]}


def table(results, about):
    signs = {True: "pass", False: "FAIL", None: "-"}
    rows = [("what", "figure", "target", "")]
    rows += [(r.name, r.figure, r.target, signs[r.passed]) for r in results]
    widths = [max(len(row[i]) for row in rows) for i in range(3)]
    print()
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths)) + "  " + row[3])
    print(f"\n{about['processor']}, {about['cores']} cores, Linux {about['kernel']}, load average "
          f"{about['load_before']:.1f} before, {about['load_after']:.1f} after")
    if about["load_before"] > 0.5:
        print("The machine was not idle before: the figures are lower than it could do, and only "
              "the ratio to nginx says much.")
