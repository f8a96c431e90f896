"""The processes that are killed: Kontor, and PostgreSQL below it."""

import http.client
import os
import pathlib
import pwd
import random
import signal
import socket
import sqlite3
import subprocess
import time

STAFF_TOKEN = "staff-" + "4f9a" * 8
POSTGRES_PROGRAMS = pathlib.Path("/usr/lib/postgresql/15/bin")
SERVICES = ("carts", "catalog", "discovery", "inventory", "orders", "payments", "pricing", "stores")


class Broken(Exception):
    """Something that must work did not."""


class Sqlite:
    """Records in the files of the data folder."""

    def __init__(self, folder):
        self.folder = folder / "data"
        self.flags = ["--data", str(self.folder)]

    def rows(self, service, query):
        """What an own reading of a service's tables finds; the shop may run or not."""
        database = sqlite3.connect(self.folder / f"{service}.db", timeout=10)
        try:
            return database.execute(query).fetchall()
        finally:
            database.close()

    def change(self, service, statement):
        database = sqlite3.connect(self.folder / f"{service}.db", timeout=10)
        with database:
            database.execute(statement)
        database.close()

    def damage(self):
        """What SQLite itself finds wrong with its files."""
        found = []
        for service in SERVICES:
            said = self.rows(service, "PRAGMA integrity_check")
            found += [f"{service}.db: {line}" for line, in said if line != "ok"]
        return found

    def crash(self, choose):
        raise NotImplementedError("SQLite is part of the shop's own process")

    def start(self):
        """Nothing runs beside the shop: there is nothing to start or to end."""

    halt = stop = start


