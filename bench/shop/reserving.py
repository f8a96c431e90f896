"""Reservations of one hot SKU over HTTP, at the contract that services call."""
import statistics

from bench.shop import postgres
from bench.shop.load import put_stock, stocked_shop
from bench.shop.report import Result, say
from bench.shop.server import TOKEN, Api

PLENTY = "1000000000"
TARGET = 12000


def reservations(site):
    results = []
    with postgres.cluster(site) as cluster:
        for engine, records in (("SQLite", None), ("PostgreSQL", cluster)):
            with stocked_shop(site, records, KONTOR_SERVE_INTERNAL_TOKEN=TOKEN) as (port, sold):
                hot = sold.skus[0]
                put_stock(Api(port), sold.online[hot], PLENTY)
                for clients in (64, 256):
                    rounds = [_round(site, port, hot, clients, turn)
                              for turn in range(1, site.rounds + 1)]
                    results.append(_judge(engine, clients, rounds))
        return results + [cluster.yardstick(site)]


def _round(site, port, sku, clients, turn):
    measured = site.script("reserve.lua", port, clients, [sku, TOKEN, f"bench-{clients}-{turn}"],
                           site.seconds)
    say(f"  round {turn}, {clients} clients: {measured['rate']:,.0f}/s")
    return measured


def _judge(engine, clients, rounds):
    rate, p50, p99 = (statistics.median(one[what] for one in rounds)
                      for what in ("rate", "p50", "p99"))
    refused = sum(one["refused"] + one["broken"] for one in rounds)
    return Result(f"reservation over HTTP, {engine}, {clients} clients",
                  f"{rate:,.0f}/s, p50 {p50:.1f}, p99 {p99:.1f} ms, {refused} refused",
                  f">= {TARGET:,}/s", rate >= TARGET, rounds)
