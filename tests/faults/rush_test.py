#!/usr/bin/env python3
"""500 buyers want the 100 pieces there are, all at once, round after round: exactly 100 are sold.

Usage: rush_test.py KONTOR sqlite|postgres [ROUNDS]
"""

import time

from crowd import ask_all, request
from records import faults_in
from rig import put_stock, run, sold_by_the_piece
from shoppers import ADDRESSES, Api

BUYERS, PIECES = 500, 100
CONNECTIONS = 50     # While carts are made ready.
ATTEMPTS_MAX = 20    # Of a buyer who was told to come again.


def ready_carts(port, sku):
    """A cart for each buyer, with one piece."""
    def all_do(make):
        answers = ask_all(port, [make(cart) for cart in carts], CONNECTIONS)
        return [answer.json() for answer in answers if answer.status < 300]

    carts = [{}] * BUYERS
    carts = all_do(lambda _: request("POST", "/shop/de/carts", {"lines": [{"sku": sku}]}))
    tokens = [cart["token"] for cart in carts]
    for what, body in (("addresses", ADDRESSES), ("delivery", {"method": "standard"}),
                       ("payment", {"method": "prepayment"})):
        for cart, token in zip(carts, tokens):
            cart["token"] = token
        carts = all_do(lambda cart, what=what, body=body: request(
            "PUT", f"/shop/de/carts/{cart['id']}/{what}", body, cart["token"]))
    return [{**cart, "token": token} for cart, token in zip(carts, tokens)]


def order(cart):
    return request("POST", "/shop/de/orders",
                   {"cart_id": cart["id"], "cart_version": cart["version"]}, cart["token"],
                   key=f"rush-{cart['id']}")


def everybody_buys(port, carts):
    """The orders, and what those who got none were told."""
    orders, refusals = [], []
    for _ in range(ATTEMPTS_MAX):
        answers = ask_all(port, [order(cart) for cart in carts], len(carts))
        again = []
        for cart, answer in zip(carts, answers):
            if answer.status == 201:
                orders.append(answer.json())
            elif answer.status >= 500 or answer.code == "in_progress":
                again.append(cart)
            else:
                refusals.append(answer.code)
        if not again:
            return orders, refusals
        carts = again
    raise AssertionError(f"{len(carts)} buyers were told to come again {ATTEMPTS_MAX} times")


def allocated(rig, sku):
    """Pieces that orders hold, once all that follows from the orders is done; and the reserved."""
    query = f"SELECT SUM(allocated), SUM(reserved) FROM stock WHERE sku = '{sku}'"
    for _ in range(500):
        (held, reserved), = rig.storage.rows("inventory", query)
        if reserved == 0:
            break
        time.sleep(0.02)
    return held / 1000, reserved / 1000


def rush(rig, sku, before, pieces):
    """Faults of one round, and its orders. `before`: pieces that earlier orders hold."""
    put_stock(Api(rig.shop.port), sku, str(before + pieces))
    orders, refusals = everybody_buys(rig.shop.port, ready_carts(rig.shop.port, sku))
    faults = []
    if len(orders) != PIECES or refusals != ["out_of_stock"] * (BUYERS - PIECES):
        told = {code: refusals.count(code) for code in refusals}
        faults.append(f"{sku}: {len(orders)} of {PIECES} were sold, the others were told {told}")
    held, reserved = allocated(rig, sku)
    if (held, reserved) != (before + PIECES, 0):
        faults.append(f"{sku}: orders hold {held} of {before + PIECES}, {reserved} are reserved")
    return faults, orders


def work(rig, rounds):
    skus = sold_by_the_piece(Api(rig.shop.port))
    rig.choose.shuffle(skus)
    violated, last = skus.pop(), skus[0]
    faults, orders, began = [], [], time.monotonic()
    for number in range(rounds):
        last = skus[number % len(skus)]
        found, sold = rush(rig, last, PIECES * (number // len(skus)), PIECES)
        faults += found
        orders += sold
    print(f"{rounds} rounds of {BUYERS} buyers: {len(orders)} orders in "
          f"{time.monotonic() - began:.0f} s, the carts included")
    found, sold = rush(rig, violated, 0, PIECES + 1)
    orders += sold
    if not found:
        faults.append("nobody noticed that one piece too many was sold")
    rig.shop.stop()
    return faults + faults_in(rig.storage, orders)


run(work, count=2)
