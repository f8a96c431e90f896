#include "services/carts/service.hpp"

#include <algorithm>
#include <iterator>
#include <map>

#include "platform/crypto/hash.hpp"
#include "platform/describe/stored.hpp"
#include "platform/sql/idempotency.hpp"
#include "services/carts/lines.hpp"
#include "services/carts/merging.hpp"
#include "services/carts/store.hpp"

namespace kontor::carts {

/// A cart that its caller may change, without its lines.
struct LocalCarts::Opened {
    store::CartRow row;
    SumRules rules;
    Sums sums;
    std::optional<StoredLine> touched = {};  ///< The line that was changed and is still there.
    std::vector<Message> messages = {};      ///< What the change applied.

    /// Counts and stores a line, new or instead of what it was.
    void put(sql::Transaction& transaction, const std::optional<StoredLine>& before,
             StoredLine line) {
        if (before) {
            sums.take_out(before->line, rules);
        }
        sums.add(line.line, rules);
        store::put_line(transaction, row.id, line);
        touched = std::move(line);
    }
    void remove(sql::Transaction& transaction, const StoredLine& line) {
        sums.take_out(line.line, rules);
        store::remove_line(transaction, line.line.id);
    }
};

/// A cart as it was read.
struct LocalCarts::Seen {
    store::CartRow row;
    std::vector<StoredLine> lines;
};

namespace {

template <class T>
std::optional<T> stored(std::string_view json) {
    return json.empty() ? std::nullopt : std::optional(from_stored_json<T>(json));
}

Cart cart_of(const store::CartRow& row, const Sums& sums, std::vector<StoredLine> lines) {
    Cart cart{.id = row.id,
              .version = row.version,
              .market = row.market,
              .status = row.status,
              .lines = {},
              .messages = {},
              .total = totals(sums, row.rules()),
              .prices = row.prices,
              .tax_rounding = row.tax_rounding,
              .addresses = stored<Addresses>(row.addresses),
              .delivery = stored<Delivery>(row.delivery),
              .payment = stored<PaymentChoice>(row.payment),
              .order = row.order_id.empty() ? std::nullopt : std::optional(row.order_id),
              .token = std::nullopt};
    cart.lines.reserve(lines.size());
    for (auto& line : lines) {
        cart.lines.push_back(std::move(line.line));
    }
    return cart;
}

Sums sums_of(std::span<const StoredLine> lines, const SumRules& rules) {
    Sums sums;
    for (const auto& stored : lines) {
        sums.add(stored.line, rules);
    }
    return sums;
}

/// What is kept with the cart; counted anew in one from before anything was.
Task<Sums> sums_of(sql::Transaction& transaction, const store::CartRow& row) {
    if (!row.sums.empty()) {
        co_return from_stored_json<Sums>(std::string_view(row.sums));
    }
    const auto rules = row.rules();
    co_return sums_of(co_await store::lines(transaction, row.id, rules.currency), rules);
}

/// The lines of a new cart; the same SKU twice is one line.
Result<std::vector<StoredLine>> first_lines(const std::vector<NewLine>& wanted,
                                            const discovery::OfferList& offers,
                                            std::int64_t lines_max, IdSource& ids) {
    std::vector<StoredLine> lines;
    std::map<std::string, std::size_t> places;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const auto quantity = wanted[i].quantity;
        const auto offer = TRY_NOW(offered(offers.items[i], wanted[i].sku, quantity));
        const auto [place, fresh] = places.try_emplace(offer.sku, lines.size());
        if (fresh) {
            TRY_NOW(room_for_one_more(std::ssize(lines), lines_max));
            lines.push_back(line_of(offer, ids.make<LineId>()));
        }
        auto& line = lines[place->second];
        line = TRY_NOW(at_todays_price(line, offer, line.line.quantity + quantity));
    }
    return lines;
}

/// Lines of different currencies, or with and without tax, cannot stand in one sum.
Result<void> same_rules(const store::CartRow& row, const discovery::OfferList& offers) {
    const auto rules = row.rules();
    if (rules.currency != offers.currency || rules.prices != offers.prices ||
        rules.tax_rounding != offers.tax_rounding) {
        return refuse(refused::market_changed,
                      "the prices of market {} are {} in {} now: start another cart", row.market,
                      describe::enum_text(offers.prices), offers.currency.view());
    }
    return {};
}

/// The cart's row, if the caller's secret opens it in this market.
Result<store::CartRow> opened_by(const Context& context, CartId cart,
                                 std::optional<store::CartRow> row) {
    if (context.bearer.empty()) {
        return refuse(refusals::unauthorized,
                      "a cart opens with the secret that its creation answered with: "
                      "Authorization: Bearer ...");
    }
    // One answer for "no such cart" and "not yours", so that ids cannot be probed.
    if (!row ||
        !crypto::constant_time_equal(row->secret_hash, crypto::sha256_hex(context.bearer))) {
        return refuse(refusals::not_found, "this secret opens no cart {}", to_text(cart));
    }
    if (!context.market.empty() && row->market != context.market.view()) {
        return refuse(refused::wrong_market, "cart {} is of market {}, not {}", to_text(cart),
                      row->market, context.market.view());
    }
    return *std::move(row);
}

Result<void> may_change(const store::CartRow& row, std::uint64_t if_match) {
    if (row.status != CartStatus::open) {
        return refuse(refused::already_ordered, "cart {} became order {}", to_text(row.id),
                      row.order_id);
    }
    if (if_match != 0 && if_match != row.version) {
        return refuse(refusals::precondition_failed,
                      "If-Match \"{}\": the cart's version is {}; read it again", if_match,
                      row.version);
    }
    return {};
}

Task<Result<StoredLine>> known_line(sql::Transaction& transaction, const store::CartRow& row,
                                    LineId wanted) {
    auto found = co_await store::line(transaction, row.id, wanted, row.rules().currency);
    if (!found) {
        co_return refuse(refusals::not_found, "the cart has no line {}", to_text(wanted));
    }
    co_return *std::move(found);
}

}  // namespace

