#!/usr/bin/env python3
"""A disk that fails, a clock that jumps and a database that hangs, one after the other, while the
shop is used: changes are refused clearly, reads go on, nothing is lost or damaged, and once the
trouble is over the shop works again without a restart.

Usage: trouble_test.py KONTOR sqlite|postgres [SECONDS]

Each trouble lasts that many seconds. KONTOR_TROUBLES_LIBRARY names the library that makes them
(troubles.cpp): on SQLite the disk below the shop fails, on PostgreSQL that below the server, which
then ends by itself and is launched again and again, as systemd does.
"""

import http.client
import json
import mmap
import os
import random
import struct
import threading
import time

from processes import Postgres
from records import faults_in
from rig import Rig, await_follow_ups, orders_of, run, stocked_up
from shoppers import Api, Buyer, CartEditor

EDITORS = BUYERS = 2
HOUR_S = 3600
# How long a change may wait for its refusal: its deadline is 5 s.
REFUSED_WITHIN_S = 8
WORKS_AGAIN_WITHIN_S = 10
READS = ("/shop/de/products?limit=5", "/shop/de/products?q=kabel", "/shop/de/categories")
# What may be said of a change that is not done. All but the last: it was not done.
REFUSALS = {(503, "unavailable"), (504, "deadline_exceeded"), (503, "outcome_unknown")}


class Switches:
    """What the library does to a process: see Troubles in troubles.cpp."""

    DISK = {"well": 0, "full": 1, "read only": 2, "no sync": 3}

    def __init__(self, name, folder):
        """`name`: of the file that they are in. `folder`: whose disk it is."""
        name.write_bytes(bytes(16))
        name.chmod(0o666)
        with open(name, "r+b") as file:
            self.memory = mmap.mmap(file.fileno(), 16)
        self.environment = {"TROUBLES_FILE": str(name), "TROUBLES_FOLDER": str(folder),
                            "LD_PRELOAD": os.environ["KONTOR_TROUBLES_LIBRARY"]}

    def set(self, disk="well", clock_s=0):
        self.memory[:] = struct.pack("<qq", self.DISK[disk], clock_s)


class TroubleRig(Rig):
    """A shop, and a database of its own, that can be brought into trouble."""

    def __init__(self, kontor, engine, folder, seed):
        self.shop_switches = Switches(folder / "shop-troubles", folder / "data")
        self.disk_switches = self.shop_switches
        super().__init__(kontor, engine, folder, seed, **self.shop_switches.environment)

    def postgres(self, folder):
        self.disk_switches = Switches(folder / "database-troubles", folder / "postgres" / "db")
        return Postgres(folder, syncs=True, **self.disk_switches.environment)


class Supervisor(threading.Thread):
    """Launches PostgreSQL whenever it has ended."""

    def __init__(self, storage):
        super().__init__()
        self.storage, self.over, self.launches = storage, threading.Event(), 0

    def run(self):
        while not self.over.wait(0.1):
            if self.storage.server.poll() is not None:
                self.storage.launch()
                self.launches += 1


class Attempt:
    """What came of asking for one new cart."""

    def __init__(self, port):
        began = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("POST", "/shop/de/carts", '{"lines":[]}',
                           {"Content-Type": "application/json"})
        answer = connection.getresponse()
        self.status, self.type = answer.status, answer.getheader("Content-Type")
        self.body = answer.read()
        self.took = time.monotonic() - began

    @property
    def done(self):
        return self.status == 201

    def faults_of_refusal(self):
        """What is not clear about it."""
        if self.done:
            return ["a cart was made"]
        problem = json.loads(self.body)
        said = (self.status, problem.get("code"))
        faults = []
        if said not in REFUSALS or self.type != "application/problem+json":
            faults.append(f"it was answered with {said}, {self.type}: {self.body!r}")
        if len(problem.get("detail", "")) < 20:
            faults.append(f"what to do is not said: {self.body!r}")
        if self.took > REFUSED_WITHIN_S:
            faults.append(f"it was refused after {self.took:.1f} s only")
        return faults


def reads_go_on(port):
    faults = []
    for path in READS:
        began = time.monotonic()
        status, content = Api(port).ask("GET", path)
        took = time.monotonic() - began
        if status != 200 or took > 2:
            faults.append(f"GET {path}: {status} after {took:.1f} s: {content[:200]!r}")
    return faults


