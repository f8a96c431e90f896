#!/usr/bin/env python3
"""Whole purchases paid by card, beside a provider that misbehaves in every way it can while Kontor is
killed: a cart that is paid becomes one order, whether the shopper comes back or the browser was
closed; one that is not holds no stock and takes no money.

Usage: checkout_test.py KONTOR sqlite|postgres [PURCHASES A ROUND]
"""

import concurrent.futures
import json
import random
import threading
import time
import uuid

from till import MISBEHAVIOURS, WEBHOOK_SECRET, Simulator, cents, kill_now_and_then, settings

from processes import STAFF_TOKEN
from rig import Rig, run, staff, stocked_up
from shoppers import ADDRESSES, Api, Unknown

PATIENCE_S = 120
SHOPPERS = 8
NOT_YET = ("awaiting_authorization", "failed")


class CardRig(Rig):
    """A shop whose provider is the simulator."""

    def __init__(self, kontor, engine, folder, seed, **environment):
        self.simulator = Simulator()
        super().__init__(kontor, engine, folder, seed, **environment, **settings(self.simulator))

    def misbehave(self, what):
        self.simulator.misbehave(**MISBEHAVIOURS[what], webhook_secret=WEBHOOK_SECRET,
                                 webhook_url=f"http://127.0.0.1:{self.shop.port}/webhooks/stripe")

    def close(self):
        super().close()
        self.simulator.stop()


class Purchase:
    """One shopper from the cart to what became of it."""

    def __init__(self, rig, sku, seed):
        self.simulator, self.sku, self.choose = rig.simulator, sku, random.Random(seed)
        self.api = Api(rig.shop.port)
        self.way = "abandoned"
        self.cart = self.order = None
        self.key = str(uuid.UUID(int=self.choose.getrandbits(128)))

    def ask(self, method, path, body=None, token=None, key=None):
        """The status and answer of what is safe to repeat, repeated until there is one."""
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            try:
                status, content = self.api.ask(method, path, body, token or self.secret(), key)
                answer = json.loads(content)
                if answer.get("code") != "in_progress":
                    return status, answer
            except Unknown:
                pass
            time.sleep(0.05)
        raise AssertionError(f"{method} {path} is not answered")

    def must(self, *more, **named):
        status, answer = self.ask(*more, **named)
        if status >= 300:
            raise AssertionError(f"{more}: {status} {answer}")
        return answer

    def secret(self):
        return self.cart and self.cart["token"]

    def fill_cart(self):
        lines = [{"sku": self.sku, "quantity": str(self.choose.randint(1, 3))}]
        self.cart = self.must("POST", "/shop/de/carts", {"lines": lines})
        one = f"/shop/de/carts/{self.cart['id']}"
        self.must("PUT", f"{one}/addresses", ADDRESSES)
        self.must("PUT", f"{one}/delivery", {"method": "standard"})
        self.pay_by("card")

    def pay_by(self, method):
        changed = self.must("PUT", f"/shop/de/carts/{self.cart['id']}/payment", {"method": method})
        self.cart = {**changed, "token": self.secret()}

    def place(self):
        body = {"cart_id": self.cart["id"], "cart_version": self.cart["version"],
                "return_url": "https://shop.example/thanks"}
        return self.ask("POST", "/shop/de/orders", body, key=self.key)

    def placed_until(self, what, satisfied):
        """Asks for the order by placing it, as a shopper does who comes back."""
        return self.until(what, satisfied, self.place)

    def shown_until(self, what, satisfied):
        return self.until(what, satisfied, lambda: self.ask(
            "GET", f"/shop/de/orders/{self.order['id']}"))

    def until(self, what, satisfied, look):
        end = time.monotonic() + PATIENCE_S
        answer = None
        while time.monotonic() < end:
            status, answer = look()
            if status < 300 and satisfied(answer):
                return answer
            if status >= 300 and status != 409:
                raise AssertionError(f"{what}: {status} {answer}")
            time.sleep(0.1)
        raise AssertionError(f"{what}: {answer}")

    def page(self):
        self.order = self.placed_until("nowhere to pay", lambda order: order["payment"].get(
            "redirect_url"))
        return self.order["payment"]["redirect_url"]

    def run(self):
        self.fill_cart()
        page = self.page()
        chance = self.choose.random()
        if chance < 0.25:
            self.is_declined(page)
        elif chance < 0.4:
            self.pays_otherwise()
        else:
            self.pays(page)
        if self.way in ("paid", "invoiced"):
            self.is_shipped()

    def is_declined(self, page):
        self.way = "declined"
        self.simulator.visit(page, pays=False)
        self.shown_until("was declined", lambda order: order["status"] == "failed")
        if self.choose.random() < 0.5:
            self.key = str(uuid.UUID(int=self.choose.getrandbits(128)))
            self.pays(self.page())

    def pays_otherwise(self):
        self.way = "invoiced"
        self.pay_by("invoice")
        self.order = self.placed_until("was ordered otherwise",
                                       lambda order: order["status"] == "placed")

    def pays(self, page):
        self.way = "paid"
        self.simulator.visit(page, pays=True)
        look = self.shown_until if self.choose.random() < 0.5 else self.placed_until
        self.order = look("was paid", lambda order: order["status"] not in NOT_YET)

    def is_shipped(self):
        self.must("POST", f"/admin/orders/{self.order['id']}/shipments", {}, token=STAFF_TOKEN,
                  key=f"ship-{self.order['id']}")
        self.order = self.shown_until(
            "was captured", lambda order: order["payment"]["captured"] == order["total"]["gross"])


