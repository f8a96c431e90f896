"""Kontor's payments against a provider that misbehaves in every way it can: each payment ends in a
final state, and what the provider moved agrees with the books to the cent.

    payments_test.py KONTOR [sqlite|postgres] [ORDERS]
"""

import concurrent.futures
import pathlib
import random
import sys
import tempfile
import threading
import time

import luhn
from till import (MISBEHAVIOURS, NOT_NOW, WEBHOOK_SECRET, Refused, Simulator, Till, cents,
                  kill_now_and_then)

from processes import Postgres, Sqlite

PATIENCE_S = 90
SHOPPERS = 8

class Stuck(Exception):
    pass


def euros(cents):
    return {"amount": f"{cents // 100}.{cents % 100:02d}", "currency": "EUR"}


class Order:
    """One order's payment from its opening to its end, and what must come of it."""

    def __init__(self, till, simulator, name, seed):
        self.till, self.simulator, self.name = till, simulator, name
        self.chance = random.Random(seed)
        self.amount = self.chance.randrange(1_000, 100_000)
        self.captured = self.refunded = 0
        self.ends = None  # the statuses that it may end in

    def ask(self, operation, **request):
        """Asks until there is an answer: what is safe to repeat is repeated."""
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            try:
                answer = self.till.call(operation, 1000, order=self.name, **request)
                if self.chance.random() < 0.2:
                    continue  # as if the answer had been lost
                return answer
            except Refused as refusal:
                if refusal.code not in NOT_NOW.get(refusal.status, ()):
                    raise
            except OSError:
                pass
            time.sleep(0.05)
        raise Stuck(f"{self.name}: {operation} is not answered")

    def until(self, what, satisfied):
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            # Now and then the shopper comes back from the provider's page, and asks.
            payment = self.ask("refresh" if self.chance.random() < 0.1 else "payment")
            if satisfied(payment):
                return payment
            time.sleep(0.1)
        raise Stuck(f"{self.name}: {what}: {payment}")

    def open(self):
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            payment = self.ask("open", method="card", amount=euros(self.amount),
                               reference=self.name, return_url="https://shop.example/thanks")
            if "redirect_url" in payment:
                return payment
            time.sleep(0.1)
        raise Stuck(f"{self.name}: nowhere to pay: {payment}")

    def run(self):
        page = self.open()["redirect_url"]
        way = self.chance.random()
        if way < 0.1:  # the shopper never pays
            self.ask("cancel")
            self.ends = {"cancelled"}
        elif way < 0.25:  # the bank says no
            self.simulator.visit(page, pays=False)
            self.until("was declined", lambda payment: payment["status"] == "failed")
            self.ends = {"failed"}
        else:
            self.simulator.visit(page, pays=True)
            self.until("was paid", lambda payment: payment["status"] == "authorized")
            self.ship()
        return self.until("has ended", self.has_ended)

    def ship(self):
        if self.chance.random() < 0.2:
            self.ask("cancel")
            self.ends = {"cancelled"}
            return
        first = self.chance.randrange(1, self.amount)
        self.capture("s1", first)
        if self.chance.random() < 0.3:
            self.ask("cancel")
        else:
            self.capture("s2", self.amount - first)
        self.ends = {"paid"}
        self.until("was captured", lambda payment: cents(payment["captured"]) == self.captured)
        if self.chance.random() < 0.6:
            part = self.chance.randrange(1, self.captured + 1)
            self.refund("r1", part)
            if part < self.captured and self.chance.random() < 0.5:
                self.refund("r2", self.captured - part)

    def capture(self, key, amount):
        self.ask("capture", capture=key, amount=euros(amount))
        self.captured += amount

    def refund(self, key, amount):
        self.ask("refund", refund=key, amount=euros(amount), reason="test")
        self.refunded += amount

    def has_ended(self, payment):
        return (payment["status"] in self.ends and cents(payment["captured"]) == self.captured
                and cents(payment["refunded"]) == self.refunded)