def refused_for(port, seconds):
    """Faults of a time in which no change can be made: each is refused, and reads go on."""
    faults, refused, until = [], 0, time.monotonic() + seconds
    while time.monotonic() < until and len(faults) < 5:
        attempt = Attempt(port)
        faults += attempt.faults_of_refusal()
        refused += not attempt.done
        faults += reads_go_on(port)
        time.sleep(0.1)
    return faults + ([] if refused else ["no change was refused"])


def works_for(port, seconds):
    """Faults of a time in which changes go on as always."""
    faults, until = [], time.monotonic() + seconds
    while time.monotonic() < until and len(faults) < 5:
        attempt = Attempt(port)
        if not attempt.done:
            faults.append(f"a cart was refused: {attempt.status} {attempt.body!r}")
        faults += reads_go_on(port)
        time.sleep(0.1)
    return faults


def works_again(port):
    until = time.monotonic() + WORKS_AGAIN_WITHIN_S
    while time.monotonic() < until:
        if Attempt(port).done:
            return []
        time.sleep(0.05)
    return [f"it does not work again after {WORKS_AGAIN_WITHIN_S} s: {Attempt(port).body!r}"]


def failing_disks(rig, seconds):
    for disk in ("full", "read only", "no sync"):
        rig.disk_switches.set(disk=disk)
        yield f"disk {disk}", refused_for(rig.shop.port, seconds)
        rig.disk_switches.set()
        yield f"after disk {disk}", works_again(rig.shop.port)


def failing_database(rig, seconds):
    supervisor = Supervisor(rig.storage)
    supervisor.start()
    try:
        yield from failing_disks(rig, seconds)
    finally:
        supervisor.over.set()
        supervisor.join()
    yield f"launched PostgreSQL {supervisor.launches} times", []


def hanging_database(rig, seconds):
    rig.storage.stall()
    time.sleep(0.2)
    faults = refused_for(rig.shop.port, seconds)
    rig.storage.resume()
    yield "the database hangs", faults
    yield "after the database hung", works_again(rig.shop.port)


def jumping_clock(rig, seconds):
    for offset in (HOUR_S, -HOUR_S, 0):
        rig.shop_switches.set(clock_s=offset)
        yield f"the clock is off by {offset} s", works_for(rig.shop.port, seconds)


def troubles(rig, seconds):
    if rig.engine == "sqlite":
        yield from failing_disks(rig, seconds)
    else:
        yield from failing_database(rig, seconds)
        yield from hanging_database(rig, seconds)
    yield from jumping_clock(rig, seconds)


def shoppers_of(rig):
    skus, _, _ = stocked_up(Api(rig.shop.port), rig.choose)
    return [kind(rig.shop.port, random.Random(rig.choose.random()), skus)
            for kind, count in ((CartEditor, EDITORS), (Buyer, BUYERS)) for _ in range(count)]


def settle(rig, shoppers):
    for shopper in shoppers:
        shopper.stopping.set()
    for shopper in shoppers:
        shopper.join(60)
        shopper.settle()
    orders = orders_of(shoppers)
    await_follow_ups(rig.storage, orders)
    return orders


def work(rig, seconds):
    shoppers = shoppers_of(rig)
    for shopper in shoppers:
        shopper.start()
    faults = works_for(rig.shop.port, 0.5)
    if not refused_for(rig.shop.port, 0.1):
        faults.append("nobody noticed that changes are made which should have been refused")
    for what, found in troubles(rig, seconds):
        print(f"{what}: {len(found)} faults", flush=True)
        faults += [f"{what}: {fault}" for fault in found]
    orders = settle(rig, shoppers)
    print(f"{len(orders)} orders and {sum(one.promises for one in shoppers)} promises; "
          f"{sum(one.unknown for one in shoppers)} answers got lost")
    rig.shop.stop()
    faults += [fault for shopper in shoppers for fault in shopper.broken]
    faults += faults_in(rig.storage, orders)
    status, said = rig.shop.run("verify", "--rebuild")
    return faults + ([f"kontor verify answers {status}: {said}"] if status else [])


run(work, count=1, rig=TroubleRig)