Task<Result<Cart>> LocalCarts::create(Context context, CreateCart wanted) {
    discovery::OffersWanted skus;
    for (const auto& line : wanted.lines) {
        skus.skus.push_back(line.sku);
    }
    const auto offers = TRY(co_await discovery_.offers(context, skus));
    const auto lines = TRY(first_lines(wanted.lines, offers, settings_.lines_max, host_.ids));
    auto secret = host_.random.secret();
    store::CartRow row{.id = host_.ids.make<CartId>(),
                       .version = 1,
                       .market = std::string(context.market.view()),
                       .secret_hash = crypto::sha256_hex(secret),
                       .status = CartStatus::open,
                       .currency = to_text(offers.currency),
                       .prices = offers.prices,
                       .tax_rounding = offers.tax_rounding,
                       .addresses = {},
                       .delivery = {},
                       .payment = {},
                       .order_id = {},
                       .changed_at = host_.clock.now(),
                       .sums = {}};
    const auto sums = sums_of(lines, row.rules());
    row.sums = to_json(sums);
    auto cart = TRY(co_await host_.database.write(
        context, [&](sql::Transaction& transaction) -> Task<Result<Cart>> {
            store::add(transaction, row);
            for (const auto& line : lines) {
                store::put_line(transaction, row.id, line);
            }
            co_return cart_of(row, sums, lines);
        }));
    cart.token = std::move(secret);
    co_return cart;
}

Task<Result<Cart>> LocalCarts::cart(Context context, CartKey wanted) {
    auto seen = TRY(co_await host_.database.read(
        context, [&](sql::Transaction& transaction) -> Task<Result<Seen>> {
            auto row = TRY(
                opened_by(context, wanted.cart, co_await store::find(transaction, wanted.cart)));
            const auto currency = row.rules().currency;
            auto lines = co_await store::lines(transaction, row.id, currency);
            co_return Seen{std::move(row), std::move(lines)};
        }));
    std::vector<Message> messages;
    if (seen.row.status == CartStatus::open && !seen.lines.empty()) {
        messages = co_await messages_of_today(std::move(context), seen);
    }
    const auto sums = sums_of(seen.lines, seen.row.rules());
    auto cart = cart_of(seen.row, sums, std::move(seen.lines));
    cart.messages = std::move(messages);
    co_return cart;
}

/// None while discovery does not answer: the cart itself is here.
Task<std::vector<Message>> LocalCarts::messages_of_today(Context context, const Seen& seen) {
    discovery::OffersWanted wanted;
    for (const auto& stored : seen.lines) {
        wanted.skus.push_back(stored.line.sku);
    }
    context.market = seen.row.market;
    const auto offers = co_await discovery_.offers(std::move(context), std::move(wanted));
    std::vector<Message> messages;
    for (std::size_t i = 0; offers && i < seen.lines.size(); ++i) {
        std::ranges::move(messages_of(seen.lines[i], offers->items[i]),
                          std::back_inserter(messages));
    }
    co_return messages;
}

