#pragma once

#include "platform/describe/put_outcome.hpp"
#include "platform/describe/values.hpp"
#include "platform/rpc/contract.hpp"

/// What lies where, and who has a claim on it.
namespace kontor::inventory {

namespace refusals {
using namespace kontor::refusals;
inline constexpr RefusalKind out_of_stock{
    "out_of_stock", 409,
    "No location has enough; `errors` names each short line and what is left."};
inline constexpr RefusalKind unknown_sku{"unknown_sku", 422,
                                         "Stock of this SKU was never counted anywhere."};
inline constexpr RefusalKind reservation_ended{
    "reservation_ended", 409, "The reservation has expired or was released; reserve anew."};
inline constexpr RefusalKind reservation_reused{
    "reservation_reused", 422, "The reservation's key was used before for something else."};
}  // namespace refusals

/// The counters of a SKU in one place, in sales units.
/// available = on_hand - reserved - allocated - safety, and below zero after a count that found
/// less than was promised.
struct StockCell {
    std::string location;
    Quantity on_hand;
    Quantity reserved;
    Quantity allocated;
    Quantity safety;
    Quantity available;

    static constexpr auto describe() {
        return described<StockCell>("The counters of a SKU in one place.",
                                    field<&StockCell::location>("Id of the store or warehouse."),
                                    field<&StockCell::on_hand>("Lies there."),
                                    field<&StockCell::reserved>("Claimed for a while."),
                                    field<&StockCell::allocated>("Belongs to orders."),
                                    field<&StockCell::safety>("Kept back."),
                                    field<&StockCell::available>("What may still be reserved."));
    }
};

/// The same with what the place is for.
struct StockLevel {
    std::string location;
    Quantity on_hand;
    Quantity reserved;
    Quantity allocated;
    Quantity safety;
    Quantity available;
    bool serves_online = false;

    static constexpr auto describe() {
        return described<StockLevel>(
            "The counters of a SKU in one place, and whether it serves online orders.",
            field<&StockLevel::location>("Id of the store or warehouse."),
            field<&StockLevel::on_hand>("Lies there."),
            field<&StockLevel::reserved>("Claimed for a while."),
            field<&StockLevel::allocated>("Belongs to orders."),
            field<&StockLevel::safety>("Kept back."),
            field<&StockLevel::available>("on_hand - reserved - allocated - safety."),
            field<&StockLevel::serves_online>("Whether any market's online orders are served "
                                              "from there."));
    }
};

/// What somebody counted.
struct StockCount {
    std::string sku;
    std::string location;
    Quantity on_hand;
    std::optional<Quantity> safety;

