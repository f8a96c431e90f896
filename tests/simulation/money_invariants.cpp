#include "simulation/invariants.hpp"

namespace kontor::simulation {

namespace {

constexpr sql::Statement all_payments{"check.payments", R"sql(
    SELECT order_id, status, amount, captured, refunded, received,
           COALESCE(intent, '') AS intent
      FROM payments
     ORDER BY id
)sql"};

constexpr sql::Statement unfinished_operations{"check.operations", R"sql(
    SELECT kind || ' ' || key || ' of payment ' || payment FROM operations WHERE status = 'recorded'
)sql"};

constexpr sql::Statement postings{"check.postings", R"sql(
    SELECT account, SUM(amount)
      FROM (SELECT debit AS account, amount FROM postings
             UNION ALL
            SELECT credit, -amount FROM postings)
     GROUP BY account
)sql"};

constexpr sql::Statement open_checkouts{"check.checkouts", R"sql(
    SELECT document FROM checkouts WHERE is_open = 1
)sql"};

struct Paid {
    std::string key;
    std::string status;
    std::int64_t amount;
    std::int64_t captured;
    std::int64_t refunded;
    std::int64_t received;
    std::string intent;

    bool alive() const { return status != "cancelled" && status != "failed"; }
    /// A payment's key is the order's id, and from the second attempt on a number behind it.
    std::string order() const { return key.substr(0, key.find('.')); }
};

class MoneyCheck : public Findings {
public:
    MoneyCheck(const Books& books, const CardProvider& provider)
        : books_(books), provider_(provider) {
        using Row = std::tuple<std::string, std::string, std::int64_t, std::int64_t, std::int64_t,
                               std::int64_t, std::string>;
        for (auto& row : books.payments.rows<Row>(all_payments)) {
            payments_.push_back(std::make_from_tuple<Paid>(std::move(row)));
        }
    }

    /// An order is paid by one payment of its amount, and what was captured and paid back of it is
    /// what its invoices and refunds say; a payment without order took nothing.
    void of_orders() {
        std::map<std::string, std::vector<const Paid*>> by_order;
        for (const auto& payment : payments_) {
            by_order[payment.order()].push_back(&payment);
        }
        for (const auto& order : recorded_orders(books_)) {
            of_order(order, by_order[to_text(order.id)]);
            by_order.erase(to_text(order.id));
        }
        for (const auto& [order, attempts] : by_order) {
            for (const auto* payment : attempts) {
                if (payment->alive() || payment->captured > 0) {
                    fault("payment {} ({}) is of no order", payment->key, payment->status);
                }
            }
        }
    }

    /// What the provider says it did is what the books say, and nobody is charged twice.
    void of_provider() {
        std::map<std::string, const Paid*> by_intent;
        for (const auto& payment : payments_) {
            by_intent[payment.intent] = &payment;
        }
        std::map<std::string, int> charged;
        for (const auto& [id, intent] : provider_.intents()) {
            const auto known = by_intent.find(id);
            if (known == by_intent.end()) {
                fault("the provider has {} ({}), which the books do not", id, intent.status);
                continue;
            }
            const auto& payment = *known->second;
            if (intent.received != payment.captured || intent.refunded != payment.refunded) {
                fault("{}: the provider took {} and gave back {}, the books say {} and {}", id,
                      intent.received, intent.refunded, payment.captured, payment.refunded);
            }
            if (!payment.alive() && intent.capturable > 0) {
                fault("{}: {} stay blocked on the card, its payment is {}", id, intent.capturable,
                      payment.status);
            }
            if (intent.received > 0 && ++charged[payment.order()] > 1) {
                fault("order {} was charged twice", payment.order());
            }
        }
    }

    /// The ledger's sums are those of the payments.
    void of_ledger() {
        std::map<std::string, std::int64_t> balances;
        for (const auto& [account, sum] :
             books_.payments.rows<std::tuple<std::string, std::int64_t>>(postings)) {
            balances[account] = sum;
        }
        std::int64_t captured = 0;
        std::int64_t refunded = 0;
        std::int64_t received = 0;
        for (const auto& payment : payments_) {
            captured += payment.captured;
            refunded += payment.refunded;
            received += payment.received;
        }
        // What came too early or too late for its payment lies on the account for it.
        const auto matched = balances["bank"] + balances["unmatched"];
        if (-balances["sales"] != captured || balances["refunds"] != refunded ||
            matched != received) {
            fault("the ledger says {} sold, {} given back, {} received; the payments {}, {}, {}",
                  -balances["sales"], balances["refunds"], matched, captured, refunded, received);
        }
    }

    void nothing_is_unfinished() {
        for (const auto& operation : books_.payments.rows<std::string>(unfinished_operations)) {
            fault("not finished: {}", operation);
        }
        for (const auto& checkout : books_.orders.rows<std::string>(open_checkouts)) {
            fault("a checkout has not ended: {}", checkout);
        }
    }

private:
    void of_order(const orders::Order& order, const std::vector<const Paid*>& attempts) {
        std::int64_t captured = 0;
        std::int64_t refunded = 0;
        std::vector<std::int64_t> alive;
        for (const auto* payment : attempts) {
            captured += payment->captured;
            refunded += payment->refunded;
            if (payment->alive()) {
                alive.push_back(payment->amount);
            }
        }
        const bool cancelled = order.status == orders::OrderStatus::cancelled;
        const std::vector<std::int64_t> due =
            cancelled ? std::vector<std::int64_t>{} : std::vector{order.total.gross.minor_units};
        if (alive != due) {
            fault("order {} ({}) has {} payments, or one of another amount", to_text(order.id),
                  describe::enum_text(order.status), alive.size());
        }
        std::int64_t invoiced = 0;
        for (const auto& invoice : order.invoices) {
            invoiced += invoice.total.gross.minor_units;
        }
        std::int64_t given_back = 0;
        for (const auto& refund : order.refunds) {
            given_back += refund.amount.minor_units;
            if (refund.status != orders::RefundStatus::issued) {
                fault("a refund of order {} was never issued", to_text(order.id));
            }
        }
        if (captured != invoiced || order.payment.captured.minor_units != invoiced) {
            fault("order {}: {} invoiced, {} captured, {} as the order says", to_text(order.id),
                  invoiced, captured, order.payment.captured.minor_units);
        }
        if (refunded != given_back) {
            fault("order {}: {} to be given back, {} given back", to_text(order.id), given_back,
                  refunded);
        }
    }

    const Books& books_;
    const CardProvider& provider_;
    std::vector<Paid> payments_;
};

}  // namespace

std::vector<std::string> faults_of_money(const Books& books, const CardProvider& provider) {
    MoneyCheck check(books, provider);
    check.of_orders();
    check.of_provider();
    check.of_ledger();
    check.nothing_is_unfinished();
    return std::move(check).faults();
}

}  // namespace kontor::simulation
