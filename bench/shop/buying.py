"""What shoppers change: carts and orders, durable before they are answered."""
import statistics

from bench.shop import naive, postgres
from bench.shop.load import CLIENTS, refused_in, shoppers, step_of, stocked_shop
from bench.shop.report import Result, say

ORDER_LINES = 3


def add_to_cart(site):
    with stocked_shop(site) as (port, sold):
        rounds = _rounds(site, "add", "add_line", port, sold)
    return [_judge("add to cart", rounds, "add_line", 3000)]


def orders(site):
    """Orders alone, from carts made ready before, and whole purchases of 5 requests; beside
    PostgreSQL by itself."""
    results = []
    with postgres.cluster(site) as cluster:
        for engine, records in (("SQLite", None), ("PostgreSQL", cluster)):
            with stocked_shop(site, records) as (port, sold):
                for clients, p99 in ((CLIENTS, 50), (256, None)):
                    rounds = _rounds(site, "place", "place_order", port, sold, clients)
                    later = statistics.median(load["followed_up_s"] for load in rounds)
                    result = _judge(f"order of {ORDER_LINES} lines, {engine}, {clients} clients",
                                    rounds, "place_order", 3000, p99)
                    result.figure += f", followed up {later:.1f} s later"
                    results.append(result)
                rounds = _rounds(site, "checkout", "place_order", port, sold)
                results.append(_judge(f"whole purchase, {engine}", rounds, "place_order"))
        return results + [naive.orders(site, cluster), cluster.yardstick(site)]


def big_cart(site):
    """A line added to a cart of 1,000 lines, beside one of 10, in turns; one client, and many."""
    results = []
    with stocked_shop(site, KONTOR_CARTS_LINES_MAX="1000") as (port, sold):
        for clients in (1, 16, CLIENTS):
            rounds = [_both_lengths(site, port, sold, turn, clients)
                      for turn in range(1, site.rounds + 1)]
            results.append(_judge_lengths(rounds, clients))
    return results


def _both_lengths(site, port, sold, turn, clients):
    """One round of each length by its number of lines; each goes first every other time."""
    lengths = (10, 1000) if turn % 2 else (1000, 10)
    both = {lines: shoppers(site, "long", port, sold, turn, clients, lines) for lines in lengths}
    say(f"  round {turn}, {clients} clients, p99 of a line added: " + ", ".join(
        f"{_p99(both[lines]):.2f} ms to {lines}" for lines in (10, 1000)))
    return both


def _p99(load):
    return step_of(load, "add_line")["p99_ms"]


def _judge_lengths(rounds, clients):
    long = statistics.median(_p99(both[1000]) for both in rounds)
    ratio = statistics.median(_p99(both[1000]) / _p99(both[10]) for both in rounds)
    rate = statistics.median(both[1000]["steps"]["add_line"]["rate"] for both in rounds)
    refused = refused_in(load for both in rounds for load in both.values())
    return Result(f"line to a cart of 1,000, {clients} at once",
                  f"p99 {long:.2f} ms, {ratio:.2f} x of 10 lines, {rate:,.0f}/s, {refused} refused",
                  "p99 <= 5 ms, <= 1.3 x", long <= 5 and ratio <= 1.3, rounds)


def _rounds(site, mode, step, port, sold, clients=CLIENTS):
    rounds = []
    for turn in range(1, site.rounds + 1):
        rounds.append(shoppers(site, mode, port, sold, turn, clients, ORDER_LINES))
        if mode == "place":
            rounds[-1]["followed_up_s"] = sold.seconds_to_follow_up(port)
        say(f"  round {turn}, {mode}, {clients} clients: "
            f"{step_of(rounds[-1], step)['rate']:,.0f}/s")
    return rounds


def _judge(name, rounds, step, rate_min=None, p99_max=None):
    def middle(figure):
        return statistics.median(one["steps"][step][figure] for one in rounds)

    rate, p99 = middle("rate"), middle("p99_ms")
    target = f">= {rate_min:,}/s" if rate_min else ""
    target += f", p99 <= {p99_max} ms" if p99_max else ""
    passed = rate >= rate_min and (not p99_max or p99 <= p99_max) if rate_min else None
    return Result(name, f"{rate:,.0f}/s, p50 {middle('p50_ms'):.1f}, p99 {p99:.1f} ms, "
                  f"{refused_in(rounds)} refused", target, passed, rounds)