Task<Result<Cart>> LocalCarts::edited(sql::Transaction& transaction, const Context& context,
                                      CartId cart, const Edit& edit) {
    auto row = TRY(opened_by(context, cart, co_await store::find_for_change(transaction, cart)));
    TRY(may_change(row, context.if_match));
    const auto rules = row.rules();
    auto sums = co_await sums_of(transaction, row);
    Opened opened{std::move(row), rules, std::move(sums)};
    TRY(co_await edit(transaction, opened));
    save(transaction, opened);
    std::vector<StoredLine> shown;
    if (context.answer == Answer::whole) {
        shown = co_await store::lines(transaction, cart, rules.currency);
    } else if (opened.touched) {
        shown.push_back(*std::move(opened.touched));
    }
    auto cart_now = cart_of(opened.row, opened.sums, std::move(shown));
    cart_now.messages = std::move(opened.messages);
    co_return cart_now;
}

void LocalCarts::save(sql::Transaction& transaction, Opened& opened) const {
    ++opened.row.version;
    opened.row.changed_at = host_.clock.now();
    opened.row.sums = to_json(opened.sums);
    store::update(transaction, opened.row);
}

Task<Result<Cart>> LocalCarts::change(Context context, CartId cart, Edit edit) {
    co_return co_await host_.database.write(context, [&](sql::Transaction& transaction) {
        return edited(transaction, context, cart, edit);
    });
}

/// Adds to the line of that SKU, or makes one.
Task<Result<void>> LocalCarts::add(sql::Transaction& transaction, Opened& opened,
                                   const AddLine& wanted, const discovery::OfferAnswer& answer) {
    const auto offer = TRY(offered(answer, wanted.sku, wanted.quantity));
    const auto before =
        co_await store::line_of_sku(transaction, opened.row.id, offer.sku, opened.rules.currency);
    if (before) {
        opened.messages = messages_of(*before, answer);
    } else {
        TRY(room_for_one_more(opened.sums.lines(), settings_.lines_max));
    }
    auto line = before ? *before : line_of(offer, host_.ids.make<LineId>());
    const auto quantity = line.line.quantity + wanted.quantity;
    opened.put(transaction, before, TRY(at_todays_price(std::move(line), offer, quantity)));
    co_return {};
}

Task<Result<Cart>> LocalCarts::add_line(Context context, AddLine wanted) {
    const auto offers = TRY(co_await discovery_.offers(context, {{wanted.sku}}));
    const Edit edit = [&](sql::Transaction& transaction, Opened& opened) -> Task<Result<void>> {
        TRY(same_rules(opened.row, offers));
        co_return co_await add(transaction, opened, wanted, offers.items.front());
    };
    co_return co_await host_.database.write(
        context, [&](sql::Transaction& transaction) -> Task<Result<Cart>> {
            co_return co_await sql::idempotent<Cart>(
                transaction, context, "carts.add_line", to_json(wanted), host_.clock.now(),
                [&] { return edited(transaction, context, wanted.cart, edit); });
        });
}

Task<Result<Cart>> LocalCarts::change_line(Context context, ChangeLine wanted) {
    if (wanted.quantity == Quantity{}) {
        co_return co_await remove_line(std::move(context), {wanted.cart, wanted.line});
    }
    const auto sku = TRY(co_await host_.database.read(
        context, [&](sql::Transaction& transaction) -> Task<Result<std::string>> {
            const auto row = TRY(
                opened_by(context, wanted.cart, co_await store::find(transaction, wanted.cart)));
            co_return TRY(co_await known_line(transaction, row, wanted.line)).line.sku;
        }));
    const auto offers = TRY(co_await discovery_.offers(context, {{sku}}));
    co_return co_await change(
        std::move(context), wanted.cart,
        [&](sql::Transaction& transaction, Opened& opened) -> Task<Result<void>> {
            TRY(same_rules(opened.row, offers));
            const auto before = TRY(co_await known_line(transaction, opened.row, wanted.line));
            const auto& answer = offers.items.front();
            const auto offer = TRY(sold(answer, sku));
            opened.messages = messages_of(before, answer);
            opened.put(transaction, before, TRY(at_todays_price(before, offer, wanted.quantity)));
            co_return {};
        });
}

Task<Result<Cart>> LocalCarts::remove_line(Context context, RemoveLine wanted) {
    co_return co_await change(
        std::move(context), wanted.cart,
        [&](sql::Transaction& transaction, Opened& opened) -> Task<Result<void>> {
            opened.remove(transaction,
                          TRY(co_await known_line(transaction, opened.row, wanted.line)));
            co_return {};
        });
}

