"""Starts and ends what is measured: the shop, nginx beside it, and the load on them."""
import contextlib
import http.client
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import time
import urllib.parse

from bench.shop.report import say

HERE = pathlib.Path(__file__).resolve().parent
TOKEN = "bench-" + os.urandom(16).hex()


class Broken(Exception):
    """Something did not work, as opposed to being slow."""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def build_program(root, name):
    build = root / "build/release"
    if not (build / "build.ninja").exists():
        subprocess.run(["cmake", "--preset", "release"], cwd=root, check=True,
                       stdout=subprocess.DEVNULL)
    if subprocess.run(["ninja", "-C", build, name], stdout=subprocess.DEVNULL,
                      check=False).returncode:
        raise Broken(f"a program does not build: ninja -C build/release {name}")
    return build / "bench" / name


def stop(process, patience=15):
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


class Api:
    """Asks the shop, on one connection."""

    def __init__(self, port):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def bytes(self, path, method="GET", body=None, staff=False):
        headers = {"Authorization": f"Bearer {TOKEN}"} if staff else {}
        if body is not None:
            headers["Content-Type"] = "application/json"
            body = json.dumps(body)
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        content = answer.read()
        if answer.status >= 300:
            raise Broken(f"{method} {path} answered {answer.status}: {content[:300]!r}")
        return content

    def json(self, path, **more):
        return json.loads(self.bytes(path, **more))

    def products(self):
        """Every product of the market, as lists show it."""
        cursor, found = "", []
        while cursor is not None:
            page = self.json("/shop/de/products?sort=name&limit=100" +
                             (f"&cursor={urllib.parse.quote(cursor)}" if cursor else ""))
            found += page["items"]
            cursor = page.get("next") or None
        return found


