#!/usr/bin/env python3
"""Orders of another system, imported, returned and paid back at random: the sums of the ledger are
right to the cent, by an own reckoning.

Usage: baskets_test.py KONTOR sqlite|postgres [RETURNS]

KONTOR_BASKETS names a file in the format of docs/imports/completejourney.toml; without it one is made
up.
"""

import concurrent.futures
import csv
import decimal
import json
import os
import pathlib
import random
import time
import uuid

from processes import STAFF_TOKEN, Broken
from rig import run
from shoppers import Api

MAPPING = pathlib.Path(__file__).parents[2] / "docs/imports/completejourney.toml"
COLUMNS = ("basket_id", "transaction_timestamp", "product_id", "quantity", "sales_value")
AT_ONCE = 8
PATIENCE_S = 120


def made_up(file, choose):
    """300 baskets of one to five products, their rows shuffled; some rows are no sale."""
    rows = [{"basket_id": basket, "transaction_timestamp": "2017-02-28 22:31:57",
             "product_id": f"p{product}", "quantity": choose.choice((0, 1, 1, 2, 3)),
             "sales_value": f"{choose.randint(0, 5000) / 100:.2f}"}
            for basket in range(1000, 1300)
            for product in choose.sample(range(100), choose.randint(1, 5))]
    choose.shuffle(rows)
    with open(file, "w", newline="") as out:
        writer = csv.DictWriter(out, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)


def cents(text):
    """An amount as money has it, or nothing."""
    try:
        value = decimal.Decimal(text) * 100
    except decimal.InvalidOperation:
        return None
    return int(value) if value == int(value) else None


def baskets_in(file):
    """What each basket that can be an order cost, in cents."""
    baskets, spoilt = {}, set()
    with open(file, newline="") as rows:
        for row in csv.DictReader(rows):
            value = cents(row["sales_value"])
            if value is None or decimal.Decimal(row["quantity"]) <= 0:
                spoilt.add(row["basket_id"])
            else:
                baskets[row["basket_id"]] = baskets.get(row["basket_id"], 0) + value
    return {name: sum_ for name, sum_ in baskets.items() if name not in spoilt}, len(spoilt)


class Returning:
    """One order of which something comes back."""

    def __init__(self, port, number, seed):
        self.api, self.number, self.choose = Api(port), number, random.Random(seed)
        self.paid_back = 0

    def ask(self, method, path, body=None):
        status, content = self.api.ask(method, path, body, STAFF_TOKEN, str(uuid.uuid4()))
        if status >= 300:
            raise Broken(f"{method} {path}: {status} {content!r}")
        return json.loads(content)

    def run(self):
        order = self.ask("GET", f"/admin/orders?number={self.number}")["items"][0]
        one = f"/admin/orders/{order['id']}"
        line = self.choose.choice(order["lines"])
        back = [{"line": line["id"], "quantity": "1"}]
        announced = self.ask("POST", f"{one}/returns", {"lines": back})["returns"][-1]
        self.ask("POST", f"{one}/returns/{announced['id']}/receipts",
                 {"location": "de-001",
                  "lines": [{**back[0], "condition": self.choose.choice(("resalable", "damaged"))}]})
        worth = cents(line["total"]["amount"])
        if worth < 100 * decimal.Decimal(line["quantity"]):
            return  # a piece may be worth nothing
        refunded = self.ask("POST", f"{one}/refunds", {"return_id": announced["id"]})
        self.paid_back = cents(refunded["refunds"][-1]["amount"]["amount"])


def ledger(port):
    status, content = Api(port).ask("GET", "/admin/payments/ledger", token=STAFF_TOKEN)
    if status != 200:
        raise Broken(f"the ledger: {status}")
    return json.loads(content)


def balances(ledger_now):
    return {one["account"]: cents(one["debit"]["amount"]) - cents(one["credit"]["amount"])
            for one in ledger_now["accounts"]}


def faults_of_ledger(port, sold, paid_back):
    """Waits until it says so; what it says instead."""
    wanted = {"sales": -sold, "refunds": paid_back, "bank": sold, "receivable": 0,
              "repayable": -paid_back, "unmatched": 0}
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        now = ledger(port)
        seen = balances(now)
        if {name: seen.get(name, 0) for name in wanted} == wanted and now["agrees"]:
            return []
        time.sleep(0.2)
    return [f"the ledger says {seen}, and should say {wanted}"]


def work(rig, returns):
    file = pathlib.Path(os.environ.get("KONTOR_BASKETS", rig.folder / "baskets.csv"))
    if not file.exists():
        made_up(file, rig.choose)
    baskets, spoilt = baskets_in(file)
    began = time.monotonic()
    words = ("import", "orders", str(file), "--mapping", str(MAPPING), "--market", "de")
    status, said = rig.shop.run(*words)
    took = time.monotonic() - began
    counts = f"orders {len(baskets) + spoilt} read = {len(baskets)} accepted"
    faults = [] if status == 0 and counts in said else [f"import: {status} {said[-500:]}, {counts}"]
    print(f"{len(baskets)} orders imported and booked in {took:.1f} s, {spoilt} not", flush=True)
    faults += faults_of_ledger(rig.shop.port, sum(baskets.values()), 0)
    chosen = rig.choose.sample(sorted(baskets), min(returns, len(baskets)))
    returning = [Returning(rig.shop.port, number, rig.choose.random()) for number in chosen]
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(Returning.run, returning))
    paid_back = sum(one.paid_back for one in returning)
    print(f"{len(returning)} returns, {paid_back / 100:.2f} paid back", flush=True)
    faults += faults_of_ledger(rig.shop.port, sum(baskets.values()), paid_back)
    status, said = rig.shop.run(*words)
    if f"+ {len(baskets)} unchanged" not in said:
        faults.append(f"imported again: {said[-500:]}")
    return faults


run(work, count=100)
