"""What shoppers change: carts and orders, durable before they are answered."""
import json
import random
import statistics
import subprocess

from bench.shop.report import Result, say
from bench.shop.server import Api, Broken

CLIENTS = 64
# Enough of each variant that no order of a run is refused for want of stock.
ON_HAND = "90000"


def add_to_cart(site):
    rounds = _rounds(site, "add", "add_line")
    return [_judge("add to cart", rounds, "add_line", 3000)]


def orders(site):
    """Orders alone, from carts made ready before, and whole purchases of 5 requests."""
    alone = _rounds(site, "place", "place_order")
    whole = _rounds(site, "checkout", "place_order")
    return [_judge("order placed", alone, "place_order", 1500),
            _judge("whole purchase, 5 requests", whole, "place_order", None)]


def big_cart(site):
    """A line added to a cart of 1,000 lines, beside one of 10, in turns; one client, and many."""
    results = []
    skus = site.folder / "skus.txt"
    with site.shop(changing=True, KONTOR_CARTS_LINES_MAX="1000") as port:
        skus.write_text("\n".join(_stocked_up(Api(port))) + "\n", encoding="utf-8")
        for clients in (1, 16, CLIENTS):
            rounds = [_both_lengths(site, port, skus, turn, clients)
                      for turn in range(1, site.rounds + 1)]
            results.append(_judge_lengths(rounds, clients))
    return results


def _both_lengths(site, port, skus, turn, clients):
    """One round of each length by its number of lines; each goes first every other time."""
    lengths = (10, 1000) if turn % 2 else (1000, 10)
    both = {lines: _load(site, "long", port, skus, turn, clients, lines) for lines in lengths}
    say(f"  round {turn}, {clients} clients, p99 of a line added: " + ", ".join(
        f"{_p99(both[lines]):.2f} ms to {lines}" for lines in (10, 1000)))
    return both


def _p99(load):
    if "add_line" not in load["steps"]:
        raise Broken(f"no line was added: {load['refused']}")
    return load["steps"]["add_line"]["p99_ms"]


def _judge_lengths(rounds, clients):
    long = statistics.median(_p99(both[1000]) for both in rounds)
    ratio = statistics.median(_p99(both[1000]) / _p99(both[10]) for both in rounds)
    rate = statistics.median(both[1000]["steps"]["add_line"]["rate"] for both in rounds)
    refused = sum(sum(load["refused"].values()) for both in rounds for load in both.values())
    return Result(f"line to a cart of 1,000, {clients} at once",
                  f"p99 {long:.2f} ms, {ratio:.2f} x of 10 lines, {rate:,.0f}/s, {refused} refused",
                  "p99 <= 5 ms, <= 1.3 x", long <= 5 and ratio <= 1.3, rounds)


def _rounds(site, mode, step):
    skus = site.folder / "skus.txt"
    rounds = []
    with site.shop(changing=True) as port:
        skus.write_text("\n".join(_stocked_up(Api(port))) + "\n", encoding="utf-8")
        for turn in range(1, site.rounds + 1):
            rounds.append(_load(site, mode, port, skus, turn))
            if step not in rounds[-1]["steps"]:
                raise Broken(f"{mode}: nothing went through: {rounds[-1]['refused']}")
            say(f"  round {turn}, {mode}: {rounds[-1]['steps'][step]['rate']:,.0f}/s")
    return rounds


def _load(site, mode, port, skus, seed, clients=CLIENTS, lines=10):
    """One round, on the same cores as the shop."""
    ran = subprocess.run([site.load_program, mode, f"http://127.0.0.1:{port}", skus, str(clients),
                          str(site.seconds), str(seed), str(lines)],
                         stdout=subprocess.PIPE, text=True, check=False,
                         timeout=3 * site.seconds + 60)
    if ran.returncode:
        raise Broken(f"checkout_load {mode} failed, see above")
    return json.loads(ran.stdout)


def _stocked_up(api, count=2000, seed=42):
    """SKUs sold by the piece, with more of each than a run can buy."""
    sold = [variant["sku"] for product in api.products() for variant in product["variants"]
            if variant.get("price") and variant["availability"]["online"]
            and float(variant.get("minimum", "1")) == 1 and float(variant.get("step", "1")) == 1]
    if not sold:
        raise Broken("nothing is in stock online")
    skus = random.Random(seed).sample(sold, min(count, len(sold)))
    counts = []
    for sku in skus:
        places = api.json(f"/admin/stock?sku={sku}", staff=True)["items"]
        # An item with a list of markets or a flag: both say whether it serves online orders.
        counts += [{"sku": sku, "location": place["location"], "on_hand": ON_HAND}
                   for place in places if place["serves_online"]]
    for start in range(0, len(counts), 5000):
        api.bytes("/admin/stock", method="POST", staff=True,
                  body={"counts": counts[start:start + 5000]})
    return skus


def _judge(name, rounds, step, target):
    def middle(figure):
        return statistics.median(one["steps"][step][figure] for one in rounds)

    refused = sum(sum(one["refused"].values()) for one in rounds)
    figure = (f"{middle('rate'):,.0f}/s, p50 {middle('p50_ms'):.1f}, "
              f"p99 {middle('p99_ms'):.1f} ms, {refused} refused")
    return Result(name, figure, f">= {target:,}/s" if target else "",
                  middle("rate") >= target if target else None, rounds)
