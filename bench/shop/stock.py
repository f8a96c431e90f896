"""Reservations at the contract of inventory, in one process, beside pgbench on the same server."""
import json
import shutil
import statistics
import subprocess

from bench.shop import postgres
from bench.shop.report import Result
from bench.shop.server import Broken

TARGETS = {"sqlite": 30000, "postgres": 40000}


def reservations(site):
    """One hot SKU, 64 to 256 clients: batched as the service does, and a transaction each."""
    folder = site.folder / "stock"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with postgres.cluster(site) as cluster:
        rounds = [one for _ in range(site.rounds)
                  for one in _round(site, folder, cluster.fresh("stock"))]
        cluster.drop("stock")
        yardstick = cluster.yardstick(site)
    shutil.rmtree(folder, ignore_errors=True)
    return _judge(rounds) + [yardstick]


def _round(site, folder, url):
    for left in folder.glob("*.db*"):
        left.unlink()
    ran = subprocess.run([site.stock_program, folder, url, str(site.seconds)],
                         stdout=subprocess.PIPE, text=True, check=False,
                         timeout=30 * site.seconds + 60)
    if ran.returncode:
        raise Broken("inventory_bench failed, see above")
    return [json.loads(line) for line in ran.stdout.splitlines()]


def _judge(rounds):
    results = []
    kinds = dict.fromkeys((one["engine"], one["path"], one["clients"]) for one in rounds)
    for engine, path, clients in kinds:
        same = [one for one in rounds
                if (one["engine"], one["path"], one["clients"]) == (engine, path, clients)]
        rate, p99 = (statistics.median(one[what] for one in same) for what in ("rate", "p99_us"))
        target = TARGETS[engine] if path == "batched" and clients == 256 else None
        results.append(Result(f"reservations, {engine}, {path}, {clients} clients",
                              f"{rate:,.0f}/s, p99 {p99 / 1000:.1f} ms",
                              f">= {target:,}/s" if target else "",
                              rate >= target if target else None, same))
    return results