class Site:
    """The shop that is measured: its program, its seeded data, and where the load goes. Its records
    are in SQLite, or in PostgreSQL where a `cluster` is given (see bench/shop/postgres.py)."""

    def __init__(self, binary, folder, products, seconds, rounds):
        self.binary, self.folder, self.products = binary, folder, products
        self.seconds, self.rounds = seconds, rounds
        self.load_program = self.feed_program = self.stock_program = None
        cores = sorted(os.sched_getaffinity(0))
        self.server_core, self.load_core = cores[0], cores[-1]
        self.seeded = folder / "shop" / str(products)

    def forget(self):
        """Has every shop seeded anew."""
        shutil.rmtree(self.seeded.parent, ignore_errors=True)

    def seed(self, cluster=None):
        """Makes the shop where it is missing; kept between runs. Answers its folder."""
        folder = self.seeded.with_name(f"{self.seeded.name}-postgres") if cluster else self.seeded
        part = folder.with_name(folder.name + ".part")
        flags = ["--data", part, "--products", str(self.products)]
        name = f"shop_{self.products}"
        if folder.exists() and (not cluster or cluster.has(name)):
            return folder
        if cluster:
            shutil.rmtree(folder, ignore_errors=True)
            if not (part.exists() and cluster.has(name)):
                shutil.rmtree(part, ignore_errors=True)
                cluster.fresh(name)
            flags += ["--database", cluster.url(name)]
        part.mkdir(parents=True, exist_ok=True)
        say(f"seeding {self.products} products into {folder}, kept for the next time")
        if subprocess.run([self.binary, "seed", *flags], check=False).returncode:
            raise Broken("the seed failed, see above; run again: it goes on where it stopped")
        part.rename(folder)
        return folder

    def launch(self, data, port, core=None, **settings):
        pin = ["taskset", "-c", str(core)] if core is not None else []
        environment = dict(os.environ, KONTOR_ADMIN_TOKEN=TOKEN, **settings)
        with open(self.folder / "shop.log", "ab") as log:
            return subprocess.Popen(
                [*pin, self.binary, "serve", "--data", data, "--listen", f"127.0.0.1:{port}"],
                stdout=log, stderr=log, env=environment)

    @contextlib.contextmanager
    def shop(self, core=None, changing=False, cluster=None, **settings):
        """The port of a running shop, on all cores or pinned to one; a copy if it is changed.
        `settings`: variables, as KONTOR_CARTS_LINES_MAX."""
        data, port = self.seed(cluster), free_port()
        if changing:
            copy = self.folder / "copy"
            shutil.rmtree(copy, ignore_errors=True)
            data = shutil.copytree(data, copy)
        if cluster:
            settings["KONTOR_SERVE_DATABASE"] = cluster.fresh("copy", f"shop_{self.products}")
        process = self.launch(data, port, core, **settings)
        try:
            self.await_answer(port, process)
            yield port
            if process.poll() is not None:
                raise Broken(f"the shop ended by itself ({process.returncode}): see "
                             f"{self.folder}/shop.log")
        finally:
            stop(process)
            if changing:
                shutil.rmtree(data, ignore_errors=True)
            if cluster:
                cluster.drop("copy")

    def await_answer(self, port, process, path="/shop/de/products?limit=1", patience=60):
        """Seconds from now to the first 200."""
        began = time.monotonic()
        while time.monotonic() < began + patience:
            if process.poll() is not None:
                raise Broken(f"the shop did not start: see {self.folder}/shop.log")
            with contextlib.suppress(OSError, http.client.HTTPException, Broken):
                api = Api(port)
                api.bytes(path)
                return time.monotonic() - began
            time.sleep(0.0005)
        raise Broken(f"the shop did not answer within {patience} s")

    @contextlib.contextmanager
    def nginx(self, root):
        """The port of an nginx pinned like the shop, that serves the files under `root`."""
        folder, port = self.folder / "nginx", free_port()
        folder.mkdir(parents=True, exist_ok=True)
        text = (HERE.parent / "nginx.conf").read_text(encoding="utf-8")
        for name, value in (("FOLDER", folder), ("ROOT", root), ("PORT", port)):
            text = text.replace(name, str(value))
        user = "user root;\n" if os.geteuid() == 0 else ""
        (folder / "nginx.conf").write_text(user + text, encoding="utf-8")
        program = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")
        process = subprocess.Popen(["taskset", "-c", str(self.server_core), program,
                                    "-e", folder / "nginx.log", "-c", folder / "nginx.conf"])
        try:
            for _ in range(200):
                with contextlib.suppress(OSError):
                    socket.create_connection(("127.0.0.1", port), 1).close()
                    break
                time.sleep(0.02)
            else:
                raise Broken(f"nginx does not listen: see {folder}/nginx.log")
            yield port
        finally:
            stop(process)

    def wrk(self, port, paths, seed, seconds=None):
        """Load of 64 connections on random `paths` (a file), pinned to a core of its own."""
        said = self.script("random_paths.lua", port, 64, [paths, str(seed)],
                           seconds or self.seconds, ["taskset", "-c", str(self.load_core)])
        if said["refused"] or said["broken"]:
            raise Broken(f"of {said['requests']} requests {said['refused']} were refused and "
                         f"{said['broken']} broke")
        return said

    def script(self, name, port, clients, arguments, seconds, pin=()):
        """What a script of wrk's measured: rate per second of what was not refused, times in ms."""
        ran = subprocess.run(
            [*pin, "wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "--timeout", "10s", "-s",
             HERE / name, f"http://127.0.0.1:{port}", "--", *arguments],
            capture_output=True, text=True, check=False, timeout=seconds + 60)
        lines = [line for line in ran.stdout.splitlines() if line.startswith("RESULT ")]
        if ran.returncode or not lines:
            raise Broken("wrk failed: " + (ran.stderr or ran.stdout)[-500:])
        said = json.loads(lines[0].removeprefix("RESULT "))
        if not said["requests"]:
            raise Broken("nothing was answered")
        return {"rate": (said["requests"] - said["refused"]) * 1e6 / said["microseconds"],
                "p50": said["p50"] / 1000, "p99": said["p99"] / 1000,
                "bytes": said["bytes"] / said["requests"], "requests": said["requests"],
                "refused": said["refused"], "broken": said["broken"]}
