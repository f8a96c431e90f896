"""What the rigs have in common: a shop to try, and how their findings are told."""

import json
import os
import pathlib
import random
import sys
import tempfile
import time

from processes import STAFF_TOKEN, Broken, Postgres, Shop, Sqlite
from shoppers import Api, Buyer

SEED = ("seed", "--products", "100", "--stores", "4", "--markets", "2", "--stock-per-product", "5")
ON_HAND = ("100000", "40")  # Some SKUs run out.


class Rig:
    """A shop on a storage of its own, and the choices of this run."""

    def __init__(self, kontor, engine, folder, seed, **environment):
        self.choose, self.folder, self.engine = random.Random(seed), folder, engine
        self.storage = Sqlite(folder) if engine == "sqlite" else self.postgres(folder)
        self.shop = Shop(kontor, self.storage, folder, **environment)

    def postgres(self, folder):
        return Postgres(folder)

    def open(self):
        """A range of 100 products, served."""
        self.seed()
        self.shop.start()
        self.shop.first_answer("/readyz")

    def seed(self):
        status, said = self.shop.run(*SEED)
        if status:
            raise Broken(f"seed: {said}")

    def close(self):
        self.shop.kill()
        self.storage.stop()


def staff(api, method, path, body=None):
    status, content = api.ask(method, path, body=body, token=STAFF_TOKEN)
    if status != 200:
        raise Broken(f"{method} {path}: {status} {content[:300]!r}")
    return json.loads(content)


def sold_by_the_piece(api):
    """SKUs that are in stock, sorted."""
    products = staff(api, "GET", "/shop/de/products?limit=100&sort=name")["items"]
    return sorted(variant["sku"] for product in products for variant in product["variants"]
                  if variant["availability"]["online"] and float(variant["minimum"]) == 1
                  and float(variant["step"]) == 1)


def put_stock(api, sku, on_hand):
    """Counts `on_hand` at one place that serves the web shop and nothing at the others; where."""
    places = [cell["location"] for cell in staff(api, "GET", f"/admin/stock?sku={sku}")["items"]
              if cell["serves_online"]]
    staff(api, "POST", "/admin/stock", {"counts": [
        {"sku": sku, "location": place, "on_hand": on_hand if place == places[0] else "0"}
        for place in places]})
    return places[0]


def stocked_up(api, choose):
    """SKUs for the shoppers, with known stock; a place and a category for imports."""
    sold = sold_by_the_piece(api)
    skus = choose.sample(sold, min(12, len(sold)))
    location = None
    for number, sku in enumerate(skus):
        location = put_stock(api, sku, ON_HAND[number % 6 == 0])
    category = staff(api, "GET", "/admin/products?limit=1")["items"][0]["category"]
    return skus, location, category


def orders_of(shoppers):
    return [bought["order"] for one in shoppers if isinstance(one, Buyer) for bought in one.bought]


def await_follow_ups(storage, orders):
    """Returns once all that follows from the orders is done; their carts are closed last."""
    for _ in range(1000):
        if storage.rows("carts", "SELECT COUNT(*) FROM carts WHERE status = 'ordered'") == [
                (len(orders),)]:
            return
        time.sleep(0.02)


def conclude(faults):
    """Tells what was found, and ends the program with 0 if that is nothing."""
    for fault in faults[:20]:
        print("FAULT:", fault)
    print(f"{len(faults)} faults")
    sys.exit(1 if faults else 0)


def run(work, count, rig=Rig, **environment):
    """`work(rig, count)` finds faults. The program's arguments: KONTOR sqlite|postgres [COUNT]."""
    kontor = pathlib.Path(os.environ.get("KONTOR_BINARY", sys.argv[1])).resolve()
    engine, count = sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else count
    seed = int(os.environ.get("KONTOR_FAULT_SEED", random.randrange(1 << 32)))
    print(f"KONTOR_FAULT_SEED={seed}, {count} on {engine}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        opened = rig(kontor, engine, pathlib.Path(folder), seed, **environment)
        try:
            opened.open()
            faults = work(opened, count)
        finally:
            opened.close()
    conclude(faults)