def round_of(till, simulator, what, count, seed):
    """Runs `count` orders under a misbehaviour; what is wrong afterwards."""
    simulator.misbehave(**MISBEHAVIOURS[what], webhook_url=f"{till.url}/webhooks/stripe",
                        webhook_secret=WEBHOOK_SECRET)
    orders = [Order(till, simulator, f"ord_{seed}_{number}", seed + number)
              for number in range(count)]
    over = threading.Event()
    faults = []
    with concurrent.futures.ThreadPoolExecutor(SHOPPERS + 1) as pool:
        killer = pool.submit(kill_now_and_then, till, over,
                             random.Random(seed)) if "killed" in what else None
        running = {pool.submit(order.run): order for order in orders}
        for done in concurrent.futures.as_completed(running):
            if done.exception():
                faults.append(f"{running[done].name}: {done.exception()!r}")
        over.set()
        kills = killer.result() if killer else 0
    faults += disagreements(orders, simulator.state()["orders"])
    ledger = till.admin("payments/ledger")
    if not ledger["agrees"]:
        faults.append(f"the ledger disagrees: {ledger}")
    unfinished = till.admin("payments/operations")["items"]
    faults += [f"unfinished: {operation}" for operation in unfinished]
    moved = sum(order.captured for order in orders)
    print(f"{what}: {count} orders, {moved / 100:.2f} EUR captured, {kills} kills, "
          f"{len(faults)} faults", flush=True)
    return [f"{what}: {fault}" for fault in faults]


def disagreements(orders, moved):
    found = []
    for order in orders:
        provider = moved.get(order.name, {"intents": [], "captured": 0, "refunded": 0})
        for name, ours in (("captured", order.captured), ("refunded", order.refunded)):
            if provider[name] != ours:
                found.append(f"{order.name}: the provider {name} {provider[name]}, we {ours}")
        if len(provider["intents"]) > 1:
            found.append(f"{order.name}: has {len(provider['intents'])} intents")
    return found


def ledger_faults(till, simulator):
    """The accounts of the ledger against everything that the provider moved."""
    moved = simulator.state()["orders"].values()
    captured = sum(order["captured"] for order in moved)
    refunded = sum(order["refunded"] for order in moved)
    accounts = {entry["account"]: entry for entry in till.admin("payments/ledger")["accounts"]}
    found = []
    for account, side, total in (("sales", "credit", captured), ("refunds", "debit", refunded),
                                 ("clearing", "debit", captured), ("clearing", "credit", refunded)):
        booked = cents(accounts[account][side]) if account in accounts else 0
        if booked != total:
            found.append(f"{account} {side} is {booked}, the provider moved {total}")
    return found


def a_foreign_webhook_is_refused(till):
    from till import asked
    try:
        asked(f"{till.url}/webhooks/stripe", {"id": "evt_1", "type": "x", "data": {"object": {}}},
              {"Stripe-Signature": "t=1,v1=00"})
    except Refused as refusal:
        return [] if refusal.code == "bad_signature" else [f"refused as {refusal.code}"]
    return ["a webhook that nobody signed was taken"]


def card_numbers(till, storage, folder):
    if not luhn.notices_them():
        return ["the scan for card numbers finds none where there are some"]
    found = luhn.card_numbers(pathlib.Path(till.log.name).read_bytes())
    if isinstance(storage, Sqlite):
        for database in storage.folder.glob("*.db"):
            found += luhn.card_numbers_of(database)
    return [f"a card number: {number}" for number in found]


def main():
    kontor = pathlib.Path(sys.argv[1]).resolve()
    engine = (sys.argv + ["sqlite"])[2] if len(sys.argv) > 2 else "sqlite"
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 16
    seed = random.randrange(1 << 20)
    print(f"seed {seed}", flush=True)
    faults = []
    simulator = Simulator()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        storage = (Sqlite if engine == "sqlite" else Postgres)(folder)
        till = Till(kontor, storage, folder, simulator)
        try:
            till.begin()
            for number, what in enumerate(MISBEHAVIOURS):
                faults += round_of(till, simulator, what, count, seed + 1000 * number)
            faults += ledger_faults(till, simulator) + a_foreign_webhook_is_refused(till)
            state = simulator.state()
            print(f"misbehaved: {state['counts']}, {state['webhooks_sent']} webhooks taken")
            faults += [kind for kind in ("slow", "answer_twice", "lose", "lose_before", "fail")
                       if not state["counts"].get(kind)]
            till.stop()
            faults += card_numbers(till, storage, folder)
        finally:
            till.kill()
            storage.stop()
            simulator.stop()
    for fault in faults[:20]:
        print("FAULT:", fault)
    sys.exit(1 if faults else 0)


main()
