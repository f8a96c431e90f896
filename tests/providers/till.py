"""Kontor's payments and the provider simulator, as processes of their own."""

import http.client
import json
import pathlib
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "faults"))

from processes import STAFF_TOKEN, Shop  # noqa: E402

INTERNAL_TOKEN = "internal-" + "7c31" * 8
SECRET_KEY = "sk_test_simulated"
WEBHOOK_SECRET = "whsec_simulated"
NOT_NOW = {409: {"in_progress"}, 503: {"unavailable"}, 504: {"deadline_exceeded"}}

# What goes wrong in each round; the last also kills Kontor.
MISBEHAVIOURS = {
    "nothing": {},
    "slow": {"slow": 0.5, "slow_ms": 1500},
    "answers twice": {"answer_twice": 0.5},
    "loses answers": {"lose": 0.4, "lose_before": 0.1},
    "fails": {"fail": 0.4},
    "webhooks late, twice, out of order": {"webhook_late_ms": 1500, "webhook_twice": 0.5},
    "webhooks lost": {"webhook_lost": 1.0},
    "everything, and Kontor is killed": {
        "slow": 0.1, "slow_ms": 1500, "answer_twice": 0.1, "lose": 0.15, "lose_before": 0.05,
        "fail": 0.15, "webhook_late_ms": 1000, "webhook_twice": 0.3, "webhook_lost": 0.3},
}


class Refused(Exception):
    def __init__(self, status, problem):
        super().__init__(f"{status} {problem}")
        self.status = status
        self.code = problem.get("code")


def asked(url, body=None, headers=(), timeout=20):
    """The JSON that `url` answers; raises Refused, and OSError where nothing comes."""
    request = urllib.request.Request(url, None if body is None else json.dumps(body).encode(),
                                     {"Content-Type": "application/json", **dict(headers)})
    try:
        with urllib.request.urlopen(request, timeout=timeout) as answer:
            return json.loads(answer.read())
    except urllib.error.HTTPError as refusal:
        raise Refused(refusal.code, json.loads(refusal.read() or b"{}")) from None
    except http.client.HTTPException as broken:
        raise OSError(str(broken)) from None


class Simulator:
    def __init__(self):
        self.process = subprocess.Popen([sys.executable, "-B", HERE / "stripe_simulator.py"],
                                        stdout=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().strip()

    def misbehave(self, **how):
        asked(f"{self.url}/control/misbehave", how)

    def state(self):
        return asked(f"{self.url}/control/state")

    def visit(self, page, pays):
        """What a shopper does there; where they are sent afterwards, or nothing."""
        target = urllib.parse.urlsplit(page)
        connection = http.client.HTTPConnection(target.netloc, timeout=20)
        connection.request("POST", target.path,
                           urllib.parse.urlencode({"outcome": "pays" if pays else "fails"}))
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer.headers.get("Location")

    def stop(self):
        self.process.kill()
        self.process.wait()


def settings(simulator):
    """What makes the simulator Kontor's provider."""
    return {"KONTOR_PAYMENTS_STRIPE_URL": simulator.url,
            "KONTOR_PAYMENTS_STRIPE_METHOD": "card",
            "KONTOR_PAYMENTS_STRIPE_SECRET_KEY": SECRET_KEY,
            "KONTOR_PAYMENTS_STRIPE_WEBHOOK_SECRET": WEBHOOK_SECRET}


def cents(money):
    return int(money["amount"].replace(".", ""))


def kill_now_and_then(shop, over, chance):
    """Until `over` is set; how often."""
    kills = 0
    while not over.wait(chance.uniform(1.0, 3.0)):
        shop.kill()
        shop.start()
        shop.first_answer("/readyz")
        kills += 1
    return kills


class Till(Shop):
    """`kontor serve` with the simulator as its provider, asked as the orders service would."""

    def __init__(self, kontor, storage, folder, simulator):
        super().__init__(kontor, storage, folder)
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment |= {"KONTOR_SERVE_INTERNAL_TOKEN": INTERNAL_TOKEN, **settings(simulator)}

    def begin(self):
        self.start()
        self.first_answer("/readyz")

    def call(self, operation, deadline_ms=5000, **request):
        return asked(f"{self.url}/internal/payments/{operation}", request,
                     {"Authorization": f"Bearer {INTERNAL_TOKEN}",
                      "Kontor-Deadline-Ms": str(deadline_ms)})

    def admin(self, path):
        return asked(f"{self.url}/admin/{path}", None, {"Authorization": f"Bearer {STAFF_TOKEN}"})
