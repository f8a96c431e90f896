#!/usr/bin/env python3
"""Kills the shop at random moments while it is used, and looks whether every promise was kept.

Usage: kill_test.py KONTOR sqlite|postgres [KILLS]

Shoppers edit carts and place orders, and imports run beside them, while `kontor serve` (and
imports, and on PostgreSQL the database) end by SIGKILL again and again. After each, everybody whose
answer got lost looks what became of it; at the end all that was acknowledged is looked up, the
records are read with SQL, `kontor verify --rebuild` compares the projections, and these are deleted
and made anew.

    KONTOR_FAULT_SEED        repeats the choices of a run (not the machine's timing)
    KONTOR_FAULT_RESTART_S   how long a restart may take until the first answer: 2 where not set
    KONTOR_BINARY            tests this program instead
"""

import contextlib
import hashlib
import json
import os
import pathlib
import random
import shutil
import statistics
import time
import urllib.parse

from processes import Postgres
from records import faults_in
from rig import SEED, Rig, await_follow_ups, orders_of, run, stocked_up
from shoppers import Api, Buyer, CartEditor, Importer

EDITORS = BUYERS = 4
LONGEST_LIFE_S = 1.5
# Few changes are merged into the index after 10 s, and after 20 times what the merge before took:
# on a busy machine, with sanitizers, that can be minutes.
MERGED_AFTER_S, MERGED_AT_LAST_S = 45, 300


class UsedRig(Rig):
    """One shop with its users."""

    def __init__(self, *arguments, **environment):
        super().__init__(*arguments, **environment)
        self.projections = pathlib.Path(self.storage.flags[1])
        self.restarts, self.deaths, self.shoppers = [], {}, []
        self.importer = None

    def open(self):
        super().open()
        api = Api(self.shop.port)
        skus, location, category = stocked_up(api, self.choose)
        for kind, count in ((CartEditor, EDITORS), (Buyer, BUYERS)):
            self.shoppers += [kind(self.shop.port, random.Random(self.choose.random()), skus)
                              for _ in range(count)]
        self.importer = Importer(self.shop, self.folder, location, category)

    def seed(self):
        """The very first start is killed too, while it makes its tables or after, and repeated."""
        first = self.shop.verb(*SEED, stdout=self.shop.log, stderr=self.shop.log)
        time.sleep(self.choose.uniform(0, 0.8))
        first.kill()
        first.wait()
        super().seed()

    def everybody(self):
        return [*self.shoppers, self.importer]

    def kill_often(self, kills):
        for one in self.everybody():
            one.start()
        for number in range(kills):
            time.sleep(self.choose.uniform(0.02, LONGEST_LIFE_S))
            if self.choose.random() < 0.7:
                self.importer.kill()
            if isinstance(self.storage, Postgres) and number % 5 == 4:
                self.crash_records()
            self.kill()
            if self.choose.random() < 0.2:
                self.shop.start()
                time.sleep(self.choose.uniform(0, 0.2))  # while it recovers
                self.kill()
            self.shop.start()
            self.restarts.append(self.shop.first_answer())
        for one in self.everybody():
            one.stopping.set()
        for one in self.everybody():
            one.join(120)

    def kill(self):
        self.shop.kill()
        self.count("serve")

    def crash_records(self):
        """The shop lives on, and must find its way back by itself."""
        self.importer.records_failed += 1
        self.count(self.storage.crash(self.choose))
        self.importer.records_failed += 1
        self.shop.first_answer("/about")
        time.sleep(self.choose.uniform(0.02, LONGEST_LIFE_S))

    def count(self, what):
        self.deaths[what] = self.deaths.get(what, 0) + 1

    def settle(self):
        """Everything unknown becomes known, and all that follows from it is done."""
        self.shop.first_answer("/readyz")
        for one in self.everybody():
            one.settle()
        await_follow_ups(self.storage, self.orders())

    def broken(self):
        return [fault for one in self.everybody() for fault in one.broken]

    def orders(self):
        return orders_of(self.shoppers)


def hash_of(shown):
    return hashlib.sha256(repr(sorted(shown.items())).encode()).hexdigest()


def everything_shown(port):
    """The SHA-256 of what shoppers of every market are shown at many addresses."""
    api, hashes = Api(port), {}

    def look(path):
        status, content = api.ask("GET", path)
        hashes[path] = f"{status} {hashlib.sha256(content).hexdigest()}"
        return json.loads(content) if status == 200 else {}

    for market in look("/about")["markets"]:
        shop = f"/shop/{market['code']}"
        cursor = ""
        while cursor is not None:
            page = look(f"{shop}/products?sort=name&limit=24&facets=brand,price{cursor}")
            for item in page["items"]:
                look(f"{shop}/products/{item['id']}")
            for item in page["items"][::6]:
                look(f"{shop}/products/{item['id']}/availability?near=49.49,8.47")
                look(f"{shop}/products?q={urllib.parse.quote(item['name'])}&limit=5")
            cursor = page.get("next") and "&cursor=" + urllib.parse.quote(page["next"])
        for sort in ("price", "-price", "newest", "relevance"):
            look(f"{shop}/products?sort={sort}&limit=50&in_stock=true&facets=category,voltage")
        look(f"{shop}/categories")
        look(f"{shop}/stores?near=49.49,8.47")
        look(f"{shop}/suggestions?q=ak")
    return hashes


