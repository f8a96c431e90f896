"""Those who use the shop while it is killed. Each remembers what it was promised, and looks after
every failure whether the promise was kept."""

import http.client
import json
import threading
import time
import uuid

from processes import STAFF_TOKEN

ADDRESSES = {"shipping": {"given_name": "Ada", "family_name": "Beispiel", "street": "Planken 1",
                          "postal_code": "68161", "city": "Mannheim", "country": "DE",
                          "email": "ada@example.org"}}
REFUSALS_OF_ORDERS = ("out_of_stock", "price_changed")


class Unknown(Exception):
    """No answer, or one that leaves open whether it was done."""


class Api:
    """Asks the shop, on one connection that is made anew after a failure."""

    def __init__(self, port):
        self.port, self.connection = port, None

    def ask(self, method, path, body=None, token=None, key=None):
        """(status, body) of an answer that settles the matter."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        if body is not None:
            headers["Content-Type"] = "application/json"
        if key is not None:
            headers["Idempotency-Key"] = key
        try:
            self.connection = self.connection or http.client.HTTPConnection(
                "127.0.0.1", self.port, timeout=30)
            self.connection.request(method, path, body and json.dumps(body), headers)
            answer = self.connection.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException) as failure:
            self.connection = None
            raise Unknown(str(failure)) from failure
        if answer.status >= 500:
            raise Unknown(f"{answer.status}: {content[:200]!r}")
        return answer.status, content


class Shopper(threading.Thread):
    """Goes on until told to stop, however often the shop goes away."""

    def __init__(self, port, choose, skus):
        super().__init__(daemon=True)
        self.api, self.choose, self.skus = Api(port), choose, skus
        self.stopping = threading.Event()
        self.broken = []    # Promises that were not kept.
        self.promises = 0   # Changes that were acknowledged.
        self.unknown = 0    # Changes whose answer got lost.

    def run(self):
        while not self.stopping.is_set():
            try:
                self.step()
            except Unknown:
                time.sleep(0.01)
            except Exception as failure:  # pylint: disable=broad-exception-caught
                self.broken.append(f"{type(self).__name__}: {failure!r}")
                break
        self.api.connection = None  # Perhaps of a server that was killed since.

    def must(self, good, what):
        if not good:
            self.broken.append(f"{type(self).__name__}: {what}")

    def line(self):
        return {"sku": self.choose.choice(self.skus), "quantity": str(self.choose.randint(1, 3))}

    def done(self, expected, method, path, **more):
        """The answer to what can only go well."""
        status, content = self.api.ask(method, path, **more)
        if status != expected:
            raise AssertionError(f"{method} {path} {more}: {status} {content[:300]!r}")
        return json.loads(content)

    def step(self):
        raise NotImplementedError

    def settle(self):
        """Finds out what became of everything unknown; the shop stands still now."""
        raise NotImplementedError


def contents(cart):
    return {line["sku"]: line["quantity"] for line in cart["lines"]}


class CartEditor(Shopper):
    """Edits one cart after the other, one change at a time."""

    def __init__(self, *more):
        super().__init__(*more)
        self.cart = None      # As it was last acknowledged.
        self.wanted = None    # Its contents if the change under way takes effect.
        self.looks = 0        # How often it was asked for since the answer got lost.
        self.finished = []

    def step(self):
        if self.wanted is not None:
            self.look()
        if self.cart is None or self.cart["version"] > 40:
            self.begin()
        self.edit()

    def begin(self):
        if self.cart is not None:
            self.finished.append(self.cart)
        made = self.done(201, "POST", "/shop/de/carts", body={"lines": [self.line()]})
        self.cart, self.promises = made, self.promises + 1

    def edit(self):
        lines, path = self.cart["lines"], f"/shop/de/carts/{self.cart['id']}/lines"
        self.wanted = contents(self.cart)
        kind = self.choose.random()
        if len(lines) < 2 or kind < 0.5:
            line = self.line()
            now = int(self.wanted.get(line["sku"], 0)) + int(line["quantity"])
            self.wanted[line["sku"]] = str(now)
            change = ("POST", path, line)
        elif kind < 0.8:
            line = self.choose.choice(lines)
            self.wanted[line["sku"]] = str(self.choose.randint(1, 9))
            change = ("PATCH", f"{path}/{line['id']}", {"quantity": self.wanted[line["sku"]]})
        else:
            line = self.choose.choice(lines)
            del self.wanted[line["sku"]]
            change = ("DELETE", f"{path}/{line['id']}", None)
        self.unknown += 1
        method, path, body = change
        answer = self.done(200, method, path, body=body, token=self.cart["token"])
        self.unknown -= 1
        self.must(contents(answer) == self.wanted, f"{change} led to {contents(answer)}")
        self.keep(answer)

    def keep(self, answer):
        self.promises += 1
        self.cart, self.wanted = {**answer, "token": self.cart["token"]}, None
        self.looks = 0

    def look(self):
        """The change whose answer got lost happened once or not at all; all before it did. It may
        be under way still: a look that is a change itself stands in line behind it."""
        self.looks += 1
        path = f"/shop/de/carts/{self.cart['id']}/delivery"
        shown = self.done(200, "PUT", path, body={"method": "standard"}, token=self.cart["token"])
        since = shown["version"] - self.cart["version"]  # A look may get lost, too.
        as_it_was = 1 <= since <= self.looks and contents(shown) == contents(self.cart)
        changed = 2 <= since <= self.looks + 1 and contents(shown) == self.wanted
        self.must(as_it_was or changed,
                  f"cart {self.cart['id']} was {contents(self.cart)}, then perhaps "
                  f"{self.wanted}, and is {contents(shown)} {since} versions later")
        self.keep(shown)

    def read(self, cart):
        return self.done(200, "GET", f"/shop/de/carts/{cart['id']}", token=cart["token"])

    def settle(self):
        if self.wanted is not None:
            self.look()
        for cart in [*self.finished, *([self.cart] if self.cart else [])]:
            shown = self.read(cart)
            self.must((shown["version"], contents(shown)) == (cart["version"], contents(cart)),
                      f"cart {cart['id']} was {contents(cart)} at {cart['version']} and is "
                      f"{contents(shown)} at {shown['version']}")


class Buyer(Shopper):
    """Buys, and repeats what was not answered until it is."""

    def __init__(self, *more):
        super().__init__(*more)
        self.purchase = None   # Under way: its cart, its key and its body.
        self.bought = []       # With the reply, byte for byte.
        self.refused = 0

    def step(self):
        if self.purchase is None:
            if self.bought and self.choose.random() < 0.1:
                self.repeat(self.choose.choice(self.bought))
            self.purchase = self.ready_cart()
        self.buy()

    def ready_cart(self):
        skus = self.choose.sample(self.skus, 2)
        cart = self.done(201, "POST", "/shop/de/carts",
                         body={"lines": [{"sku": sku, "quantity": str(self.choose.randint(1, 3))}
                                         for sku in skus]})
        token, one = cart["token"], f"/shop/de/carts/{cart['id']}"
        self.done(200, "PUT", f"{one}/addresses", body=ADDRESSES, token=token)
        self.done(200, "PUT", f"{one}/delivery", body={"method": "standard"}, token=token)
        cart = self.done(200, "PUT", f"{one}/payment", body={"method": "prepayment"}, token=token)
        return {"token": token, "key": str(uuid.UUID(int=self.choose.getrandbits(128))),
                "cart": cart, "body": {"cart_id": cart["id"], "cart_version": cart["version"]}}

    def place(self, purchase, key):
        return self.api.ask("POST", "/shop/de/orders", body=purchase["body"],
                            token=purchase["token"], key=key)

    def buy(self):
        self.unknown += 1
        status, reply = self.place(self.purchase, self.purchase["key"])
        self.unknown -= 1
        order = json.loads(reply)
        if status == 201:
            cart = self.purchase["cart"]
            self.must(order["total"] == cart["total"] and contents(order) == contents(cart),
                      f"order {order['id']} is not what its cart was")
            self.bought.append({**self.purchase, "reply": reply, "order": order})
            self.promises += 1
        elif order.get("code") in REFUSALS_OF_ORDERS:
            self.refused += 1
        else:
            self.must(False, f"order of {self.purchase['body']}: {status} {reply!r}")
        self.purchase = None

    def repeat(self, purchase):
        """Under its own key it is the same reply; under another the same order."""
        status, reply = self.place(purchase, purchase["key"])
        self.must((status, reply) == (201, purchase["reply"]),
                  f"repeated {purchase['body']}: {status} {reply!r}, not {purchase['reply']!r}")
        status, reply = self.place(purchase, str(uuid.UUID(int=self.choose.getrandbits(128))))
        self.must((status, json.loads(reply)) == (201, purchase["order"]),
                  f"ordered again {purchase['body']}: {status} {reply!r}")

    def settle(self):
        if self.purchase is not None:
            self.buy()
        for purchase in self.bought:
            self.repeat(purchase)
            shown = self.done(200, "GET", f"/shop/de/orders/{purchase['order']['id']}",
                              token=purchase["token"])
            self.must(shown == purchase["order"], f"order {purchase['order']['id']} is now {shown}")


class Importer(threading.Thread):
    """Imports products, prices and stock again and again, each time with another content, beside
    the shop; `kontor import` is killed from outside now and then."""

    ROWS = 150

    def __init__(self, shop, folder, location, category):
        super().__init__(daemon=True)
        self.shop, self.folder, self.location, self.category = shop, folder, location, category
        self.api = Api(shop.port)
        self.stopping = threading.Event()
        self.broken = []
        self.begun = {"products": 0, "prices": 0, "stock": 0}
        self.finished = dict(self.begun)
        self.imports = self.killed = 0
        self.process = None
        self.records_failed = 0  # Grows before and after PostgreSQL is killed.

    def rows(self, kind, generation):
        if kind == "products":
            return ["sku,category,name.de"] + [
                f"imp-{i},{self.category},Import {i} Stand {generation}" for i in range(self.ROWS)]
        if kind == "prices":
            return ["sku,market,amount"] + [f"imp-{i},de,{generation}.00" for i in range(self.ROWS)]
        return ["sku,location,on_hand"] + [f"imp-{i},{self.location},{generation}"
                                           for i in range(self.ROWS)]

    def run(self):
        while not self.stopping.is_set():
            for kind in self.begun:
                self.take_in(kind)

    def take_in(self, kind):
        self.begun[kind] += 1
        file = self.folder / f"{kind}.csv"
        file.write_text("\n".join(self.rows(kind, self.begun[kind])) + "\n", encoding="utf-8")
        failed_before = self.records_failed
        self.process = self.shop.verb("import", kind, str(file), stdout=-1, stderr=-1, text=True)
        output, errors = self.process.communicate()
        self.imports += 1
        if self.process.returncode == 0:
            told = f"{self.ROWS} read = {self.ROWS} accepted + 0 unchanged + 0 rejected"
            if told not in output:
                self.broken.append(f"import of {kind}: {output} {errors}")
            self.finished[kind] = self.begun[kind]
        elif self.process.returncode == -9:
            self.killed += 1
        elif self.records_failed == failed_before and failed_before % 2 == 0:
            self.broken.append(f"import of {kind}: {self.process.returncode} {errors}")

    def kill(self):
        process = self.process
        if process is not None:
            process.kill()

    def settle(self):
        """Every row is at least what the last finished import said."""
        def staff(path):
            return json.loads(self.api.ask("GET", path, token=STAFF_TOKEN)[1])

        names = {item["code"]: item["name"]["de"].split()[-1] for item in self.products(staff)}
        for i in range(self.ROWS):
            sku = f"imp-{i}"
            prices = [item for item in staff(f"/admin/prices?sku={sku}")["items"]]
            cells = staff(f"/admin/stock?sku={sku}")["items"]
            found = {"products": names.get(sku, 0),
                     "prices": prices[-1]["amount"]["amount"].split(".")[0] if prices else 0,
                     "stock": cells[-1]["on_hand"] if cells else 0}
            for kind, generation in found.items():
                if not self.finished[kind] <= int(generation) <= self.begun[kind]:
                    self.broken.append(f"{kind} of {sku} is of import {generation}, finished was "
                                       f"{self.finished[kind]}, begun {self.begun[kind]}")

    @staticmethod
    def products(staff):
        cursor = ""
        while cursor is not None:
            page = staff(f"/admin/products?limit=500{cursor and '&cursor=' + cursor}")
            yield from page["items"]
            cursor = page.get("next")
