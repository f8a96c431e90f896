"""What Stripe tells by itself: signed events, and every way in which they arrive otherwise than sent."""

import copy
import hashlib
import hmac
import itertools
import json
import random
import threading
import time
import urllib.error
import urllib.request

TRIES = 8


def signature(payload, secret, at=None):
    """The header Stripe-Signature. https://docs.stripe.com/webhooks#verify-manually"""
    at = int(time.time()) if at is None else at
    digest = hmac.new(secret.encode(), f"{at}.{payload}".encode(), hashlib.sha256).hexdigest()
    return f"t={at},v1={digest}"


class Webhooks:
    """Sends events to `url`. `late_ms`: each waits a random time up to that, which also changes their
    order; `twice`: the share that is sent again; `lost`: the share that never comes."""

    def __init__(self, seed):
        self.url = None
        self.secret = ""
        self.late_ms = 0
        self.twice = 0.0
        self.lost = 0.0
        self.sent = 0
        self.refused = []
        self.events = {}
        self.numbers = itertools.count(1)
        self.chance = random.Random(seed)
        self.api_version = "2024-06-20"

    def emit(self, kind, thing):
        event = {"id": f"evt_Sim{next(self.numbers):020d}", "object": "event",
                 "api_version": self.api_version, "created": int(time.time()), "type": kind,
                 "data": {"object": copy.deepcopy(thing)}, "livemode": False,
                 "pending_webhooks": 1, "request": {"id": None, "idempotency_key": None}}
        self.events[event["id"]] = event
        if self.url is None or self.chance.random() < self.lost:
            return
        for _ in range(2 if self.chance.random() < self.twice else 1):
            delay = self.chance.uniform(0, self.late_ms) / 1000
            threading.Thread(target=self._send, args=(event, delay), daemon=True).start()

    def _send(self, event, delay):
        payload = json.dumps(event)
        for attempt in range(TRIES):
            time.sleep(delay)
            request = urllib.request.Request(
                self.url, payload.encode(), method="POST",
                headers={"Content-Type": "application/json",
                         "Stripe-Signature": signature(payload, self.secret)})
            try:
                with urllib.request.urlopen(request, timeout=20) as answer:
                    answer.read()
                    self.sent += 1
                    return
            except urllib.error.HTTPError as refusal:
                self.refused.append(f"{event['type']}: {refusal.code}: {refusal.read().decode()}")
            except OSError as broken:
                self.refused.append(f"{event['type']}: {broken}")
            delay = 0.2 * 2 ** attempt
