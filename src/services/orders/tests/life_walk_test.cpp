#include <gmock/gmock.h>

#include <map>

#include "base/random.hpp"
#include "services/orders/api.hpp"
#include "services/orders/life.hpp"
#include "services/orders/standings.hpp"
#include "services/orders/tests/sample_order.hpp"

namespace kontor::orders {
namespace {

/// An order of one to eight lines whose taxes are rounded by line or by document, and everything
/// that may happen to it, at random.
class Walk {
public:
    explicit Walk(std::uint64_t seed) : random_(seed) {
        order.lines.clear();
        order.total = {.net = euros(0), .gross = euros(0), .taxes = {}};
        std::map<std::int32_t, Money> net_by_rate;
        const auto lines = random_.between(1, 8);
        for (std::int64_t i = 1; i <= lines; ++i) {
            const auto rate = random_.below(2) == 0 ? 700 : 1900;
            order.lines.push_back(sample_line(static_cast<std::uint64_t>(i), fmt::format("S{}", i),
                                              {random_.between(1, 9'000)},
                                              random_.between(0, 20'000), rate));
            net_by_rate.try_emplace(rate, euros(0)).first->second += order.lines.back().total;
        }
        for (const auto& [rate, net] : net_by_rate) {
            const auto tax = tax_of_net(net, {rate}, Rounding::half_up);
            order.total.taxes.push_back({{rate}, net, tax});
            order.total.net += net;
            order.total.gross += net + tax;
        }
    }

    void step() {
        switch (random_.below(8)) {
            case 0:
            case 1:
                return ship();
            case 2:
                life::cancel(order, some(&Standing::left_to_ship), CancellationId{++id_}, now_);
                return;
            case 3:
                return announce();
            case 4:
                return receive();
            case 5:
                return exchange();
            case 6:
                return change_exchange();
            default:
                return refund();
        }
    }

    /// Ships or cancels what is left.
    void settle() { life::ship(order, {.order = order.id}, ShipmentId{++id_}, now_); }

    Order order = sample_order();

private:
    /// Some of what a random line has, sometimes too much.
    std::vector<LineQuantity> some(Quantity (Standing::*of)() const) {
        const Standings standings(order);
        const auto& line = standings.all()[random_.below(standings.all().size())];
        const auto most = std::max<std::int64_t>(1, (line.*of)().thousandths);
        return {{line.line, {random_.between(1, most + most / 8)}}};
    }

    void ship() {
        const auto shipment = life::ship(order, {order.id, some(&Standing::left_to_ship), {}, {}},
                                         ShipmentId{++id_}, now_);
        if (shipment) {
            life::issue(order, shipment->id, fmt::format("{}", id_), now_);
            captured_ += order.invoices.back().total.gross;
            life::note_captured(order, "", order.invoices.back().total.gross, captured_, now_.at);
        }
    }

    void announce() {
        const auto [line, quantity] = some(&Standing::left_to_return).front();
        life::register_return(order, {order.id, {{line, quantity, {}}}}, ReturnId{++id_}, now_);
    }

    void receive() {
        if (order.returns.empty()) {
            return;
        }
        const auto& returned = order.returns[random_.below(order.returns.size())];
        const auto& line = returned.announced.front();
        life::receive(order,
                      {order.id,
                       returned.id,
                       "w",
                       {{line.line, {random_.between(1, line.quantity.thousandths)}, {}}}},
                      now_);
    }

    void refund() {
        std::optional<ReturnId> of;
        if (!order.returns.empty()) {
            of = order.returns[random_.below(order.returns.size())].id;
        }
        life::refund(order, {order.id, std::nullopt, of, {}}, RefundId{++id_}, now_);
    }

    void exchange() {
        if (!order.returns.empty()) {
            life::exchange(order, {order.id, order.returns[random_.below(order.returns.size())].id},
                           ExchangeId{++id_}, now_);
        }
    }

    void change_exchange() {
        if (!order.exchanges.empty()) {
            using enum ExchangeStatus;
            constexpr std::array statuses{dispatched, delivered, lost, cancelled};
            life::change(order,
                         {order.id, order.exchanges[random_.below(order.exchanges.size())].id,
                          statuses[random_.below(statuses.size())], std::nullopt, std::nullopt},
                         now_);
        }
    }

    SeededRandom random_;
    std::uint64_t id_ = 100;
    Money captured_ = euros(0);
    life::Moment now_{{1'000}, Actor::staff};
};

Money gross_of(const std::vector<Part>& parts) {
    Money sum = euros(0);
    for (const auto& part : parts) {
        sum += part.gross;
    }
    return sum;
}

/// What the goods that were kept, and paid back or may be, are worth.
Money settled_returns(const Order& order) {
    Money sum = euros(0);
    for (const auto& returned : order.returns) {
        const bool replaced = std::ranges::any_of(order.exchanges, [&](const Exchange& exchange) {
            return exchange.return_id == returned.id && exchange.status != ExchangeStatus::lost &&
                   exchange.status != ExchangeStatus::cancelled;
        });
        sum += replaced ? euros(0) : life::worth(order, returned);
    }
    return sum;
}

void expect_sound(const Order& order) {
    for (const auto& line : Standings(order).all()) {
        EXPECT_GE(line.left_to_ship(), Quantity{});
        EXPECT_GE(line.left_to_return(), Quantity{});
        // What was lost in exchange was shared out before that was known: a cent each time.
        const auto lost =
            std::ranges::count(order.exchanges, ExchangeStatus::lost, &Exchange::status);
        EXPECT_LE(line.came_back.gross, line.sent.gross + euros(lost));
        if (line.returned == line.sent_in_all()) {
            EXPECT_GE(line.came_back.gross, line.sent.gross);
        }
    }
    EXPECT_LE(settled_returns(order), order.total.gross);
    Money paid_back = euros(0);
    for (const auto& refund : order.refunds) {
        paid_back += refund.amount;
    }
    EXPECT_LE(paid_back, order.payment.captured);
    EXPECT_EQ(order.status, life::status_of(order));
}

TEST(Whatever_happens_to_an_order, nothing_is_shipped_or_paid_back_twice_and_the_sums_agree) {
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        SCOPED_TRACE(fmt::format("seed {}", seed));
        Walk walk(seed);
        for (int i = 0; i < 40; ++i) {
            walk.step();
            expect_sound(walk.order);
        }
        walk.settle();
        Money sum = euros(0);
        for (const auto& shipment : walk.order.shipments) {
            sum += gross_of(shipment.lines);
        }
        for (const auto& cancellation : walk.order.cancellations) {
            sum += gross_of(cancellation.lines);
        }
        EXPECT_EQ(sum, walk.order.total.gross);
        if (::testing::Test::HasFailure()) {
            break;
        }
    }
}

}  // namespace
}  // namespace kontor::orders
