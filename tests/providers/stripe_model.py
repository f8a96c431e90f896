"""What Stripe keeps of payments: PaymentIntents, their captures and Refunds, in the shapes of its API."""

import itertools
import time

RANDOM_PART = "Sim{:020d}"


class ApiError(Exception):
    """An answer that is an error. https://docs.stripe.com/api/errors"""

    def __init__(self, status, kind, code, message, **more):
        super().__init__(message)
        self.status = status
        self.body = {"error": {"type": kind, "code": code, "message": message, **more}}


def invalid(code, message, param=None, **more):
    return ApiError(400, "invalid_request_error", code, message, param=param, **more)


def missing(kind, name):
    return ApiError(404, "invalid_request_error", "resource_missing", f"No such {kind}: '{name}'")


def positive(params, name):
    text = params.get(name)
    if text is None:
        raise invalid("parameter_missing", f"Missing required param: {name}.", name)
    if not str(text).isdigit() or int(text) == 0:
        raise invalid("parameter_invalid_integer", f"Invalid integer: {text}", name)
    return int(text)


class Model:
    """The state of one account. Its caller holds a lock. `emit(type, object)` is told what happens."""

    def __init__(self, base_url, emit):
        self.base_url = base_url
        self.emit = emit
        self.numbers = itertools.count(1)
        self.intents = {}
        self.refunds = {}
        self.captures = []  # (intent, amount) each: what money really moved

    def _id(self, prefix):
        return f"{prefix}_" + RANDOM_PART.format(next(self.numbers))

    def create(self, params):
        amount = positive(params, "amount")
        kinds = list(params.get("payment_method_types", {"0": "card"}).values())
        intent = {
            "id": self._id("pi"), "object": "payment_intent", "amount": amount,
            "amount_capturable": 0, "amount_received": 0, "currency": params["currency"],
            "canceled_at": None, "cancellation_reason": None,
            "capture_method": params.get("capture_method", "automatic"),
            "confirmation_method": "automatic", "created": int(time.time()),
            "last_payment_error": None, "latest_charge": None, "livemode": False,
            "metadata": params.get("metadata", {}), "next_action": None, "payment_method": None,
            "payment_method_options": params.get("payment_method_options", {}),
            "payment_method_types": kinds, "status": "requires_payment_method"}
        intent["client_secret"] = intent["id"] + "_secret_simulated"
        self.intents[intent["id"]] = intent
        self.emit("payment_intent.created", intent)
        if params.get("confirm") == "true":
            self.confirm(intent["id"], params)
        return intent

    def intent(self, name):
        if name not in self.intents:
            raise missing("payment_intent", name)
        return self.intents[name]

    def _expect(self, intent, *statuses):
        if intent["status"] not in statuses:
            raise invalid("payment_intent_unexpected_state",
                          f"This PaymentIntent's status is {intent['status']}; it must be one of "
                          f"{', '.join(statuses)}.", payment_intent=intent)

    def confirm(self, name, params):
        intent = self.intent(name)
        self._expect(intent, "requires_payment_method", "requires_confirmation")
        data = params.get("payment_method_data", {})
        if "card" in data:
            raise ApiError(402, "card_error", "card_declined", "No card may come this way.")
        if "return_url" not in params:
            raise invalid("parameter_missing", "A return_url must be specified.", "return_url")
        intent["payment_method"] = self._id("pm")
        intent["last_payment_error"] = None
        intent["status"] = "requires_action"
        intent["next_action"] = {
            "type": "redirect_to_url",
            "redirect_to_url": {"url": f"{self.base_url}/pay/{intent['id']}",
                                "return_url": params["return_url"]}}
        self.emit("payment_intent.requires_action", intent)
        return intent

    def settle(self, name, pays):
        """What the shopper did on the hosted page; where they go from there."""
        intent = self.intent(name)
        if intent["status"] != "requires_action":
            return None
        back = intent["next_action"]["redirect_to_url"]["return_url"]
        intent["next_action"] = None
        if not pays:
            intent["status"] = "requires_payment_method"
            intent["last_payment_error"] = {
                "type": "card_error", "code": "card_declined", "decline_code": "insufficient_funds",
                "message": "Your card has insufficient funds."}
            self.emit("payment_intent.payment_failed", intent)
            return back
        intent["latest_charge"] = self._id("ch")
        if intent["capture_method"] == "manual":
            intent["status"] = "requires_capture"
            intent["amount_capturable"] = intent["amount"]
            self.emit("payment_intent.amount_capturable_updated", intent)
        else:
            intent["amount_capturable"] = intent["amount"]
            self._take(intent, intent["amount"], last=True)
        return back

    def _take(self, intent, amount, last):
        self.captures.append((intent["id"], amount))
        intent["amount_received"] += amount
        intent["amount_capturable"] -= amount
        if last or intent["amount_capturable"] == 0:
            intent["amount_capturable"] = 0
            intent["status"] = "succeeded"
            self.emit("payment_intent.succeeded", intent)
        else:
            self.emit("payment_intent.amount_capturable_updated", intent)

    def capture(self, name, params):
        intent = self.intent(name)
        self._expect(intent, "requires_capture")
        amount = (positive(params, "amount_to_capture") if "amount_to_capture" in params
                  else intent["amount_capturable"])
        if amount > intent["amount_capturable"]:
            raise invalid("amount_too_large", f"The payment could not be captured because the "
                          f"requested capture amount is greater than {intent['amount_capturable']}.",
                          "amount_to_capture")
        options = intent["payment_method_options"].get("card", {})
        several = options.get("request_multicapture") == "if_available"
        if "final_capture" in params and not several:
            raise invalid("parameter_unknown", "final_capture needs multicapture.", "final_capture")
        self._take(intent, amount, last=not several or params.get("final_capture", "true") == "true")
        return intent

    def cancel(self, name, params):
        intent = self.intent(name)
        self._expect(intent, "requires_payment_method", "requires_capture", "requires_confirmation",
                     "requires_action", "processing")
        intent.update(status="canceled", amount_capturable=0, next_action=None,
                      canceled_at=int(time.time()),
                      cancellation_reason=params.get("cancellation_reason"))
        self.emit("payment_intent.canceled", intent)
        return intent

    def refund(self, params):
        intent = self.intent(params.get("payment_intent", ""))
        left = intent["amount_received"] - sum(
            one["amount"] for one in self.refunds.values()
            if one["payment_intent"] == intent["id"] and one["status"] != "failed")
        amount = positive(params, "amount") if "amount" in params else left
        if amount > left or left == 0:
            raise invalid("charge_already_refunded" if left == 0 else "amount_too_large",
                          f"Refund amount is greater than unrefunded amount {left}.", "amount")
        refund = {"id": self._id("re"), "object": "refund", "amount": amount,
                  "charge": intent["latest_charge"], "created": int(time.time()),
                  "currency": intent["currency"], "metadata": params.get("metadata", {}),
                  "payment_intent": intent["id"], "reason": params.get("reason"),
                  "status": "succeeded"}
        self.refunds[refund["id"]] = refund
        self.emit("refund.created", refund)
        return refund

    def refund_of(self, name):
        if name not in self.refunds:
            raise missing("refund", name)
        return self.refunds[name]

    def totals(self):
        """What money moved, by our own names for payments."""
        totals = {}
        for intent in self.intents.values():
            order = intent["metadata"].get("order", "")
            entry = totals.setdefault(order, {"intents": [], "captured": 0, "refunded": 0})
            entry["intents"].append({"id": intent["id"], "status": intent["status"]})
            entry["captured"] += sum(amount for name, amount in self.captures
                                     if name == intent["id"])
            entry["refunded"] += sum(one["amount"] for one in self.refunds.values()
                                     if one["payment_intent"] == intent["id"])
        return totals