    static constexpr auto describe() {
        return described<StockCount>(
            "What lies in one place, as it was counted.",
            field<&StockCount::sku>("What is sold.", {.min_length = 1, .max_length = 64}),
            field<&StockCount::location>("Id of the store or warehouse.",
                                         {.min_length = 1, .max_length = 64}),
            field<&StockCount::on_hand>("0 or more, reserved and allocated ones included."),
            field<&StockCount::safety>("Kept back from now on; as before where missing."));
    }
};

struct PutStock {
    std::vector<StockCount> counts;
    static constexpr auto describe() {
        return described<PutStock>(
            "Sets what lies where.",
            field<&PutStock::counts>("1 to 10,000.", {.min_length = 1, .max_length = 10'000}));
    }
};

struct SetStock {
    std::string sku;
    std::string location;
    Quantity on_hand;
    std::optional<Quantity> safety;

    static constexpr auto describe() {
        return described<SetStock>(
            "Sets what lies in one place.",
            field<&SetStock::sku>("What is sold.", {.min_length = 1, .max_length = 64}),
            field<&SetStock::location>("Id of the store or warehouse.",
                                       {.min_length = 1, .max_length = 64}),
            field<&SetStock::on_hand>("0 or more, reserved and allocated ones included.",
                                      {.example = "\"100\""}),
            field<&SetStock::safety>("Kept back from now on; as before where missing."));
    }
};

struct StockOf {
    std::string sku;
    static constexpr auto describe() {
        return described<StockOf>(
            "Asks where a SKU lies.",
            field<&StockOf::sku>("What is sold.", {.min_length = 1, .max_length = 64}));
    }
};

struct StockLevels {
    std::string sku;
    std::vector<StockLevel> items;
    static constexpr auto describe() {
        return described<StockLevels>("Where a SKU lies.",
                                      field<&StockLevels::sku>("What is sold."),
                                      field<&StockLevels::items>("By location."));
    }
};

struct ListStock {
    std::int64_t limit = 200;
    std::optional<std::string> cursor;
    static constexpr auto describe() {
        return described<ListStock>(
            "One page of all stock.",
            field<&ListStock::limit>("SKUs on the page.",
                                     {.min = 1, .max = 1'000, .optional = true}),
            field<&ListStock::cursor>("`next` of the page before.", {.max_length = 64}));
    }
};

struct SkuStock {
    std::string sku;
    std::vector<StockCell> cells;
    static constexpr auto describe() {
        return described<SkuStock>("A SKU with all its stock.",
                                   field<&SkuStock::sku>("What is sold."),
                                   field<&SkuStock::cells>("By location."));
    }
};

struct StockPage {
    std::vector<SkuStock> items;
    std::optional<std::string> next;
    std::int64_t position = 0;
    static constexpr auto describe() {
        return described<StockPage>(
            "A page of SKUs with their stock, by SKU.", field<&StockPage::items>("The SKUs."),
            field<&StockPage::next>("Cursor of the next page; absent on the last."),
            field<&StockPage::position>("Event log position that this is at least as new as."));
    }
};

/// What somebody wants held. Where it names no location, one is chosen.
struct WantedLine {
    std::string sku;
    Quantity quantity;
    std::optional<std::string> location;

    static constexpr auto describe() {
        return described<WantedLine>(
            "What to hold.",
            field<&WantedLine::sku>("What is sold.", {.min_length = 1, .max_length = 64}),
            field<&WantedLine::quantity>("In sales units, more than 0."),
            field<&WantedLine::location>("Where from; chosen where missing.",
                                         {.min_length = 1, .max_length = 64}));
    }
};

/// Most lines of one reservation.
inline constexpr std::int64_t lines_limit = 1'000;

struct ReserveStock {
    std::string reservation;
    std::vector<WantedLine> lines;
    std::int64_t expires_in_s = 900;

    static constexpr auto describe() {
        return described<ReserveStock>(
            "Holds stock for every line or for none.",
            field<&ReserveStock::reservation>("The caller's own key of it; unique for ever.",
                                              {.min_length = 1, .max_length = 64}),
            field<&ReserveStock::lines>("1 to 1,000, distinct SKUs.",
                                        {.min_length = 1, .max_length = lines_limit}),
            field<&ReserveStock::expires_in_s>("How long.",
                                               {.min = 1, .max = 604'800, .optional = true}));
    }
};

struct AllocateStock {
    std::string reservation;
    std::string order;
    static constexpr auto describe() {
        return described<AllocateStock>(
            "Binds a reservation to an order.",
            field<&AllocateStock::reservation>("Its key.", {.min_length = 1, .max_length = 64}),
            field<&AllocateStock::order>("Id of the order.", {.min_length = 1, .max_length = 64}));
    }
};

struct ReleaseStock {
    std::string reservation;
    static constexpr auto describe() {
        return described<ReleaseStock>(
            "Gives back what a reservation holds.",
            field<&ReleaseStock::reservation>("Its key.", {.min_length = 1, .max_length = 64}));
    }
};

enum class ReservationStatus { held, allocated, released, expired };
BOOST_DESCRIBE_ENUM(ReservationStatus, held, allocated, released, expired)

struct ReservedLine {
    std::string sku;
    Quantity quantity;
    std::string location;

    static constexpr auto describe() {
        return described<ReservedLine>("What is held, and where.",
                                       field<&ReservedLine::sku>("What is sold."),
                                       field<&ReservedLine::quantity>("In sales units."),
                                       field<&ReservedLine::location>("Where it lies."));
    }
};

struct Reservation {
    std::string reservation;
    ReservationStatus status = ReservationStatus::held;
    std::vector<ReservedLine> lines;
    Timestamp expires_at;
    std::optional<std::string> order;

    static constexpr auto describe() {
        return described<Reservation>(
            "A claim on stock.", field<&Reservation::reservation>("Its key."),
            field<&Reservation::status>("What has become of it."),
            field<&Reservation::lines>("In the order of the request."),
            field<&Reservation::expires_at>("When a held one ends by itself."),
            field<&Reservation::order>("The order that it was allocated to."));
    }
};

class Inventory {
public:
    virtual ~Inventory() = default;
    /// Sets counters absolutely; a count below 0 or given twice is not taken. One that finds less
    /// than is reserved and allocated is taken: available is then below zero.
    virtual Task<Result<PutOutcome>> put_stock(Context context, PutStock wanted) = 0;
    virtual Task<Result<StockLevel>> set_stock(Context context, SetStock wanted) = 0;
    /// Empty for a SKU that was never counted.
    virtual Task<Result<StockLevels>> stock(Context context, StockOf wanted) = 0;
    virtual Task<Result<StockPage>> stock_pages(Context context, ListStock wanted) = 0;

    /// Holds stock for every line or for none. A line is served from one place as a whole: the one
    /// it names, or else of those that serve `context.market` online the one with most. The hold
    /// ends at `expires_at`, or moments later, unless it is allocated. The same request under the
    /// same key answers the same again.
    virtual Task<Result<Reservation>> reserve(Context context, ReserveStock wanted) = 0;
    /// Makes a held reservation an order's for good. Safe to repeat.
    virtual Task<Result<Reservation>> allocate(Context context, AllocateStock wanted) = 0;
    /// Gives back what is held or allocated. Safe to repeat; releasing a key that was never
    /// reserved keeps a reserve that is still on its way from holding anything.
    virtual Task<Result<Reservation>> release(Context context, ReleaseStock wanted) = 0;

    static constexpr auto contract() {
        return rpc::contract<Inventory>(
            "inventory", "What lies where, and who has a claim on it.",
            rpc::change<&Inventory::put_stock>(
                "Sets what lies where; one count at fault does not stop the others."),
            rpc::change<&Inventory::set_stock>("Sets what lies in one place.", {refusals::invalid}),
            rpc::read<&Inventory::stock>("Answers where a SKU lies."),
            rpc::read<&Inventory::stock_pages>("Lists all stock, page by page."),
            rpc::change<&Inventory::reserve>(
                "Holds stock for every line or for none.",
                {refusals::out_of_stock, refusals::unknown_sku, refusals::reservation_ended,
                 refusals::reservation_reused}),
            rpc::change<&Inventory::allocate>(
                "Makes a reservation an order's.",
                {refusals::not_found, refusals::reservation_ended, refusals::reservation_reused}),
            rpc::change<&Inventory::release>("Gives back what a reservation holds."));
    }
};

}  // namespace kontor::inventory