/// Opens both carts to change them, in one order whoever merges what, so that nobody waits in a
/// circle.
Task<Result<std::pair<store::CartRow, store::CartRow>>> LocalCarts::open_both(
    sql::Transaction& transaction, const Context& context, const MergeCarts& wanted) {
    const auto first = std::min(wanted.cart, wanted.from);
    const auto second = std::max(wanted.cart, wanted.from);
    auto one = co_await store::find_for_change(transaction, first);
    auto other = co_await store::find_for_change(transaction, second);
    if (first == wanted.from) {
        std::swap(one, other);
    }
    auto giver = context;
    giver.bearer = wanted.from_token;
    auto into = TRY(opened_by(context, wanted.cart, std::move(one)));
    auto from = TRY(opened_by(giver, wanted.from, std::move(other)));
    TRY(may_change(into, context.if_match));
    TRY(may_change(from, 0));
    const auto rules = into.rules();
    if (into.market != from.market || rules != from.rules()) {
        co_return refuse(refused::market_changed,
                         "the carts {} and {} are of different markets, currencies or tax displays",
                         to_text(into.id), to_text(from.id));
    }
    co_return std::pair{std::move(into), std::move(from)};
}

Task<Result<MergedCart>> LocalCarts::merged(sql::Transaction& transaction, const Context& context,
                                            const MergeCarts& wanted) {
    auto [into_row, from_row] = TRY(co_await open_both(transaction, context, wanted));
    const auto rules = into_row.rules();
    const auto into_lines = co_await store::lines(transaction, wanted.cart, rules.currency);
    const auto from_lines = co_await store::lines(transaction, wanted.from, rules.currency);
    auto merging = carts::merge(into_lines, from_lines, settings_.lines_max);
    Opened into{std::move(into_row), rules, sums_of(into_lines, rules)};
    Opened from{std::move(from_row), rules, sums_of(from_lines, rules)};
    for (auto& [before, after] : merging.from) {
        if (after) {
            from.put(transaction, before, *std::move(after));
        } else {
            from.remove(transaction, *before);
        }
    }
    for (auto& [before, after] : merging.into) {
        after->line.id = before ? before->line.id : host_.ids.make<LineId>();
        into.put(transaction, before, *std::move(after));
    }
    if (!merging.into.empty()) {
        save(transaction, from);
        save(transaction, into);
    }
    auto lines = co_await store::lines(transaction, wanted.cart, rules.currency);
    co_return MergedCart{cart_of(into.row, into.sums, std::move(lines)),
                         std::move(merging.left_behind)};
}

Task<Result<MergedCart>> LocalCarts::merge(Context context, MergeCarts wanted) {
    if (wanted.cart == wanted.from) {
        co_return refuse(refusals::invalid, "from {}: must be another cart", to_text(wanted.from));
    }
    co_return co_await host_.database.write(
        context, [&](sql::Transaction& transaction) -> Task<Result<MergedCart>> {
            co_return co_await sql::idempotent<MergedCart>(
                transaction, context, "carts.merge", to_json(wanted), host_.clock.now(),
                [&] { return merged(transaction, context, wanted); });
        });
}

Task<Result<Cart>> LocalCarts::set_addresses(Context context, SetAddresses wanted) {
    co_return co_await change(std::move(context), wanted.cart,
                              [&](sql::Transaction&, Opened& opened) -> Task<Result<void>> {
                                  opened.row.addresses =
                                      to_json(Addresses{wanted.shipping, wanted.billing});
                                  co_return {};
                              });
}

Task<Result<Cart>> LocalCarts::set_delivery(Context context, SetDelivery wanted) {
    co_return co_await change(std::move(context), wanted.cart,
                              [&](sql::Transaction&, Opened& opened) -> Task<Result<void>> {
                                  opened.row.delivery = to_json(Delivery{wanted.method});
                                  co_return {};
                              });
}

Task<Result<Cart>> LocalCarts::set_payment(Context context, SetPayment wanted) {
    co_return co_await change(std::move(context), wanted.cart,
                              [&](sql::Transaction&, Opened& opened) -> Task<Result<void>> {
                                  opened.row.payment = to_json(PaymentChoice{wanted.method});
                                  co_return {};
                              });
}

Task<Result<Closed>> LocalCarts::close(Context context, CloseCart wanted) {
    co_return co_await host_.database.write(
        std::move(context), [&](sql::Transaction& transaction) -> Task<Result<Closed>> {
            auto row = co_await store::find_for_change(transaction, wanted.cart);
            if (row && row->status == CartStatus::open) {
                row->status = CartStatus::ordered;
                row->order_id = wanted.order;
                row->changed_at = host_.clock.now();
                ++row->version;
                store::update(transaction, *row);
            }
            co_return Closed{row.has_value()};
        });
}

}  // namespace kontor::carts
