"""What must hold in the records however often everything was killed: read with SQL of its own."""

import json

from processes import SERVICES

# Each names what is wrong, one row a fault.
FAULTS = {
    "inventory": [
        ("reserved is not the sum of the open reservations", """
            SELECT sku, location, reserved FROM stock
             WHERE reserved <> (SELECT COALESCE(SUM(quantity - released - shipped), 0)
                                  FROM reservation_lines JOIN reservations ON id = reservation
                                 WHERE cell = stock.id AND status = 'held')"""),
        ("allocated is not the sum of what orders hold", """
            SELECT sku, location, allocated FROM stock
             WHERE allocated <> (SELECT COALESCE(SUM(quantity - released - shipped), 0)
                                   FROM reservation_lines JOIN reservations ON id = reservation
                                  WHERE cell = stock.id AND status = 'allocated')"""),
        ("a counter is not the sum of its movements", """
            SELECT sku, location FROM stock
             WHERE (on_hand, reserved, allocated) <>
                   (SELECT SUM(m.on_hand), SUM(m.reserved), SUM(m.allocated)
                      FROM movements m WHERE m.cell = stock.id)"""),
        ("more was promised than there is", """
            SELECT sku, location FROM stock WHERE on_hand - reserved - allocated - safety < 0"""),
        ("an order holds stock twice", """
            SELECT bound_to FROM reservations WHERE status = 'allocated'
             GROUP BY bound_to HAVING COUNT(*) > 1"""),
    ],
    "orders": [
        ("a cart became two orders", """
            SELECT cart FROM orders GROUP BY cart HAVING COUNT(*) > 1"""),
        ("an order was not published exactly once", """
            SELECT COUNT(*), (SELECT COUNT(*) FROM outbox WHERE type = 'orders.order-placed')
              FROM orders
            HAVING COUNT(*) <> (SELECT COUNT(DISTINCT aggregate) FROM outbox)
                OR COUNT(*) <> (SELECT COUNT(*) FROM outbox)"""),
    ],
}


def quantity(text):
    """Thousandths, as records count them."""
    whole, _, part = text.partition(".")
    return int(whole) * 1000 + int(part.ljust(3, "0") or 0)


def minor(money):
    return int(money["amount"].replace(".", ""))


def faults_in(storage, orders):
    """Everything that is wrong. `orders`: as the shoppers got them, all that there may be."""
    found = storage.damage()
    for service, questions in FAULTS.items():
        for what, query in questions:
            found += [f"{service}: {what}: {row}" for row in storage.rows(service, query)]
    for service in SERVICES:
        dead = "SELECT consumer, stream, sequence, error FROM dead_letters"
        found += [f"{service}: dead letter {row}" for row in storage.rows(service, dead)]
    return found + _faults_of_orders(storage, {order["id"]: order for order in orders})


def _faults_of_orders(storage, orders):
    kept = {document["id"]: document for document in
            (json.loads(text) for text, in storage.rows("orders", "SELECT document FROM orders"))}
    found = [f"order {missing} is not in the records" for missing in orders.keys() - kept.keys()]
    found += [f"nobody ordered {stray}" for stray in kept.keys() - orders.keys()]
    payments = dict(storage.rows("payments", "SELECT order_id, amount FROM payments"))
    closed = dict(storage.rows("carts", "SELECT order_id, id FROM carts WHERE status = 'ordered'"))
    held = {}
    for order, sku, amount in storage.rows("inventory", """
            SELECT bound_to, sku, quantity
              FROM reservations
              JOIN reservation_lines ON reservation = reservations.id
              JOIN stock ON stock.id = cell
             WHERE status = 'allocated'"""):
        held.setdefault(order, {})[sku] = amount
    for name, order in orders.items():
        lines = {line["sku"]: quantity(line["quantity"]) for line in order["lines"]}
        for what, recorded, promised in (
                ("document", kept.get(name), order),
                ("payment", payments.get(name), minor(order["total"]["gross"])),
                ("stock", held.get(name), lines),
                ("cart", name in closed, True)):
            if recorded != promised:
                found.append(f"{what} of order {name} is {recorded}, not {promised}")
    return found
