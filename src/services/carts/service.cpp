#include "services/carts/service.hpp"

#include <algorithm>

#include "platform/crypto/hash.hpp"
#include "platform/describe/stored.hpp"
#include "services/carts/store.hpp"

namespace kontor::carts {

/// A cart that its caller may see, with its lines.
struct LocalCarts::Opened {
    store::CartRow row;
    std::vector<store::StoredLine> lines;
};

namespace {

using store::StoredLine;

template <class T>
std::optional<T> stored(std::string_view json) {
    return json.empty() ? std::nullopt : std::optional(from_stored_json<T>(json));
}

Cart cart_of(const store::CartRow& row, const std::vector<StoredLine>& stored_lines) {
    Cart cart{.id = row.id,
              .version = row.version,
              .market = row.market,
              .status = row.status,
              .lines = {},
              .total = {},
              .prices = row.prices,
              .tax_rounding = row.tax_rounding,
              .addresses = stored<Addresses>(row.addresses),
              .delivery = stored<Delivery>(row.delivery),
              .payment = stored<PaymentChoice>(row.payment),
              .order = row.order_id.empty() ? std::nullopt : std::optional(row.order_id),
              .token = std::nullopt};
    cart.lines.reserve(stored_lines.size());
    for (const auto& stored_line : stored_lines) {
        cart.lines.push_back(stored_line.line);
    }
    cart.total = totals(cart.lines, row.rules());
    return cart;
}

/// Sets how much of a line is wanted, at today's price.
Result<void> set_line(StoredLine& stored, const discovery::OfferAnswer& answer, Quantity quantity) {
    auto& line = stored.line;
    if (!answer.offer) {
        return refuse(refused::not_sold, "SKU {} is not sold in this market", line.sku);
    }
    const auto& offer = *answer.offer;
    if (auto fault = quantity_fault(line.sku, quantity, offer.minimum, offer.step)) {
        return std::unexpected(*std::move(fault));
    }
    line.quantity = quantity;
    line.unit_price = offer.price;
    line.total = line_total(offer.price, quantity);
    line.tax_rate = offer.tax_rate;
    stored.minimum = offer.minimum;
    stored.step = offer.step;
    return {};
}

/// Adds to the line of that SKU, or makes one. Answers the line's place.
Result<std::size_t> add_to(std::vector<StoredLine>& lines, const discovery::OfferAnswer& answer,
                           std::string_view sku, Quantity quantity, IdSource& ids) {
    if (!answer.offer) {
        return refuse(refused::not_sold, "SKU {} is not sold in this market", sku);
    }
    const auto& offer = *answer.offer;
    if (quantity <= Quantity{} || quantity > quantity_max) {
        return refuse(refused::bad_quantity, "quantity {} of {}: must be more than 0, at most {}",
                      to_text(quantity), sku, to_text(quantity_max));
    }
    auto found =
        std::ranges::find(lines, offer.sku, [](const StoredLine& s) { return s.line.sku; });
    if (found == lines.end()) {
        if (std::ssize(lines) >= lines_max) {
            return refuse(refused::too_many_lines, "the cart has {} lines already", lines_max);
        }
        lines.push_back({.line = {.id = ids.make<LineId>(),
                                  .sku = offer.sku,
                                  .product = offer.product,
                                  .slug = offer.slug,
                                  .name = offer.name,
                                  .picture = offer.picture,
                                  .quantity = {},
                                  .unit = offer.sales_unit,
                                  .unit_price = {},
                                  .total = {},
                                  .tax_rate = {}},
                         .minimum = {},
                         .step = {}});
        found = std::prev(lines.end());
    }
    TRY_NOW(set_line(*found, answer, found->line.quantity + quantity));
    return static_cast<std::size_t>(found - lines.begin());
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

Result<StoredLine*> line_of(std::vector<StoredLine>& lines, LineId id) {
    const auto found = std::ranges::find(lines, id, [](const StoredLine& s) { return s.line.id; });
    if (found == lines.end()) {
        return refuse(refusals::not_found, "the cart has no line {}", to_text(id));
    }
    return &*found;
}

}  // namespace

Task<Result<Cart>> LocalCarts::create(Context context, CreateCart wanted) {
    discovery::OffersWanted skus;
    for (const auto& line : wanted.lines) {
        skus.skus.push_back(line.sku);
    }
    const auto offers = TRY(co_await discovery_.offers(context, skus));
    std::vector<StoredLine> lines;
    for (std::size_t i = 0; i < wanted.lines.size(); ++i) {
        TRY(add_to(lines, offers.items[i], wanted.lines[i].sku, wanted.lines[i].quantity,
                   host_.ids));
    }
    auto secret = host_.random.secret();
    const store::CartRow row{.id = host_.ids.make<CartId>(),
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
                             .changed_at = host_.clock.now()};
    auto cart = TRY(co_await host_.database.write(
        context, [&](sql::Transaction& transaction) -> Task<Result<Cart>> {
            co_await store::add(transaction, row);
            co_await store::put_lines(transaction, row.id, lines);
            co_return cart_of(row, lines);
        }));
    cart.token = std::move(secret);
    co_return cart;
}

Task<Result<LocalCarts::Opened>> LocalCarts::open(sql::Transaction& transaction,
                                                  const Context& context, CartId cart,
                                                  Access access) {
    if (context.bearer.empty()) {
        co_return refuse(refusals::unauthorized,
                         "a cart opens with the secret that its creation answered with: "
                         "Authorization: Bearer ...");
    }
    auto row = access == Access::change ? co_await store::find_for_change(transaction, cart)
                                        : co_await store::find(transaction, cart);
    // One answer for "no such cart" and "not yours", so that ids cannot be probed.
    if (!row ||
        !crypto::constant_time_equal(row->secret_hash, crypto::sha256_hex(context.bearer))) {
        co_return refuse(refusals::not_found, "this secret opens no cart {}", to_text(cart));
    }
    if (!context.market.empty() && row->market != context.market.view()) {
        co_return refuse(refused::wrong_market, "cart {} is of market {}, not {}", to_text(cart),
                         row->market, context.market.view());
    }
    const auto currency = row->rules().currency;
    auto lines = co_await store::lines(transaction, cart, currency);
    co_return Opened{*std::move(row), std::move(lines)};
}

Task<Result<Cart>> LocalCarts::cart(Context context, CartKey wanted) {
    co_return co_await host_.database.read(
        context, [&](sql::Transaction& transaction) -> Task<Result<Cart>> {
            const auto opened = TRY(co_await open(transaction, context, wanted.cart, Access::read));
            co_return cart_of(opened.row, opened.lines);
        });
}

Task<Result<Cart>> LocalCarts::change(Context context, CartId cart, Edit edit) {
    co_return co_await host_.database.write(
        context, [&](sql::Transaction& transaction) -> Task<Result<Cart>> {
            auto opened = TRY(co_await open(transaction, context, cart, Access::change));
            auto& row = opened.row;
            if (row.status != CartStatus::open) {
                co_return refuse(refused::already_ordered, "cart {} became order {}", to_text(cart),
                                 row.order_id);
            }
            if (context.if_match != 0 && context.if_match != row.version) {
                co_return refuse(refusals::precondition_failed,
                                 "If-Match \"{}\": the cart's version is {}; read it again",
                                 context.if_match, row.version);
            }
            TRY(co_await edit(transaction, opened));
            ++row.version;
            row.changed_at = host_.clock.now();
            co_await store::update(transaction, row);
            co_return cart_of(row, opened.lines);
        });
}

Task<Result<Cart>> LocalCarts::add_line(Context context, AddLine wanted) {
    const auto offers = TRY(co_await discovery_.offers(context, {{wanted.sku}}));
    co_return co_await change(
        std::move(context), wanted.cart,
        [&](sql::Transaction& transaction, Opened& opened) -> Task<Result<void>> {
            TRY(same_rules(opened.row, offers));
            const auto place = TRY(
                add_to(opened.lines, offers.items.front(), wanted.sku, wanted.quantity, host_.ids));
            co_await store::put_lines(transaction, wanted.cart, std::span(&opened.lines[place], 1));
            co_return {};
        });
}

Task<Result<Cart>> LocalCarts::change_line(Context context, ChangeLine wanted) {
    if (wanted.quantity == Quantity{}) {
        co_return co_await remove_line(std::move(context), {wanted.cart, wanted.line});
    }
    const auto sku = TRY(co_await host_.database.read(
        context, [&](sql::Transaction& transaction) -> Task<Result<std::string>> {
            auto opened = TRY(co_await open(transaction, context, wanted.cart, Access::read));
            co_return TRY(line_of(opened.lines, wanted.line))->line.sku;
        }));
    const auto offers = TRY(co_await discovery_.offers(context, {{sku}}));
    co_return co_await change(
        std::move(context), wanted.cart,
        [&](sql::Transaction& transaction, Opened& opened) -> Task<Result<void>> {
            TRY(same_rules(opened.row, offers));
            auto& stored_line = *TRY(line_of(opened.lines, wanted.line));
            TRY(set_line(stored_line, offers.items.front(), wanted.quantity));
            co_await store::put_lines(transaction, wanted.cart, std::span(&stored_line, 1));
            co_return {};
        });
}

Task<Result<Cart>> LocalCarts::remove_line(Context context, RemoveLine wanted) {
    co_return co_await change(
        std::move(context), wanted.cart,
        [&](sql::Transaction& transaction, Opened& opened) -> Task<Result<void>> {
            TRY(line_of(opened.lines, wanted.line));
            co_await store::remove_line(transaction, wanted.line);
            std::erase_if(opened.lines,
                          [&](const StoredLine& s) { return s.line.id == wanted.line; });
            co_return {};
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
                co_await store::update(transaction, *row);
            }
            co_return Closed{row.has_value()};
        });
}

}  // namespace kontor::carts
