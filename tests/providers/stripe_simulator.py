"""A payment provider that speaks Stripe's HTTP API, and misbehaves as it is told.

    python3 stripe_simulator.py [PORT]

prints the URL that it listens on. Beside the API (/v1/...) and the page where shoppers pay or fail
(/pay/...) it has a control: POST /control/misbehave sets what goes wrong, GET /control/state says
what money moved. Misbehaviours are shares of the requests that change something, from 0 to 1:

    slow          the answer waits `slow_ms`
    fail          500, and nothing is done
    lose          it is done, and the connection breaks instead of an answer
    lose_before   nothing is done, and the connection breaks
    answer_twice  the answer comes twice on the connection

and of webhooks: `webhook_late_ms`, `webhook_twice`, `webhook_lost`.
"""

import hashlib
import http.server
import json
import random
import re
import sys
import threading
import time
import urllib.parse

from stripe_model import ApiError, Model
from stripe_webhooks import Webhooks

PAGE = """<!doctype html><title>Pay {amount} {currency}</title>
<form method="post"><button name="outcome" value="pays">Pay</button>
<button name="outcome" value="fails">Fail</button></form>"""


def nested(pairs):
    """`a[b][0]=c` as {"a": {"b": {"0": "c"}}}."""
    params = {}
    for name, value in pairs:
        keys = re.findall(r"[^\[\]]+", name)
        place = params
        for key in keys[:-1]:
            place = place.setdefault(key, {})
        place[keys[-1]] = value
    return params


