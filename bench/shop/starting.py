"""What it costs to have the shop at all."""
import statistics
import time

from bench.shop.report import Result
from bench.shop.server import free_port, stop

STARTS = 10


def start(site):
    """From the start of the process to the first product list; and its memory 5 s later."""
    times = []
    for last in [False] * (STARTS - 1) + [True]:
        port = free_port()
        process = site.launch(site.seeded, port)
        try:
            times.append(1000 * site.await_answer(port, process))
            if last:
                time.sleep(5)
                resident, own = _memory(process.pid)
        finally:
            stop(process)
    first = statistics.median(times)
    return [
        Result("start to first answer", f"{first:.0f} ms", "<= 50 ms", first <= 50, times),
        Result("idle memory", f"{resident:.0f} MB resident, {own:.0f} MB of it not files",
               "<= 60 MB", resident <= 60),
    ]


def _memory(pid):
    """Resident and anonymous memory in MB; mapped projections count as resident."""
    with open(f"/proc/{pid}/status", encoding="utf-8") as status:
        fields = dict(line.split(":", 1) for line in status)
    return tuple(int(fields[name].split()[0]) / 1024 for name in ("VmRSS", "RssAnon"))
