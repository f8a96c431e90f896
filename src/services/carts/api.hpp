#pragma once

#include "platform/describe/values.hpp"
#include "platform/rpc/contract.hpp"
#include "services/catalog/api.hpp"
#include "services/payments/api.hpp"
#include "services/stores/api.hpp"

/// What shoppers are about to buy.
namespace kontor::carts {

struct CartTag {
    static constexpr std::string_view prefix = "crt";
};
using CartId = Id<CartTag>;
struct LineTag {
    static constexpr std::string_view prefix = "lin";
};
using LineId = Id<LineTag>;

/// The most lines that a deployment can allow: see CartsSettings.
inline constexpr std::int64_t lines_limit = 1'000;
inline constexpr Quantity quantity_max = Quantity::of(99'999);

struct Address {
    std::string given_name;
    std::string family_name;
    std::optional<std::string> company;
    std::string street;
    std::string postal_code;
    std::string city;
    Country country;
    std::string email;
    std::optional<std::string> phone;
    bool operator==(const Address&) const = default;
    static constexpr auto describe() {
        using A = Address;
        constexpr describe::Limits name{.min_length = 1, .max_length = 100};
        return described<A>(
            "Where somebody lives and can be reached.", field<&A::given_name>("Given name.", name),
            field<&A::family_name>("Family name.", name),
            field<&A::company>("Company.", {.max_length = 100}),
            field<&A::street>("Street and number.", name),
            field<&A::postal_code>("Postal code.", {.min_length = 1, .max_length = 12}),
            field<&A::city>("City.", name), field<&A::country>("ISO 3166."),
            field<&A::email>("For confirmations.", {.min_length = 3, .max_length = 254}),
            field<&A::phone>("For the carrier.", {.max_length = 30}));
    }
};

struct Addresses {
    Address shipping;
    std::optional<Address> billing;
    bool operator==(const Addresses&) const = default;
    static constexpr auto describe() {
        return described<Addresses>(
            "Where to ship, and whom to bill.", field<&Addresses::shipping>("Where to ship."),
            field<&Addresses::billing>("Whom to bill; the same where missing."));
    }
};

enum class DeliveryMethod { standard };
BOOST_DESCRIBE_ENUM(DeliveryMethod, standard)

struct Delivery {
    DeliveryMethod method = DeliveryMethod::standard;
    bool operator==(const Delivery&) const = default;
    static constexpr auto describe() {
        return described<Delivery>("How it is delivered.",
                                   field<&Delivery::method>("`standard`: by parcel or carrier."));
    }
};

struct PaymentChoice {
    payments::Method method = payments::Method::invoice;
    bool operator==(const PaymentChoice&) const = default;
    static constexpr auto describe() {
        return described<PaymentChoice>("How it is paid.",
                                        field<&PaymentChoice::method>("One of the methods."));
    }
};

struct Tax {
    BasisPoints rate;
    Money net;
    Money amount;
    bool operator==(const Tax&) const = default;
    static constexpr auto describe() {
        return described<Tax>("The tax of one rate.", field<&Tax::rate>("In percent."),
                              field<&Tax::net>("What it is on."), field<&Tax::amount>("The tax."));
    }
};

struct Totals {
    Money net;
    Money gross;
    std::vector<Tax> taxes;
    bool operator==(const Totals&) const = default;
    static constexpr auto describe() {
        return described<Totals>("Sums; net + taxes = gross, to the minor unit.",
                                 field<&Totals::net>("Without tax."),
                                 field<&Totals::gross>("What is to be paid."),
                                 field<&Totals::taxes>("By rate, ascending."));
    }
};

struct Line {
    LineId id;
    std::string sku;
    catalog::ProductId product;
    std::string slug;
    std::string name;
    std::optional<std::string> picture;
    Quantity quantity;
    Unit unit;
    Money unit_price;
    Money total;
    BasisPoints tax_rate;
    static constexpr auto describe() {
        using L = Line;
        return described<L>(
            "One variant and how much of it.", field<&L::id>("Opaque."),
            field<&L::sku>("The variant."), field<&L::product>("Its product."),
            field<&L::slug>("Its product's."), field<&L::name>("In the language it was added in."),
            field<&L::picture>("Path of a picture."), field<&L::quantity>("In sales units."),
            field<&L::unit>("UN/CEFACT Recommendation 20 code."),
            field<&L::unit_price>("Gross or net, as the market shows prices."),
            field<&L::total>("Likewise; quantity times price, rounded half up."),
            field<&L::tax_rate>("VAT in percent."));
    }
};

/// What a line was or is sold at.
struct Terms {
    Money unit_price;
    BasisPoints tax_rate;
    bool available = true;
    static constexpr auto describe() {
        return described<Terms>("What a line is sold at.",
                                field<&Terms::unit_price>("As the market shows prices."),
                                field<&Terms::tax_rate>("VAT in percent."),
                                field<&Terms::available>("The web shop has it in stock."));
    }
};

enum class MessageKind { price_changed, tax_changed, out_of_stock, back_in_stock, not_sold };
BOOST_DESCRIBE_ENUM(MessageKind, price_changed, tax_changed, out_of_stock, back_in_stock, not_sold)

struct Message {
    LineId line;
    std::string sku;
    MessageKind kind = MessageKind::price_changed;
    Terms was;
    std::optional<Terms> is;
    static constexpr auto describe() {
        using M = Message;
        return described<M>(
            "What changed about a line since it was last set.", field<&M::line>("The line."),
            field<&M::sku>("Its variant."), field<&M::kind>("What changed."),
            field<&M::was>("As it was when the line was last set."),
            field<&M::is>("As it is today; missing where it is not sold any more."));
    }
};

enum class CartStatus { open, ordered };
BOOST_DESCRIBE_ENUM(CartStatus, open, ordered)

struct Cart {
    CartId id;
    std::uint64_t version = 1;
    MarketCode market;
    CartStatus status = CartStatus::open;
    std::vector<Line> lines;
    std::vector<Message> messages;
    Totals total;
    stores::PriceDisplay prices = stores::PriceDisplay::gross;
    stores::TaxRounding tax_rounding = stores::TaxRounding::line;
    std::optional<Addresses> addresses;
    std::optional<Delivery> delivery;
    std::optional<PaymentChoice> payment;
    std::optional<std::string> order;
    std::optional<std::string> token;
    static constexpr auto describe() {
        using C = Cart;
        return described<C>(
            "What a shopper is about to buy.", field<&C::id>("Opaque."),
            field<&C::version>("Grows by one with each change; placing the order names it."),
            field<&C::market>("Where it is bought."), field<&C::status>("`open` or `ordered`."),
            field<&C::lines>("In the order they were added; with `Prefer: return=minimal` only the "
                             "one that was changed, if it is still there.",
                             {.max_length = lines_limit}),
            field<&C::messages>(
                "What changed since each line was last set and is not applied: to take it as it is "
                "today, set the quantity again. In the answer of a change only what that applied.",
                {.optional = true}),
            field<&C::total>("Sums over all lines."),
            field<&C::prices>("Whether the prices of its lines include tax."),
            field<&C::tax_rounding>("What taxes are rounded over."),
            field<&C::addresses>("Once given."), field<&C::delivery>("Once chosen."),
            field<&C::payment>("Once chosen."), field<&C::order>("Id of the order it became."),
            field<&C::token>("Only in the answer that creates it: the secret that opens the cart "
                             "and later its order. Send it as `Authorization: Bearer`."));
    }
};

struct NewLine {
    std::string sku;
    Quantity quantity = Quantity::of(1);
    static constexpr auto describe() {
        return described<NewLine>(
            "A line to add.",
            field<&NewLine::sku>("The variant.", {.min_length = 1, .max_length = 64}),
            field<&NewLine::quantity>("In sales units; more than 0, a multiple of the step.",
                                      {.optional = true}));
    }
};

struct CreateCart {
    std::vector<NewLine> lines;
    static constexpr auto describe() {
        return described<CreateCart>(
            "A new cart, with or without lines.",
            field<&CreateCart::lines>("Its first lines.", {.max_length = lines_limit}));
    }
};

struct CartKey {
    CartId cart;
    static constexpr auto describe() {
        return described<CartKey>("Names a cart.", field<&CartKey::cart>("Its id."));
    }
};

struct AddLine {
    CartId cart;
    std::string sku;
    Quantity quantity = Quantity::of(1);
    static constexpr auto describe() {
        using A = AddLine;
        return described<A>(
            "Adds a variant; one that is in the cart already gets the more.",
            field<&A::cart>("The cart."),
            field<&A::sku>("The variant.", {.min_length = 1, .max_length = 64}),
            field<&A::quantity>("In sales units; 1 where missing.", {.optional = true}));
    }
};

struct ChangeLine {
    CartId cart;
    LineId line;
    Quantity quantity;
    static constexpr auto describe() {
        using C = ChangeLine;
        return described<C>("Sets how much of a line is wanted, at today's price.",
                            field<&C::cart>("The cart."), field<&C::line>("The line."),
                            field<&C::quantity>("In sales units; 0 removes the line."));
    }
};

struct RemoveLine {
    CartId cart;
    LineId line;
    static constexpr auto describe() {
        return described<RemoveLine>("Takes a line out.", field<&RemoveLine::cart>("The cart."),
                                     field<&RemoveLine::line>("The line."));
    }
};

struct MergeCarts {
    CartId cart;
    CartId from;
    std::string from_token;
    static constexpr auto describe() {
        using M = MergeCarts;
        return described<M>("Takes the lines of another cart over.",
                            field<&M::cart>("The cart that gets them."),
                            field<&M::from>("The cart that gives them."),
                            field<&M::from_token>("The secret that opens it.",
                                                  {.min_length = 1, .max_length = 64}));
    }
};

enum class LeftReason { quantity_max, lines_max };
BOOST_DESCRIBE_ENUM(LeftReason, quantity_max, lines_max)

struct LeftBehind {
    std::string sku;
    Quantity quantity;
    LeftReason reason = LeftReason::lines_max;
    static constexpr auto describe() {
        using L = LeftBehind;
        return described<L>(
            "What was not taken and is still in the other cart.", field<&L::sku>("The variant."),
            field<&L::quantity>("In sales units."),
            field<&L::reason>("`quantity_max`: of one SKU no more can be in a cart; `lines_max`: "
                              "the cart has as many lines as it may."));
    }
};

struct MergedCart {
    Cart cart;
    std::vector<LeftBehind> left_behind;
    static constexpr auto describe() {
        return described<MergedCart>("The cart with the lines of both.",
                                     field<&MergedCart::cart>("The cart that got them."),
                                     field<&MergedCart::left_behind>("What the other one kept."));
    }
};

struct SetAddresses {
    CartId cart;
    Address shipping;
    std::optional<Address> billing;
    static constexpr auto describe() {
        using S = SetAddresses;
        return described<S>("Sets the addresses.", field<&S::cart>("The cart."),
                            field<&S::shipping>("Where to ship."),
                            field<&S::billing>("Whom to bill; the same where missing."));
    }
};

struct SetDelivery {
    CartId cart;
    DeliveryMethod method = DeliveryMethod::standard;
    static constexpr auto describe() {
        return described<SetDelivery>("Chooses the delivery.",
                                      field<&SetDelivery::cart>("The cart."),
                                      field<&SetDelivery::method>("One of the methods."));
    }
};

struct SetPayment {
    CartId cart;
    payments::Method method = payments::Method::invoice;
    static constexpr auto describe() {
        return described<SetPayment>("Chooses the payment.", field<&SetPayment::cart>("The cart."),
                                     field<&SetPayment::method>("One of the methods."));
    }
};

struct CloseCart {
    CartId cart;
    std::string order;
    static constexpr auto describe() {
        return described<CloseCart>(
            "Says that a cart became an order; safe to repeat.",
            field<&CloseCart::cart>("The cart."),
            field<&CloseCart::order>("Id of the order.", {.min_length = 1, .max_length = 64}));
    }
};

struct Closed {
    bool closed = true;
    static constexpr auto describe() {
        return described<Closed>("The cart is closed.",
                                 field<&Closed::closed>("False: there is no such cart."));
    }
};

namespace refused {
inline constexpr RefusalKind not_sold{"not_sold", 422, "This market does not sell this SKU."};
inline constexpr RefusalKind bad_quantity{
    "bad_quantity", 422, "Below the minimum, no multiple of the step, or over 99,999."};
inline constexpr RefusalKind too_many_lines{
    "too_many_lines", 422, "The cart has as many lines as the setting carts.lines_max allows."};
inline constexpr RefusalKind already_ordered{"already_ordered", 409,
                                             "The cart became an order; start another."};
inline constexpr RefusalKind market_changed{
    "market_changed", 409,
    "The market's currency or tax display changed since the cart was made; start another."};
inline constexpr RefusalKind wrong_market{"wrong_market", 404, "The cart is of another market."};
}  // namespace refused

/// A cart is opened by the secret that its creation answered with, in `Context::bearer`.
///
/// A change costs the same however many lines there are, if its caller is content with
/// `Answer::minimal`: the cart as it is now, but of its lines only the one that was changed.
class Carts {
public:
    virtual ~Carts() = default;
    virtual Task<Result<Cart>> create(Context context, CreateCart wanted) = 0;
    virtual Task<Result<Cart>> cart(Context context, CartKey wanted) = 0;
    /// Safe to repeat under the same idempotency key.
    virtual Task<Result<Cart>> add_line(Context context, AddLine wanted) = 0;
    virtual Task<Result<Cart>> change_line(Context context, ChangeLine wanted) = 0;
    virtual Task<Result<Cart>> remove_line(Context context, RemoveLine wanted) = 0;
    /// Takes over the lines of another open cart of the same market, at the prices they were last
    /// set at. Of a SKU that is in both, the quantities are added up at this cart's price. What
    /// does not fit stays in the other cart and is named, so that nothing is lost. Safe to repeat.
    virtual Task<Result<MergedCart>> merge(Context context, MergeCarts wanted) = 0;
    virtual Task<Result<Cart>> set_addresses(Context context, SetAddresses wanted) = 0;
    virtual Task<Result<Cart>> set_delivery(Context context, SetDelivery wanted) = 0;
    virtual Task<Result<Cart>> set_payment(Context context, SetPayment wanted) = 0;
    /// For orders, not for shoppers: needs no secret.
    virtual Task<Result<Closed>> close(Context context, CloseCart wanted) = 0;

    static constexpr auto contract() {
        using namespace refused;
        using refusals::not_found;
        using refusals::precondition_failed;
        using refusals::unauthorized;
        return rpc::contract<Carts>(
            "carts", "What shoppers are about to buy.",
            rpc::change<&Carts::create>("Makes a cart; its answer alone carries the secret.",
                                        {not_sold, bad_quantity, too_many_lines}),
            rpc::read<&Carts::cart>("Answers a cart.", {unauthorized, not_found, wrong_market}),
            rpc::change<&Carts::add_line>(
                "Adds a variant.",
                {unauthorized, not_found, wrong_market, market_changed, not_sold, bad_quantity,
                 too_many_lines, already_ordered, precondition_failed,
                 refusals::idempotency_key_reused, refusals::in_progress}),
            rpc::change<&Carts::change_line>(
                "Sets how much of a line is wanted, at today's price.",
                {unauthorized, not_found, wrong_market, market_changed, not_sold, bad_quantity,
                 already_ordered, precondition_failed}),
            rpc::change<&Carts::remove_line>(
                "Takes a line out.",
                {unauthorized, not_found, wrong_market, already_ordered, precondition_failed}),
            rpc::change<&Carts::merge>(
                "Takes the lines of another cart over.",
                {unauthorized, not_found, wrong_market, market_changed, already_ordered,
                 precondition_failed, refusals::idempotency_key_reused, refusals::in_progress}),
            rpc::change<&Carts::set_addresses>(
                "Sets the addresses.",
                {unauthorized, not_found, wrong_market, already_ordered, precondition_failed}),
            rpc::change<&Carts::set_delivery>(
                "Chooses the delivery.",
                {unauthorized, not_found, wrong_market, already_ordered, precondition_failed}),
            rpc::change<&Carts::set_payment>(
                "Chooses the payment.",
                {unauthorized, not_found, wrong_market, already_ordered, precondition_failed}),
            rpc::change<&Carts::close>("Says that a cart became an order."));
    }
};

}  // namespace kontor::carts