class Simulator(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, port, seed=1):
        super().__init__(("127.0.0.1", port), Handler)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.lock = threading.RLock()
        self.webhooks = Webhooks(seed)
        self.model = Model(self.url, self.webhooks.emit)
        self.chance = random.Random(seed)
        self.misbehaviour = {}
        self.counts = {}
        self.requests = []
        self.keys = {}  # of Idempotency-Key: [fingerprint, status, body], the last two once it is done

    def handle_error(self, request, client_address):
        """A caller that has gone while it was kept waiting is what these tests are about."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    def hit(self, kind):
        with self.lock:
            if self.chance.random() >= self.misbehaviour.get(kind, 0):
                return False
            self.counts[kind] = self.counts.get(kind, 0) + 1
            return True

    def run(self, method, path, params):
        """One request of the API: its status and answer."""
        with self.lock:
            try:
                return 200, self._route(method, path, params)
            except ApiError as error:
                return error.status, error.body

    def _route(self, method, path, params):
        model = self.model
        parts = path.strip("/").split("/")
        match (method, parts):
            case "POST", ["v1", "payment_intents"]:
                return model.create(params)
            case "GET", ["v1", "payment_intents", name]:
                return model.intent(name)
            case "POST", ["v1", "payment_intents", name, "confirm"]:
                return model.confirm(name, params)
            case "POST", ["v1", "payment_intents", name, "capture"]:
                return model.capture(name, params)
            case "POST", ["v1", "payment_intents", name, "cancel"]:
                return model.cancel(name, params)
            case "POST", ["v1", "refunds"]:
                return model.refund(params)
            case "GET", ["v1", "refunds", name]:
                return model.refund_of(name)
            case "GET", ["v1", "events", name] if name in self.webhooks.events:
                return self.webhooks.events[name]
        raise ApiError(404, "invalid_request_error", "resource_missing",
                       f"Unrecognized request URL ({method}: {path}).")

    def once(self, key, fingerprint, run):
        """Under an idempotency key: the first answer again, whatever it was."""
        with self.lock:
            known = self.keys.get(key)
            if known is None:
                known = self.keys[key] = [fingerprint, None, None]
            elif known[0] != fingerprint:
                return 400, {"error": {
                    "type": "idempotency_error", "message": "Keys for idempotent requests can only "
                    "be used with the same parameters they were first used with."}}, False
            elif known[1] is None:
                return 409, {"error": {
                    "type": "invalid_request_error", "code": "idempotency_key_in_use",
                    "message": "There is currently another in-progress request using this key."}}, False
            else:
                return known[1], known[2], True
        status, answer = run()
        # As it is now: a later change of the object does not change the answer that was given.
        known[1:] = [status, json.loads(json.dumps(answer))]
        return status, answer, False

    def misbehave(self, wanted):
        self.misbehaviour = {name: value for name, value in wanted.items()
                             if not name.startswith("webhook_")}
        hooks = self.webhooks
        hooks.url = wanted.get("webhook_url", hooks.url)
        hooks.secret = wanted.get("webhook_secret", hooks.secret)
        hooks.late_ms = wanted.get("webhook_late_ms", 0)
        hooks.twice = wanted.get("webhook_twice", 0)
        hooks.lost = wanted.get("webhook_lost", 0)

    def state(self):
        with self.lock:
            return {"orders": self.model.totals(), "counts": dict(self.counts),
                    "webhooks_sent": self.webhooks.sent, "webhooks_refused": self.webhooks.refused,
                    "requests": len(self.requests)}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def _answer(self, status, body, kind="application/json", times=1, headers=()):
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        for _ in range(times):
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            for name, value in headers:
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

    def _body(self):
        return self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()

    def do_GET(self):
        path = urllib.parse.urlsplit(self.path).path
        if path == "/control/state":
            return self._answer(200, self.server.state())
        if path == "/control/requests":
            return self._answer(200, self.server.requests)
        if path.startswith("/pay/"):
            intent = self.server.model.intents.get(path.removeprefix("/pay/"))
            if intent is None:
                return self._answer(404, b"no such payment", "text/plain")
            return self._answer(200, PAGE.format(**intent).encode(), "text/html")
        return self._api("GET", path, "")

    def do_POST(self):
        path = urllib.parse.urlsplit(self.path).path
        body = self._body()
        if path == "/control/misbehave":
            self.server.misbehave(json.loads(body))
            return self._answer(200, {"done": True})
        if path.startswith("/pay/"):
            return self._pay(path.removeprefix("/pay/"), body)
        return self._api("POST", path, body)

    def _pay(self, name, body):
        pays = dict(urllib.parse.parse_qsl(body)).get("outcome") == "pays"
        with self.server.lock:
            back = self.server.model.settle(name, pays)
        if back is None:
            return self._answer(409, b"this payment waits for nobody", "text/plain")
        query = urllib.parse.urlencode({"payment_intent": name,
                                        "redirect_status": "succeeded" if pays else "failed"})
        return self._answer(303, b"", "text/plain",
                            headers=[("Location", f"{back}{'&' if '?' in back else '?'}{query}")])

    def _api(self, method, path, body):
        server = self.server
        authorization = self.headers.get("Authorization", "")
        server.requests.append({"method": method, "path": path, "body": body,
                                "headers": {name.lower(): value for name, value in
                                            self.headers.items() if name != "Authorization"}})
        if not authorization.startswith(("Bearer sk_", "Bearer rk_")):
            return self._answer(401, {"error": {"type": "invalid_request_error",
                                                "message": "You did not provide an API key."}})
        changes = method == "POST"
        if changes and server.hit("lose_before"):
            self.close_connection = True
            return None
        if changes and server.hit("fail"):
            return self._answer(500, {"error": {"type": "api_error", "message": "Try again."}})
        pairs = urllib.parse.parse_qsl(body or urllib.parse.urlsplit(self.path).query,
                                       keep_blank_values=True)
        key = self.headers.get("Idempotency-Key")
        fingerprint = hashlib.sha256(f"{path}\n{body}".encode()).hexdigest()

        def run():
            return server.run(method, path, nested(pairs))

        status, answer, replayed = (server.once(key, fingerprint, run) if changes and key
                                    else (*run(), False))
        if changes and server.hit("lose"):
            self.close_connection = True
            return None
        if changes and server.hit("slow"):
            time.sleep(server.misbehaviour.get("slow_ms", 0) / 1000)
        headers = [("Request-Id", "req_simulated"), ("Stripe-Version", server.webhooks.api_version)]
        if key:
            headers += [("Idempotency-Key", key)]
        if replayed:
            headers += [("Idempotent-Replayed", "true")]
        return self._answer(status, answer, headers=headers,
                            times=2 if changes and server.hit("answer_twice") else 1)


def main():
    simulator = Simulator(int(sys.argv[1]) if len(sys.argv) > 1 else 0)
    print(simulator.url, flush=True)
    simulator.serve_forever()


if __name__ == "__main__":
    main()
