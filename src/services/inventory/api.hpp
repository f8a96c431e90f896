#pragma once

#include "platform/describe/put_outcome.hpp"
#include "platform/rpc/contract.hpp"
#include "platform/service/follow_ups.hpp"
#include "services/inventory/reservations.hpp"
#include "services/inventory/stock.hpp"

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
    "reservation_reused", 422,
    "The key of the reservation, or of this change of it, was used before for something else."};
inline constexpr RefusalKind not_allocated{
    "not_allocated", 409, "The reservation is only held; allocate it to its order first."};
inline constexpr RefusalKind more_than_held{
    "more_than_held", 409,
    "The reservation holds less; `errors` names each line and what is left."};
}  // namespace refusals

class Inventory {
public:
    virtual ~Inventory() = default;
    /// Sets counters absolutely; a count below 0 or given twice is not taken, one with an old
    /// `sequence` is `unchanged`. One that finds less than is reserved and allocated is taken:
    /// available is then below zero, and `stock-short` is raised where no policy allows it. Not one
    /// transaction: a part may have been taken when it fails; repeat it.
    virtual Task<Result<PutOutcome>> put_stock(Context context, PutStock wanted) = 0;
    virtual Task<Result<StockLevel>> set_stock(Context context, SetStock wanted) = 0;
    /// Adds to what lies where, each adjustment once by its id; a repetition is `unchanged`. One
    /// that would leave less than nothing, or has the id of another, is `rejected`. Not one
    /// transaction.
    virtual Task<Result<PutOutcome>> adjust_stock(Context context, AdjustStock wanted) = 0;
    /// Holds from now on; what is promised already stays promised.
    virtual Task<Result<PutOutcome>> put_policies(Context context, PutPolicies wanted) = 0;
    /// Holds for reservations from now on; those there are keep what they hold. A kit cannot be
    /// part of a kit.
    virtual Task<Result<PutOutcome>> put_kits(Context context, PutKits wanted) = 0;
    /// Empty for a SKU that was never counted.
    virtual Task<Result<StockLevels>> stock(Context context, StockOf wanted) = 0;
    virtual Task<Result<StockPage>> stock_pages(Context context, ListStock wanted) = 0;

    /// Holds stock for every line or for none. A line is served from one place as a whole, a kit
    /// with all its parts: the one it names, or else of those that serve `context.market` online
    /// the one with most. Available falls below zero only as far as the SKU's policy allows. The
    /// hold ends at `expires_at`, or moments later, unless it is allocated. The same request under
    /// the same key answers the same again.
    virtual Task<Result<Reservation>> reserve(Context context, ReserveStock wanted) = 0;
    /// Moves the end of a held reservation to `expires_in_s` from now, never to an earlier time.
    /// One that is allocated has no end: it is answered as it is.
    virtual Task<Result<Reservation>> extend(Context context, ExtendReservation wanted) = 0;
    /// Makes a held reservation an order's for good. Safe to repeat, also once the order has given
    /// it back: it is answered as it is then.
    virtual Task<Result<Reservation>> allocate(Context context, AllocateStock wanted) = 0;
    /// Gives back what is held or allocated: all of it, or only `lines` of it, once under each
    /// `reference`. Safe to repeat; releasing all of a key that was never reserved keeps a reserve
    /// that is still on its way from holding anything.
    virtual Task<Result<Reservation>> release(Context context, ReleaseStock wanted) = 0;
    /// Allocated goods leave: allocated falls, and on_hand as far as there was any (what is shipped
    /// beyond it was never counted in). Once under each `shipment` of a reservation.
    virtual Task<Result<Reservation>> ship(Context context, ShipStock wanted) = 0;
    /// Returned goods lie on the shelf again, once under each key; a repetition is `unchanged`, the
    /// same key for other goods is `rejected`.
    virtual Task<Result<PutOutcome>> restock(Context context, RestockGoods wanted) = 0;

    static constexpr auto contract() {
        return rpc::contract<Inventory>(
            "inventory", "What lies where, and who has a claim on it.",
            rpc::change<&Inventory::put_stock>(
                "Sets what lies where; one count at fault does not stop the others."),
            rpc::change<&Inventory::set_stock>("Sets what lies in one place.", {refusals::invalid}),
            rpc::change<&Inventory::adjust_stock>(
                "Adds to what lies where; one entry at fault does not stop the others."),
            rpc::change<&Inventory::put_policies>(
                "Sets how much more than is available may be promised."),
            rpc::change<&Inventory::put_kits>("Sets what kits are made of."),
            rpc::read<&Inventory::stock>("Answers where a SKU lies."),
            rpc::read<&Inventory::stock_pages>("Lists all stock, page by page."),
            rpc::change<&Inventory::reserve>(
                "Holds stock for every line or for none.",
                {refusals::out_of_stock, refusals::unknown_sku, refusals::reservation_ended,
                 refusals::reservation_reused}),
            rpc::change<&Inventory::extend>("Lets a held reservation end later.",
                                            {refusals::not_found, refusals::reservation_ended}),
            rpc::change<&Inventory::allocate>(
                "Makes a reservation an order's.",
                {refusals::not_found, refusals::reservation_ended, refusals::reservation_reused}),
            rpc::change<&Inventory::release>(
                "Gives back what a reservation holds, or a part of it.",
                {refusals::not_found, refusals::more_than_held, refusals::reservation_reused}),
            rpc::change<&Inventory::ship>(
                "Takes allocated goods out of the place where they lie.",
                {refusals::not_found, refusals::reservation_ended, refusals::not_allocated,
                 refusals::more_than_held, refusals::reservation_reused}),
            rpc::change<&Inventory::restock>("Puts returned goods on the shelf again."));
    }
};

/// What this service could not do about an event.
struct FollowUpsTag {
    static constexpr std::string_view name = "inventory-follow-ups";
};
using StockFollowUps = FollowUps<FollowUpsTag>;

}  // namespace kontor::inventory