def round_of(rig, what, purchases, seed):
    rig.misbehave(what)
    over, faults = threading.Event(), []
    with concurrent.futures.ThreadPoolExecutor(SHOPPERS + 1) as pool:
        killer = pool.submit(kill_now_and_then, rig.shop, over,
                             random.Random(seed)) if "killed" in what else None
        running = {pool.submit(purchase.run): purchase for purchase in purchases}
        for done in concurrent.futures.as_completed(running):
            if done.exception():
                faults.append(f"{what}: {running[done].way}: {done.exception()!r}")
        over.set()
        kills = killer.result() if killer else 0
    ways = {way: sum(purchase.way == way for purchase in purchases)
            for way in ("paid", "invoiced", "declined")}
    print(f"{what}: {ways}, {kills} kills, {len(faults)} faults", flush=True)
    return faults


def money_faults(rig, purchases):
    """What the provider took of each cart is what its order says, once."""
    moved, found = rig.simulator.state()["orders"], []
    for purchase in purchases:
        order = purchase.order
        attempts = [moved[key] for key in moved if key.split(".")[0] == order["id"]]
        taken = sum(attempt["captured"] for attempt in attempts)
        due = cents(order["total"]["gross"]) if purchase.way == "paid" else 0
        if taken != due:
            found.append(f"{purchase.way} {order['id']}: the provider took {taken} of {due}")
        if sum(attempt["captured"] > 0 for attempt in attempts) > 1:
            found.append(f"{order['id']}: was paid twice")
    return found


def order_faults(rig, purchases):
    found = []
    for purchase in purchases:
        wanted = 1 if purchase.way in ("paid", "invoiced") else 0
        events = rig.storage.rows("orders", "SELECT COUNT(*) FROM outbox WHERE type = "
                                  f"'orders.order-placed' AND aggregate = '{purchase.order['id']}'")
        if events != [(wanted,)]:
            found.append(f"{purchase.way} {purchase.order['id']}: was placed {events} times")
    return found


def left_open(rig, skus):
    """What ought to be over once all has ended, looked at until it is."""
    api = Api(rig.shop.port)
    end = time.monotonic() + PATIENCE_S
    while True:
        ledger = staff(api, "GET", "/admin/payments/ledger")
        found = [f"checkout {open_['id']} is {open_['step']}: {open_.get('last_error')}"
                 for open_ in staff(api, "GET", "/admin/checkouts")["items"]]
        found += [f"unfinished: {operation}"
                  for operation in staff(api, "GET", "/admin/payments/operations")["items"]]
        found += [f"{sku} in {cell['location']}: {cell['reserved']} reserved, "
                  f"{cell['allocated']} allocated" for sku in skus
                  for cell in staff(api, "GET", f"/admin/stock?sku={sku}")["items"]
                  if float(cell["reserved"]) or float(cell["allocated"])]
        found += [] if ledger["agrees"] else [f"the ledger disagrees: {ledger}"]
        if not found or time.monotonic() > end:
            return found
        time.sleep(0.5)


def work(rig, count):
    sold, _, _ = stocked_up(Api(rig.shop.port), rig.choose)
    skus, purchases, faults = sold[1:6], [], []
    for what in MISBEHAVIOURS:
        seed = rig.choose.getrandbits(32)
        begun = [Purchase(rig, rig.choose.choice(skus), seed + i) for i in range(count)]
        faults += round_of(rig, what, begun, seed)
        purchases += begun
    begun = [purchase for purchase in purchases if purchase.order]
    return faults + left_open(rig, skus) + money_faults(rig, begun) + order_faults(rig, begun)


run(work, 12, CardRig)
