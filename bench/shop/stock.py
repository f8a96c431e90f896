"""Reservations at the contract of inventory, in one process, beside pgbench on the same server."""
import contextlib
import json
import os
import pathlib
import pwd
import re
import shutil
import statistics
import subprocess
import time

from bench.shop.report import Result, say
from bench.shop.server import Broken, stop

PROGRAMS = pathlib.Path("/usr/lib/postgresql/15/bin")
TARGETS = {"sqlite": 30000, "postgres": 40000}
PGBENCH_CLIENTS = 64


def reservations(site):
    """One hot SKU, 64 to 256 clients: batched as the service does, and a transaction each."""
    folder = site.folder / "stock"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    rounds, yardstick = [], []
    with _postgres(folder) as url:
        _pgbench(url, "-i", "-q", "-s", "50")
        for turn in range(1, site.rounds + 1):
            rounds += _round(site, folder, url)
            said = _pgbench(url, "-M", "prepared", "-c", str(PGBENCH_CLIENTS), "-j", "2",
                            "-T", str(site.seconds))
            yardstick.append(float(re.search(r"tps = ([\d.]+)", said)[1]))
            say(f"  round {turn}: pgbench {yardstick[-1]:,.0f}/s")
    shutil.rmtree(folder, ignore_errors=True)
    return _judge(rounds) + [Result(f"pgbench -M prepared, {PGBENCH_CLIENTS} clients, scale 50",
                                    f"{statistics.median(yardstick):,.0f}/s", "", None, yardstick)]


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


@contextlib.contextmanager
def _postgres(folder):
    """A durable server as Debian sets it up, on a socket of its own; the URL of its database."""
    home = folder / "postgres"
    home.mkdir()
    if os.geteuid() == 0:  # PostgreSQL refuses to be run by root
        os.chown(home, pwd.getpwnam("postgres").pw_uid, -1)
        for above in (folder, *folder.parents):
            above.chmod(above.stat().st_mode | 0o011)
    with open(folder / "postgres.log", "ab") as log:
        if _server("initdb", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "-U", "kontor",
                   "-D", home / "db", log=log).wait():
            raise Broken(f"initdb failed: see {log.name}")
        server = _server("postgres", "-D", home / "db", "-k", home, "-c", "listen_addresses=",
                         log=log)
        try:
            for _ in range(200):
                if not _server("pg_isready", "-q", "-h", home, "-U", "kontor", log=log).wait():
                    break
                time.sleep(0.05)
            else:
                raise Broken(f"PostgreSQL does not answer: see {log.name}")
            yield f"postgresql:///postgres?user=kontor&host={home}"
        finally:
            stop(server)


def _server(program, *arguments, log):
    become = (["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
              if os.geteuid() == 0 else [])
    return subprocess.Popen([*become, PROGRAMS / program, *arguments], cwd="/", stdout=log,
                            stderr=log)


def _pgbench(url, *arguments):
    ran = subprocess.run([PROGRAMS / "pgbench", *arguments, url], capture_output=True, text=True,
                         check=False)
    if ran.returncode:
        raise Broken("pgbench failed: " + ran.stderr[-500:])
    return ran.stdout
