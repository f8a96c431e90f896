#include "simulation/invariants.hpp"

#include "platform/describe/stored.hpp"

namespace kontor::simulation {

namespace {

// How late the end of a reservation may be noticed.
constexpr std::chrono::minutes expiry_slack{1};

using Lines = std::map<std::string, std::int64_t>;

/// Stock by SKU, without what comes to nothing.
struct Claim {
    Lines lines;
    Lines shipped;
    bool operator==(const Claim&) const = default;
};

void add(Lines& lines, const std::string& sku, std::int64_t thousandths) {
    auto& sum = lines[sku];
    sum += thousandths;
    if (sum == 0) {
        lines.erase(sku);
    }
}

constexpr sql::Statement all_orders{"check.orders", R"sql(
    SELECT document FROM orders
)sql"};

constexpr sql::Statement bound_lines{"check.bound", R"sql(
    SELECT r.bound_to, r.key, s.sku, SUM(l.quantity - l.released) AS quantity,
           SUM(l.shipped) AS shipped
      FROM reservations r
      JOIN reservation_lines l ON l.reservation = r.id
      JOIN stock s ON s.id = l.cell
     WHERE r.bound_to IS NOT NULL
     GROUP BY r.id, s.sku
)sql"};

constexpr sql::Statement stuck_reservations{"check.stuck_reservations", R"sql(
    SELECT key FROM reservations WHERE status = 'held' AND expires_at < $1
)sql"};

constexpr sql::Statement ordered_carts{"check.carts", R"sql(
    SELECT id, order_id FROM carts WHERE status = 'ordered'
)sql"};

constexpr sql::Statement parked{"check.parked", R"sql(
    SELECT consumer || ' ' || aggregate || ': ' || error FROM dead_letters
)sql"};

/// The orders as they are recorded, and what is wrong with them.
class Check : public Findings {
public:
    Check(const Books& books, const Ledger& ledger) : books_(books), ledger_(ledger) {
        for (auto& order : recorded_orders(books)) {
            auto id = to_text(order.id);
            orders_.emplace(std::move(id), std::move(order));
        }
    }

    void acknowledged() {
        for (const auto& told : ledger_.orders) {
            const auto found = orders_.find(to_text(told.order.id));
            if (found == orders_.end()) {
                fault("order {} was acknowledged and is not there", to_text(told.order.id));
                continue;
            }
            const auto& order = found->second;
            if (content(order) != content(told.order)) {
                fault("order {} is not as it was acknowledged", found->first);
            }
            if (to_json(order.total) != to_json(told.seen.total) ||
                quantities(order.lines) != quantities(told.seen.lines)) {
                fault("order {} is not what the shopper saw", found->first);
            }
        }
    }

    /// Each order has the stock of what was not cancelled, once, and what was shipped has left; and
    /// so for what is sent in exchange.
    void allocated() {
        using Row = std::tuple<std::string, std::string, std::string, std::int64_t, std::int64_t>;
        std::map<std::string, std::map<std::string, Claim>> by_order;
        std::map<std::string, Claim> exchanged;
        for (const auto& [order, key, sku, quantity, shipped] :
             books_.inventory.rows<Row>(bound_lines)) {
            auto& claim = key.contains(".exchange-") ? exchanged[order] : by_order[order][key];
            add(claim.lines, sku, quantity);
            add(claim.shipped, sku, shipped);
        }
        for (const auto& [id, order] : orders_) {
            const auto& claims = by_order[id];
            if (claims.size() != 1) {
                fault("the stock of order {} is allocated {} times", id, claims.size());
            } else if (claims.begin()->second != claim_of(order)) {
                fault("order {} has other stock than it ordered, or shipped otherwise", id);
            }
            if (exchanged[id] != exchange_claim_of(order)) {
                fault("the exchanges of order {} have other stock than was agreed", id);
            }
            by_order.erase(id);
        }
        for (const auto& [order, claims] : by_order) {
            fault("stock belongs to order {}, which is not there", order);
        }
    }

    /// A cart is at most one order, and knows it.
    void carts_closed() {
        std::map<std::uint64_t, std::string> closed;
        for (const auto& [cart, order] :
             books_.carts.rows<std::tuple<std::uint64_t, std::string>>(ordered_carts)) {
            closed[cart] = order;
        }
        std::map<std::uint64_t, std::string> carts;
        for (const auto& [id, order] : orders_) {
            if (!carts.emplace(order.cart.value, id).second) {
                fault("cart {} became two orders", to_text(order.cart));
            }
        }
        for (const auto& [id, order] : orders_) {
            if (closed[order.cart.value] != id) {
                fault("the cart of order {} is still open", id);
            }
            closed.erase(order.cart.value);
        }
        for (const auto& [cart, order] : closed) {
            fault("a cart became order {}, which is not there", order);
        }
    }

    void nothing_waits(Timestamp now) {
        for (const auto& key :
             books_.inventory.rows<std::string>(stuck_reservations, now + -expiry_slack)) {
            fault("reservation {} has not ended", key);
        }
    }

private:
    /// What never changes of an order.
    static std::string content(const orders::Order& order) {
        auto text = fmt::format("{} {} {} {}", order.number, to_text(order.cart),
                                to_json(order.total), to_json(order.addresses));
        for (const auto& line : order.lines) {
            text += to_json(line);
        }
        return text;
    }
    template <class Line>
    static Lines quantities(const std::vector<Line>& lines) {
        Lines quantities;
        for (const auto& line : lines) {
            quantities[line.sku] += line.quantity.thousandths;
        }
        return quantities;
    }

    static Claim claim_of(const orders::Order& order) {
        Claim claim{quantities(order.lines), {}};
        for (const auto& cancellation : order.cancellations) {
            for (const auto& part : cancellation.lines) {
                add(claim.lines, part.sku, -part.quantity.thousandths);
            }
        }
        for (const auto& shipment : order.shipments) {
            for (const auto& part : shipment.lines) {
                add(claim.shipped, part.sku, part.quantity.thousandths);
            }
        }
        return claim;
    }

    static Claim exchange_claim_of(const orders::Order& order) {
        using enum orders::ExchangeStatus;
        Claim claim;
        for (const auto& exchange : order.exchanges) {
            for (const auto& line : exchange.lines) {
                if (exchange.status != cancelled) {
                    add(claim.lines, line.sku, line.quantity.thousandths);
                }
                if (exchange.status != cancelled && exchange.status != agreed) {
                    add(claim.shipped, line.sku, line.quantity.thousandths);
                }
            }
        }
        return claim;
    }

    const Books& books_;
    const Ledger& ledger_;
    std::map<std::string, orders::Order> orders_;
};

}  // namespace

std::vector<orders::Order> recorded_orders(const Books& books) {
    return from_stored_json<orders::Order>(books.orders.rows<std::string>(all_orders));
}

std::vector<std::string> faults_of_books(const Books& books, const Ledger& ledger, Timestamp now) {
    Check check(books, ledger);
    check.acknowledged();
    check.allocated();
    check.carts_closed();
    check.nothing_waits(now);
    return std::move(check).faults();
}

std::vector<std::string> dead_letters(Storage& storage) {
    std::vector<std::string> faults;
    for (const auto& letter : storage.rows<std::string>(parked)) {
        faults.push_back("parked for good: " + letter);
    }
    return faults;
}

}  // namespace kontor::simulation
