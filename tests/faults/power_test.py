#!/usr/bin/env python3
"""Takes the power from the computer that the shop runs on, at random moments while it is used, and
looks whether every promise was kept.

Usage: power_test.py KONTOR sqlite|postgres [ROUNDS [--unsafe|--unflushed]]

The shop, and PostgreSQL, run in a QEMU guest with its own kernel, whose memory is lost when QEMU
ends by SIGKILL; its data is on a disk that loses any part of what was not flushed. After each loss
everybody looks up all that was ever acknowledged. At the end the data is taken out of the guest: a
shop on it serves the same, its records are read with SQL, and `kontor verify --rebuild` compares.

Two ways to show that this finds what is lost, and which succeed when it does:

    --unsafe     nothing is synced: fsync = off of PostgreSQL, a fsync that does nothing for SQLite
    --unflushed  files are synced, but the file system never tells the disk to flush

    KONTOR_FAULT_SEED        repeats the choices of a run (not the machine's timing)
    KONTOR_GUEST_KERNEL      the folder of an unpacked linux-image package: build/guest-kernel
    KONTOR_TROUBLES_LIBRARY  makes the fsync that does nothing (troubles.cpp)
"""

import random
import sys
import time

from guest import Guest
from processes import Broken
from records import faults_in
from rig import Rig, await_follow_ups, orders_of, run, stocked_up
from shoppers import Api, Buyer, CartEditor, Unknown

EDITORS = BUYERS = 2
LONGEST_LIFE_S = 10
SETTLE_ATTEMPTS_MAX = 10
MUTATION = sys.argv[4] if len(sys.argv) > 4 else None
MUTATIONS = {None: {"FSYNC": "on", "BARRIER": 1}, "--unsafe": {"FSYNC": "off", "BARRIER": 1},
             "--unflushed": {"FSYNC": "on", "BARRIER": 0}}
PARTS = {"sqlite": ["data"], "postgres": ["postgres", "projections"]}


class PowerRig(Rig):
    """A shop in a guest, and everybody who ever used it."""

    def __init__(self, kontor, engine, folder, seed):
        super().__init__(kontor, engine, folder, seed)
        self.guest = Guest(engine, random.Random(seed), **MUTATIONS[MUTATION])
        self.skus, self.shoppers, self.boots = [], [], []

    def open(self):
        self.seed()
        self.storage.halt()
        self.guest.make_disks(self.shop.kontor, self.folder)
        self.boot()
        self.skus, _, _ = stocked_up(Api(self.guest.port), self.choose)

    def close(self):
        self.guest.remove()
        super().close()

    def boot(self):
        self.guest.start()
        self.boots.append(self.guest.first_answer())

    def lose_power(self):
        """While it is used by newcomers, and sometimes again while it starts."""
        users = [kind(self.guest.port, random.Random(self.choose.random()), self.skus)
                 for kind, count in ((CartEditor, EDITORS), (Buyer, BUYERS)) for _ in range(count)]
        for user in users:
            user.start()
        time.sleep(self.choose.uniform(1, LONGEST_LIFE_S))
        self.guest.power_off()
        for user in users:
            user.stopping.set()
        for user in users:
            user.join(60)
        self.shoppers += users
        if self.choose.random() < 0.2:
            self.guest.start()
            time.sleep(self.choose.uniform(0, max(self.boots)))
            self.guest.power_off()

    def unkept(self):
        """What is not as it was acknowledged."""
        faults = []
        for one in self.shoppers:
            faults += faults_of(lambda one=one: settle_patiently(one)) + one.broken
        return faults

    def bring_back(self):
        """The data, as a last loss of power leaves it, from the guest to a shop outside."""
        self.guest.power_off()
        self.guest.bring_back(self.folder, PARTS[self.engine])
        self.storage.start()
        self.shop.port = self.guest.port
        self.shop.start()
        self.shop.first_answer("/readyz")


def faults_of(look):
    """What `look()` finds; that it cannot be done is a fault as well."""
    try:
        return look() or []
    except (Broken, Unknown, AssertionError) as failure:
        return [f"{type(failure).__name__}: {failure}"]


def settle_patiently(shopper):
    """Emulated on a busy machine, the shop may miss the deadline of a request."""
    for attempt in range(1, SETTLE_ATTEMPTS_MAX + 1):
        shopper.api.connection = None  # Perhaps of a guest that has ended.
        try:
            return shopper.settle()
        except Unknown:
            if attempt == SETTLE_ATTEMPTS_MAX:
                raise
            time.sleep(1)


def power_lost_once(rig):
    rig.lose_power()
    rig.boot()
    return rig.unkept()


def looked_at_outside(rig):
    rig.bring_back()
    faults, orders = rig.unkept(), orders_of(rig.shoppers)
    await_follow_ups(rig.storage, orders)
    rig.shop.stop()
    status, said = rig.shop.run("verify", "--rebuild")
    print(said.rstrip())
    return (faults + faults_in(rig.storage, orders)
            + ([f"kontor verify answers {status}"] if status else []))


def power_lost_often(rig, rounds):
    """Faults until after the first round with any."""
    faults, done = [], 0
    while done < rounds and not faults:
        faults, done = faults_of(lambda: power_lost_once(rig)), done + 1
    faults = faults or faults_of(lambda: looked_at_outside(rig))
    print(f"{done} rounds, {rig.guest.disk.forgotten} sectors were written and lost: "
          f"{sum(one.promises for one in rig.shoppers)} promises, "
          f"{len(orders_of(rig.shoppers))} of them orders; "
          f"{sum(one.unknown for one in rig.shoppers)} answers got lost; "
          f"ready {max(rig.boots):.0f} s after the power at most")
    return faults


def work(rig, rounds):
    faults = power_lost_often(rig, rounds)
    if MUTATION is None:
        return faults
    for fault in faults[:5]:
        print(f"noticed: {fault}")
    return [] if faults else [f"nobody noticed {MUTATION}"]


run(work, 10, rig=PowerRig)
