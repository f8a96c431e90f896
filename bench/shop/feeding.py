"""Shoppers while the stock of the whole shop is counted anew: what a feed costs them."""
import json
import os
import random
import statistics
import subprocess
import time

from bench.shop import postgres
from bench.shop.load import put_stock, refused_in, shoppers, step_of, stocked_shop
from bench.shop.report import Result, say
from bench.shop.server import TOKEN, Api, Broken

TARGET = 50_000
# A little more is sent, since the last batch's time counts too.
SENT = 51_000
# So many purchases may wait at once.
CONNECTIONS = 256


def stock_feed(site):
    """Purchases that begin at a quarter of the greatest rate, without and with a feed, in turns."""
    results = []
    with postgres.cluster(site) as cluster:
        for engine, records in (("SQLite", None), ("PostgreSQL", cluster)):
            with stocked_shop(site, records) as (port, sold):
                cells = site.folder / "cells.txt"
                random.Random(1).shuffle(sold.cells)
                cells.write_text("\n".join(map(" ".join, sold.cells)) + "\n", encoding="utf-8")
                most = step_of(shoppers(site, "checkout", port, sold, 0), "place_order")["rate"]
                say(f"  {engine}: {most:,.0f} purchases/s at most, {len(sold.cells):,} cells")
                rounds = [_both(site, port, sold, cells, turn, most / 4)
                          for turn in range(1, site.rounds + 1)]
                results += _judge(engine, most / 4, rounds)
        return results + [cluster.yardstick(site)]


def _both(site, port, sold, cells, turn, rate):
    """One round without and with a feed; each goes first every other time."""
    api, both = Api(port), {}
    _await_shown(api, sold)
    for fed in (False, True) if turn % 2 else (True, False):
        feed = _begin_feed(site, port, cells) if fed else None
        both[fed] = shoppers(site, "steady", port, sold, 2 * turn + fed, CONNECTIONS, rate=rate)
        if feed:
            both["feed"] = _end(feed)
        both[fed]["behind"] = _await_shown(api, sold)
        say(f"  round {turn}, {'a' if fed else 'no'} feed: order p99 {_p99(both[fed]):.1f} ms"
            + (f", {_updates(both):,.0f} updates/s" if fed else ""))
    return both


def _begin_feed(site, port, cells):
    """From a second before the shoppers until after them."""
    feed = subprocess.Popen(
        [site.feed_program, f"http://127.0.0.1:{port}", cells, str(SENT), str(site.seconds + 2)],
        stdout=subprocess.PIPE, text=True, env=dict(os.environ, KONTOR_ADMIN_TOKEN=TOKEN))
    time.sleep(1)
    return feed


def _end(feed):
    said, _ = feed.communicate()
    if feed.returncode:
        raise Broken("stock_feed failed, see above")
    return json.loads(said)


def _await_shown(api, sold, patience=300):
    """Seconds until the shop shows a change of stock that is made now, and so all before it."""
    page = f"/shop/de/products/{sold.spare}"
    wanted = not _online(api, page, sold.spare)
    put_stock(api, sold.online[sold.spare], "10" if wanted else "0")
    began = time.monotonic()
    while _online(api, page, sold.spare) != wanted:
        if time.monotonic() > began + patience:
            raise Broken(f"the shop does not show what lies there after {patience} s")
        time.sleep(0.02)
    return time.monotonic() - began


def _online(api, page, sku):
    return next(variant["availability"]["online"] for variant in api.json(page)["variants"]
                if variant["sku"] == sku)


def _p99(load, step="place_order"):
    return step_of(load, step)["p99_ms"]


def _updates(both):
    return both["feed"]["accepted"] / both["feed"]["batches"]["seconds"]


def _judge(engine, rate, rounds):
    def middle(figure):
        return statistics.median(figure(both) for both in rounds)

    def times(step):
        return (f"p99 {middle(lambda both: _p99(both[False], step)):.1f} ms without, "
                f"{middle(lambda both: _p99(both[True], step)):.1f} ms with a feed "
                f"({middle(lambda both: _p99(both[True], step) / _p99(both[False], step)):.2f} x)")

    updates = middle(_updates)
    slower = middle(lambda both: _p99(both[True]) / _p99(both[False]))
    fed_refused = sum(one["feed"]["rejected"] for one in rounds) + 1000 * refused_in(
        one["feed"]["batches"] for one in rounds)
    refused = refused_in(one[fed] for one in rounds for fed in (False, True))
    behind = middle(lambda both: both[True]["behind"])
    return [
        Result(f"stock updates, {engine}",
               f"{updates:,.0f}/s, {fed_refused} refused, shown {behind:.1f} s after the last",
               f">= {TARGET:,}/s", updates >= TARGET, rounds),
        Result(f"order at {rate:,.0f}/s, {engine}", f"{times('place_order')}, {refused} refused",
               "p99 <= 2 x", slower <= 2),
        Result(f"whole purchase at {rate:,.0f}/s, {engine}", times("purchase"), "", None),
    ]
