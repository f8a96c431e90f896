"""A durable PostgreSQL server of our own, and pgbench on it as the yardstick."""
import contextlib
import os
import pathlib
import pwd
import re
import statistics
import subprocess
import time

from bench.shop.report import Result, say
from bench.shop.server import Broken, stop

PROGRAMS = pathlib.Path("/usr/lib/postgresql/15/bin")
CLIENTS = 64
SCALE = 50


class Cluster:
    """A running server, reached through the socket in `home`."""

    def __init__(self, home):
        self.home = home

    def url(self, database):
        return f"postgresql:///{database}?user=kontor&host={self.home}"

    def sql(self, text, database="postgres"):
        ran = self._run("psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-c", text, self.url(database))
        return ran.strip()

    def has(self, database):
        return self.sql(f"SELECT 1 FROM pg_database WHERE datname = '{database}'") == "1"

    def fresh(self, database, like="template1"):
        """The URL of a new database, a copy of `like`; one of the same name is dropped."""
        self.drop(database)
        self.sql(f"CREATE DATABASE {database} TEMPLATE {like}")
        self.sql("CHECKPOINT")  # Else it would fall into what is measured.
        return self.url(database)

    def drop(self, database):
        self.sql(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")

    def pgbench(self, database, *arguments):
        """Transactions a second of one run; 64 clients."""
        said = self._run("pgbench", "-M", "prepared", "-c", str(CLIENTS), "-j", "2", *arguments,
                         self.url(database))
        return float(re.search(r"tps = ([\d.]+)", said)[1])

    def yardstick(self, site):
        """What pgbench's own transactions reach here, as a line of the table."""
        if not self.has("pgbench"):
            self.fresh("pgbench")
            self._run("pgbench", "-i", "-q", "-s", str(SCALE), self.url("pgbench"))
        rounds = []
        for turn in range(1, site.rounds + 1):
            rounds.append(self.pgbench("pgbench", "-T", str(site.seconds)))
            say(f"  round {turn}: pgbench {rounds[-1]:,.0f}/s")
        return Result(f"pgbench -M prepared, {CLIENTS} clients, scale {SCALE}",
                      f"{statistics.median(rounds):,.0f}/s", "", None, rounds)

    def _run(self, program, *arguments):
        ran = subprocess.run([PROGRAMS / program, *arguments], capture_output=True, text=True,
                             check=False)
        if ran.returncode:
            raise Broken(f"{program} failed: " + ran.stderr[-500:])
        return ran.stdout


@contextlib.contextmanager
def cluster(site):
    """A server with Debian's settings, but for connections. Its databases are kept."""
    home = site.folder / "postgres"
    home.mkdir(parents=True, exist_ok=True)
    if os.geteuid() == 0:  # PostgreSQL refuses to be run by root
        os.chown(home, pwd.getpwnam("postgres").pw_uid, -1)
        for above in home.parents:
            above.chmod(above.stat().st_mode | 0o011)
    with open(site.folder / "postgres.log", "ab") as log:
        if not (home / "db").exists():
            _make(home, log)
        server = _server("postgres", "-D", home / "db", "-k", home, "-c", "listen_addresses=",
                         "-c", "max_connections=300", log=log)
        try:
            for _ in range(1200):
                if not _server("pg_isready", "-q", "-h", home, "-U", "kontor", log=log).wait():
                    break
                time.sleep(0.05)
            else:
                raise Broken(f"PostgreSQL does not answer: see {log.name}")
            yield Cluster(home)
        finally:
            stop(server, patience=60)


def _make(home, log):
    if _server("initdb", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "-U", "kontor",
               "-D", home / "db", log=log).wait():
        raise Broken(f"initdb failed: see {log.name}")


def _server(program, *arguments, log):
    become = (["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
              if os.geteuid() == 0 else [])
    return subprocess.Popen([*become, PROGRAMS / program, *arguments], cwd="/", stdout=log,
                            stderr=log)