class Postgres:
    """A PostgreSQL cluster of its own below `folder`, and a database for the shop in it."""

    def __init__(self, folder, syncs=False, **environment):
        """`syncs`: waits for the disk. The operating system outlives every kill, so that fsync would
        show nothing there. `environment`: more of it for the server."""
        self.folder = folder / "postgres"
        self.options = ["-c", "fsync=" + ("on" if syncs else "off")]
        self.environment = environment
        self.flags = ["--data", str(folder / "projections"),
                      "--database", f"postgresql:///postgres?user=kontor&host={self.folder}"]
        self.folder.mkdir(parents=True)
        # PostgreSQL refuses to be run by root.
        self.user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        folder.chmod(0o755)
        if os.geteuid() == 0:
            os.chown(self.folder, pwd.getpwnam(self.user).pw_uid, -1)
        self.log = open(folder / "postgres.log", "ab")
        done = self._run("initdb", "--no-sync", "--auth=trust", "--encoding=UTF8",
                         "--locale=C.UTF-8", "-U", "kontor", "-D", self.folder / "db").wait()
        if done:
            raise Broken("initdb failed: is postgresql-15 installed?")
        self.server = None
        self.start()

    def _run(self, program, *arguments, output=None, **environment):
        become = (["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
                  if os.geteuid() == 0 else [])
        return subprocess.Popen([*become, POSTGRES_PROGRAMS / program, *arguments], cwd="/",
                                stdout=output or self.log, stderr=self.log, text=True,
                                env={**os.environ, **environment})

    def launch(self):
        self.server = self._run(
            "postgres", "-D", self.folder / "db", "-k", self.folder, "-c", "listen_addresses=",
            "-c", "max_connections=300", "-c", "shared_buffers=32MB", *self.options,
            **self.environment)

    def start(self):
        """Returns once it answers. The processes of a postmaster that was killed may take a moment
        to notice, and until then a new one refuses to begin: so again and again."""
        for _ in range(200):
            self.launch()
            if self._await_answer():
                return
            time.sleep(0.05)
        raise Broken(f"PostgreSQL does not start: see {self.log.name}")

    def _await_answer(self):
        """Whether it answers before it ends, or within half a minute."""
        for _ in range(500):
            if self.server.poll() is not None:
                return False
            if not self._run("pg_isready", "-q", "-h", self.folder, "-U", "kontor").wait():
                return True
            time.sleep(0.05)
        return False

    def _psql(self, service, text):
        asked = self._run("psql", "-h", self.folder, "-U", "kontor", "-XAtqF", "\x1f", "-R", "\x1e",
                          "-v", "ON_ERROR_STOP=1", "-c", f"SET search_path = {service}", "-c", text,
                          "postgres", output=subprocess.PIPE)
        output, _ = asked.communicate()
        if asked.returncode:
            raise Broken(f"psql refused: {text}: see {self.log.name}")
        return output

    def rows(self, service, query):
        output = self._psql(service, query).rstrip("\n")
        return [tuple(int(value) if value.lstrip("-").isdigit() else value
                      for value in row.split("\x1f"))
                for row in output.split("\x1e") if row]

    change = _psql

    def damage(self):
        return []

    def crash(self, choose):
        """Kills the server as a whole and starts it again, or one of those that serve it: then it
        ends all of them and recovers by itself. Answers which."""
        serving = {pid for pid in _children(self.server.pid) if b"postgres: kontor" in _title(pid)}
        if serving and choose.random() < 0.5:
            os.kill(choose.choice(sorted(serving)), signal.SIGKILL)
            while serving & set(_children(self.server.pid)):
                time.sleep(0.01)
            self._await_answer()
            return "backend"
        self.server.kill()
        self.server.wait()
        self.start()
        return "postmaster"

    def stall(self):
        """Stops all of its processes, as a hung disk or host would."""
        self._signal_all(signal.SIGSTOP)

    def resume(self):
        self._signal_all(signal.SIGCONT)

    def _signal_all(self, number):
        for pid in [self.server.pid, *_children(self.server.pid)]:
            try:
                os.kill(pid, number)
            except ProcessLookupError:
                pass  # One that served a connection has ended.

    def halt(self):
        """Ends it in peace, until the next `start`."""
        self.server.send_signal(signal.SIGINT)
        self.server.wait()

    def stop(self):
        if self.server.poll() is None:
            self.resume()
            self.server.send_signal(signal.SIGQUIT)
            self.server.wait()
        self.log.close()


def _children(pid):
    return [int(child) for child in
            pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _title(pid):
    try:
        return pathlib.Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def free_port():
    """Below those the system gives to clients: one that connects to the killed server's port could
    be given that very port, and would hold it."""
    for port in random.sample(range(10_000, 32_768), 100):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue
    raise Broken("no free port")


class Server:
    """What answers for the shop until it is killed, always at the same address."""

    def __init__(self, folder):
        self.port = free_port()
        self.log = open(folder / "shop.log", "ab")
        self.process = None
        self.began = 0.0

    def first_answer(self, path="/shop/de/products?limit=1", patience=60):
        """Seconds from its start until `path` is answered with 200."""
        while time.monotonic() < self.began + patience:
            if self.process.poll() is not None:
                raise Broken(f"the shop ended by itself: {self.last_log()}")
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=patience)
                connection.request("GET", path)
                status = connection.getresponse().status
                connection.close()
                if status == 200:
                    return time.monotonic() - self.began
            except (OSError, http.client.HTTPException):
                pass
            time.sleep(0.002)
        raise Broken(f"the shop does not answer {path} within {patience} s: {self.last_log()}")

    def kill(self):
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def last_log(self):
        self.log.flush()
        return pathlib.Path(self.log.name).read_text(errors="replace")[-2000:]


class Shop(Server):
    """`kontor serve` on a storage."""

    def __init__(self, kontor, storage, folder, **environment):
        super().__init__(folder)
        self.kontor, self.storage = kontor, storage
        self.environment = {"PATH": "/usr/bin:/bin", "KONTOR_ADMIN_TOKEN": STAFF_TOKEN,
                            "TSAN_OPTIONS": os.environ.get("TSAN_OPTIONS", ""), **environment}

    def verb(self, *words, **more):
        """Begins another verb of the program on the same storage."""
        return subprocess.Popen([self.kontor, *words[:1], *self.storage.flags, *words[1:]],
                                env=self.environment, stdin=subprocess.DEVNULL, **more)

    def run(self, *words):
        """(exit code, output) of another verb."""
        process = self.verb(*words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        output, _ = process.communicate()
        return process.returncode, output

    def start(self):
        self.began = time.monotonic()
        self.process = self.verb("serve", "--listen", f"127.0.0.1:{self.port}",
                                 stdout=self.log, stderr=self.log)

    def stop(self):
        """Ends it in peace."""
        self.process.send_signal(signal.SIGTERM)
        if self.process.wait(60):
            raise Broken(f"SIGTERM did not end the shop well: {self.last_log()}")
