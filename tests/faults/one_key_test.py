#!/usr/bin/env python3
"""One Idempotency-Key, sent 1,000 times at once over 50 connections: one effect, one answer to the
byte. With another body it is refused.

Usage: one_key_test.py KONTOR sqlite|postgres [KEYS]
"""

import json
import uuid

from crowd import ask_all, request
from rig import run, stocked_up
from shoppers import ADDRESSES, Api

TIMES, CONNECTIONS = 1000, 50
ASKED_AGAIN_MAX = 5


def new_cart(api, sku, ready):
    def must(status, answer):
        if status >= 300:
            raise AssertionError(f"{status}: {answer!r}")
        return json.loads(answer)

    cart = must(*api.ask("POST", "/shop/de/carts", {"lines": [{"sku": sku}]}))
    token, one = cart["token"], f"/shop/de/carts/{cart['id']}"
    if ready:
        must(*api.ask("PUT", f"{one}/addresses", ADDRESSES, token))
        must(*api.ask("PUT", f"{one}/delivery", {"method": "standard"}, token))
        cart = must(*api.ask("PUT", f"{one}/payment", {"method": "prepayment"}, token))
    return {**cart, "token": token}


def storm(port, path, body, token, keys):
    """What is wrong with the answers to as many requests as there are keys; the first of them."""
    requests = [request("POST", path, body, token, key) for key in keys]
    answers = ask_all(port, requests, CONNECTIONS)
    for _ in range(ASKED_AGAIN_MAX):
        # On a slow machine some come too late; that is told, and whoever is told asks again.
        late = [number for number, answer in enumerate(answers) if answer.status == 504]
        if not late:
            break
        again = ask_all(port, [requests[number] for number in late], CONNECTIONS)
        for number, answer in zip(late, again):
            answers[number] = answer
    different = {(answer.status, answer.body) for answer in answers}
    faults = [f"{path}: {len(different)} different answers"] if len(different) > 1 else []
    faults += [f"{path}: {answer.status} {answer.body!r}" for answer in answers
               if answer.status >= 300][:3]
    return faults, answers[0]


def other_body_is_refused(port, path, body, token, key):
    answer, = ask_all(port, [request("POST", path, body, token, key)], 1)
    said = (answer.status, answer.code)
    return [] if said == (422, "idempotency_key_reused") else [f"{path}, another body: {said}"]


def a_line(rig, api, sku, keys):
    """Adds one piece under all `keys`; it must be one more than before."""
    cart = new_cart(api, sku, ready=False)
    path, body = f"/shop/de/carts/{cart['id']}/lines", {"sku": sku, "quantity": "1"}
    faults, _ = storm(rig.shop.port, path, body, cart["token"], keys)
    _, shown = api.ask("GET", f"/shop/de/carts/{cart['id']}", token=cart["token"])
    pieces = json.loads(shown)["lines"][0]["quantity"]
    if pieces != "2":
        faults.append(f"{path}: {pieces} pieces instead of 2")
    return faults + other_body_is_refused(rig.shop.port, path, {"sku": sku, "quantity": "7"},
                                          cart["token"], keys[0])


def an_order(rig, api, sku, key):
    cart = new_cart(api, sku, ready=True)
    body = {"cart_id": cart["id"], "cart_version": cart["version"]}
    faults, answer = storm(rig.shop.port, "/shop/de/orders", body, cart["token"], [key] * TIMES)
    id = answer.json().get("id")
    events = rig.storage.rows("orders", f"SELECT COUNT(*) FROM outbox WHERE aggregate = '{id}' "
                                        "AND type = 'orders.order-placed'")
    if events != [(1,)]:
        faults.append(f"order {id} was published {events} times")
    other = {**body, "cart_version": cart["version"] + 1}
    return faults + other_body_is_refused(rig.shop.port, "/shop/de/orders", other, cart["token"],
                                          key)


def work(rig, count):
    api = Api(rig.shop.port)
    skus, _, _ = stocked_up(api, rig.choose)
    sku, faults = skus[1], []
    for _ in range(count):
        faults += a_line(rig, api, sku, [str(uuid.uuid4())] * TIMES)
        faults += an_order(rig, api, sku, str(uuid.uuid4()))
    if not a_line(rig, api, sku, [str(uuid.uuid4()) for _ in range(TIMES)]):
        faults.append("nobody noticed that 1,000 keys had 1,000 effects")
    rig.shop.stop()
    return faults


run(work, count=1)