def await_merge(index):
    """Until the index has been merged once more; where nothing is left to merge, until it would."""
    since = time.time()
    while time.time() < since + MERGED_AFTER_S:
        if index.exists() and index.stat().st_mtime > since:
            return
        time.sleep(0.2)


def shown_in_the_end(port, hoped):
    """What is shown once it is as `hoped`, or when the index must have been merged."""
    until = time.time() + MERGED_AT_LAST_S
    while (shown := everything_shown(port)) != hoped and time.time() < until:
        time.sleep(1)
    return shown


@contextlib.contextmanager
def served(rig):
    """The port of the shop, started for this and stopped after it."""
    rig.shop.start()
    rig.shop.first_answer("/readyz")
    yield rig.shop.port
    rig.shop.stop()


def deleted_projections_come_back_the_same(rig):
    """What differs after a start without any projection."""
    projections = rig.projections / "discovery"
    kept = rig.projections / "discovery.kept"
    with served(rig) as port:
        await_merge(projections / "index/index")
        before = everything_shown(port)
    projections.rename(kept)
    with served(rig) as port:
        after = shown_in_the_end(port, before)
    if after != before:  # Perhaps not all had been merged: the old ones get time to become the same.
        shutil.rmtree(projections)
        kept.rename(projections)
        with served(rig) as port:
            before = shown_in_the_end(port, after)
    differing = [path for path in before.keys() | after.keys()
                 if before.get(path) != after.get(path)]
    print(f"{len(before)} addresses before and after the projections were deleted, "
          f"{len(differing)} differ: all before {hash_of(before)}, all after {hash_of(after)}")
    return [f"{path}: {before.get(path)}, rebuilt {after.get(path)}" for path in differing]


def seeded_faults_go_unseen(rig):
    """Shows that all this looking can fail: what is done here to the records must be found."""
    unseen = []
    for service, change in (("inventory", """UPDATE stock SET reserved = reserved + 1
                                              WHERE id = (SELECT MIN(id) FROM stock)"""),
                            ("payments", "DELETE FROM payments"),
                            ("orders", "DELETE FROM orders")):
        before = len(faults_in(rig.storage, rig.orders()))
        rig.storage.change(service, change)
        if len(faults_in(rig.storage, rig.orders())) <= before:
            unseen.append(f"nobody noticed: {change}")
    rig.storage.change("carts", "UPDATE cart_lines SET quantity = quantity + 1000")
    rig.shop.start()
    rig.shop.first_answer()
    for editor in rig.shoppers[:EDITORS]:
        editor.api = Api(rig.shop.port)
        editor.settle()
        if not editor.broken:
            unseen.append("a shopper did not notice that all quantities in the carts changed")
    rig.shop.stop()
    return unseen


def a_second_user_is_refused(rig):
    """Who would change the projections beside the shop is told who has them."""
    accepted = []
    for words in (("verify",), ("seed", "--products", "1"), ("serve", "--listen", "127.0.0.1:0")):
        status, said = rig.shop.run(*words)
        if status != 1 or f"is in use by kontor serve (process {rig.shop.process.pid})" not in said:
            accepted.append(f"kontor {words[0]} beside the shop answers {status}: {said}")
    return accepted


def verified(rig):
    status, said = rig.shop.run("verify", "--rebuild")
    print(said.rstrip())
    return [f"kontor verify answers {status}"] if status else []


def tell(rig, slowest):
    carts = [one for one in rig.shoppers if isinstance(one, CartEditor)]
    buyers = [one for one in rig.shoppers if isinstance(one, Buyer)]
    print(f"killed: {rig.deaths}, {rig.importer.killed} of {rig.importer.imports} imports")
    print(f"{sum(one.promises for one in carts)} cart edits and {len(rig.orders())} orders were "
          f"acknowledged, {sum(one.unknown for one in rig.shoppers)} got no answer, "
          f"{sum(one.refused for one in buyers)} orders were refused")
    times = rig.restarts
    print(f"restart to first answer: p50 {1000 * statistics.median(times):.0f} ms, "
          f"max {1000 * max(times):.0f} ms, allowed {1000 * slowest:.0f} ms")


def killed_often(rig, kills):
    slowest = float(os.environ.get("KONTOR_FAULT_RESTART_S", "2"))
    rig.kill_often(kills)
    rig.settle()
    tell(rig, slowest)
    faults = a_second_user_is_refused(rig)
    rig.shop.stop()
    faults += rig.broken() + faults_in(rig.storage, rig.orders()) + verified(rig)
    faults += [f"a restart took {took:.2f} s" for took in rig.restarts if took > slowest]
    faults += deleted_projections_come_back_the_same(rig)
    return faults + seeded_faults_go_unseen(rig)


run(killed_often, 6, rig=UsedRig)
