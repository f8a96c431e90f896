"""The shop stocked up, and shoppers on it."""
import contextlib
import json
import random
import subprocess
import time

from bench.shop.server import Api, Broken

CLIENTS = 64
# Enough of each variant that no order of a run is refused for want of stock.
ON_HAND = "90000"


class Sold:
    """SKUs sold by the piece, with more of each than a run can buy, and where they lie."""

    def __init__(self, api, folder, count=2000, seed=42):
        sold = [variant["sku"] for product in api.products() for variant in product["variants"]
                if variant.get("price") and variant["availability"]["online"]
                and float(variant.get("minimum", "1")) == 1
                and float(variant.get("step", "1")) == 1]
        if not sold:
            raise Broken("nothing is in stock online")
        chosen = random.Random(seed).sample(sold, min(count + 1, len(sold)))
        places = {sku: api.json(f"/admin/stock?sku={sku}", staff=True)["items"] for sku in chosen}
        # One more that nobody buys, to be watched.
        self.spare, *self.skus = chosen
        self.cells = [(sku, place["location"]) for sku in self.skus for place in places[sku]]
        # A list of markets or a flag: both say whether it serves online orders.
        self.online = {sku: [(sku, place["location"]) for place in places[sku]
                             if place["serves_online"]] for sku in chosen}
        put_stock(api, [cell for sku in self.skus for cell in self.online[sku]], ON_HAND)
        self.file = folder / "skus.txt"
        self.file.write_text("\n".join(self.skus) + "\n", encoding="utf-8")

    def seconds_to_follow_up(self, port, sample=20, patience=120):
        """From now until the goods of every order are allocated to it, on some of the SKUs."""
        api, began = Api(port), time.monotonic()
        while any(float(place["reserved"]) for sku in self.skus[:sample]
                  for place in api.json(f"/admin/stock?sku={sku}", staff=True)["items"]):
            if time.monotonic() > began + patience:
                raise Broken(f"after {patience} s goods of orders are still not allocated to them")
            time.sleep(0.1)
        return time.monotonic() - began


def put_stock(api, cells, on_hand):
    counts = [{"sku": sku, "location": place, "on_hand": on_hand} for sku, place in cells]
    for start in range(0, len(counts), 5000):
        api.bytes("/admin/stock", method="POST", staff=True,
                  body={"counts": counts[start:start + 5000]})


@contextlib.contextmanager
def stocked_shop(site, cluster=None, **settings):
    """The port of a copy of the shop on all cores, and what is sold there."""
    with site.shop(changing=True, cluster=cluster, **settings) as port:
        yield port, Sold(Api(port), site.folder)


def shoppers(site, mode, port, sold, seed, clients=CLIENTS, lines=3, rate=0):
    """One round, on the same cores as the shop."""
    ran = subprocess.run([site.load_program, mode, f"http://127.0.0.1:{port}", sold.file,
                          str(clients), str(site.seconds), str(seed), str(lines), str(rate)],
                         stdout=subprocess.PIPE, text=True, check=False,
                         timeout=3 * site.seconds + 60)
    if ran.returncode:
        raise Broken(f"checkout_load {mode} failed, see above")
    return json.loads(ran.stdout)


def step_of(load, step):
    """Its figures in a round."""
    if step not in load["steps"]:
        raise Broken(f"{step}: nothing went through: {load['refused']}")
    return load["steps"][step]


def refused_in(rounds):
    return sum(sum(load["refused"].values()) for load in rounds)
