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

import hashlib
import json
import os
import pathlib
import random
import shutil
import statistics
import sys
import tempfile
import time
import urllib.parse

from processes import Broken, Postgres, Shop, Sqlite
from records import faults_in
from rig import conclude, stocked_up
from shoppers import Api, Buyer, CartEditor, Importer

EDITORS = BUYERS = 4
LONGEST_LIFE_S = 1.5
# Few changes are merged into the index after 10 s, and after 20 times what the merge before took.
MERGED_AFTER_S = 45


class Run:
    """One shop with its users."""

    def __init__(self, kontor, engine, folder, seed):
        self.choose, self.folder = random.Random(seed), folder
        self.storage = (Sqlite if engine == "sqlite" else Postgres)(folder)
        self.projections = pathlib.Path(self.storage.flags[1])
        self.shop = Shop(kontor, self.storage, folder)
        self.restarts, self.deaths, self.shoppers = [], {}, []
        self.importer = None

    def open(self):
        self.seed()
        self.shop.start()
        self.shop.first_answer("/readyz")
        api = Api(self.shop.port)
        skus, location, category = stocked_up(api, self.choose)
        for kind, count in ((CartEditor, EDITORS), (Buyer, BUYERS)):
            self.shoppers += [kind(self.shop.port, random.Random(self.choose.random()), skus)
                              for _ in range(count)]
        self.importer = Importer(self.shop, self.folder, location, category)

    def seed(self):
        """The very first start is killed too, while it makes its tables or after, and repeated."""
        words = ("seed", "--products", "100", "--stores", "4", "--markets", "2",
                 "--stock-per-product", "5")
        first = self.shop.verb(*words, stdout=self.shop.log, stderr=self.shop.log)
        time.sleep(self.choose.uniform(0, 0.8))
        first.kill()
        first.wait()
        status, said = self.shop.run(*words)
        if status:
            raise Broken(f"seed: {said}")

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
        open_orders = "SELECT COUNT(*) FROM carts WHERE status = 'ordered'"
        bought = sum(len(one.bought) for one in self.shoppers if isinstance(one, Buyer))
        for _ in range(1000):
            if self.storage.rows("carts", open_orders) == [(bought,)]:
                break
            time.sleep(0.02)

    def broken(self):
        return [fault for one in self.everybody() for fault in one.broken]

    def orders(self):
        return [bought["order"] for one in self.shoppers if isinstance(one, Buyer)
                for bought in one.bought]


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
    shown = everything_shown(port)
    for _ in range(MERGED_AFTER_S):
        if shown == hoped:
            break
        time.sleep(1)
        shown = everything_shown(port)
    return shown


def deleted_projections_come_back_the_same(run):
    """What differs after a start without any projection."""
    projections = run.projections / "discovery"
    kept = run.projections / "discovery.kept"
    run.shop.start()
    run.shop.first_answer("/readyz")
    await_merge(projections / "index/index")
    before = everything_shown(run.shop.port)
    run.shop.stop()
    projections.rename(kept)
    after = shown_after_start(run, before)
    if after != before:  # Perhaps not all had been merged: the old ones get time to become the same.
        shutil.rmtree(projections)
        kept.rename(projections)
        before = shown_after_start(run, after)
    differing = [path for path in before.keys() | after.keys()
                 if before.get(path) != after.get(path)]
    print(f"{len(before)} addresses before and after the projections were deleted, "
          f"{len(differing)} differ: all before {hash_of(before)}, all after {hash_of(after)}")
    return [f"{path}: {before.get(path)}, rebuilt {after.get(path)}" for path in differing]


def shown_after_start(run, hoped):
    run.shop.start()
    run.shop.first_answer("/readyz")
    shown = shown_in_the_end(run.shop.port, hoped)
    run.shop.stop()
    return shown


def seeded_faults_go_unseen(run):
    """Shows that all this looking can fail: what is done here to the records must be found."""
    unseen = []
    for service, change in (("inventory", """UPDATE stock SET reserved = reserved + 1
                                              WHERE id = (SELECT MIN(id) FROM stock)"""),
                            ("payments", "DELETE FROM payments"),
                            ("orders", "DELETE FROM orders")):
        before = len(faults_in(run.storage, run.orders()))
        run.storage.change(service, change)
        if len(faults_in(run.storage, run.orders())) <= before:
            unseen.append(f"nobody noticed: {change}")
    run.storage.change("carts", "UPDATE cart_lines SET quantity = quantity + 1000")
    run.shop.start()
    run.shop.first_answer()
    for editor in run.shoppers[:EDITORS]:
        editor.api = Api(run.shop.port)
        editor.settle()
        if not editor.broken:
            unseen.append("a shopper did not notice that all quantities in the carts changed")
    run.shop.stop()
    return unseen


def a_second_user_is_refused(run):
    """Who would change the projections beside the shop is told who has them."""
    accepted = []
    for words in (("verify",), ("seed", "--products", "1"), ("serve", "--listen", "127.0.0.1:0")):
        status, said = run.shop.run(*words)
        if status != 1 or f"is in use by kontor serve (process {run.shop.process.pid})" not in said:
            accepted.append(f"kontor {words[0]} beside the shop answers {status}: {said}")
    return accepted


def verified(run):
    status, said = run.shop.run("verify", "--rebuild")
    print(said.rstrip())
    return [f"kontor verify answers {status}"] if status else []


def tell(run, slowest):
    carts = [one for one in run.shoppers if isinstance(one, CartEditor)]
    buyers = [one for one in run.shoppers if isinstance(one, Buyer)]
    print(f"killed: {run.deaths}, {run.importer.killed} of {run.importer.imports} imports")
    print(f"{sum(one.promises for one in carts)} cart edits and {len(run.orders())} orders were "
          f"acknowledged, {sum(one.unknown for one in run.shoppers)} got no answer, "
          f"{sum(one.refused for one in buyers)} orders were refused")
    times = run.restarts
    print(f"restart to first answer: p50 {1000 * statistics.median(times):.0f} ms, "
          f"max {1000 * max(times):.0f} ms, allowed {1000 * slowest:.0f} ms")


def main():
    kontor = pathlib.Path(os.environ.get("KONTOR_BINARY", sys.argv[1])).resolve()
    engine, kills = sys.argv[2], int((sys.argv + ["6"])[3])
    seed = int(os.environ.get("KONTOR_FAULT_SEED", random.randrange(1 << 32)))
    slowest = float(os.environ.get("KONTOR_FAULT_RESTART_S", "2"))
    print(f"KONTOR_FAULT_SEED={seed}, {kills} kills on {engine}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        run = Run(kontor, engine, pathlib.Path(folder), seed)
        try:
            run.open()
            run.kill_often(kills)
            run.settle()
            tell(run, slowest)
            faults = a_second_user_is_refused(run)
            run.shop.stop()
            faults += run.broken() + faults_in(run.storage, run.orders()) + verified(run)
            faults += [f"a restart took {took:.2f} s" for took in run.restarts if took > slowest]
            faults += deleted_projections_come_back_the_same(run)
            faults += seeded_faults_go_unseen(run)
        finally:
            run.shop.kill()
            run.storage.stop()
    conclude(faults)


main()
