#pragma once

#include "platform/service/service.hpp"
#include "services/inventory/api.hpp"
#include "services/inventory/writer.hpp"

namespace kontor::inventory {

/// Stock and reservations on this service's own records. What changes counters is decided and
/// written by the StockWriter.
class LocalInventory final : public Inventory {
public:
    explicit LocalInventory(const Host& host, StockWriterOptions options = {})
        : host_(host), writer_(host, options) {}

    Task<Result<PutOutcome>> put_stock(Context context, PutStock wanted) override;
    Task<Result<StockLevel>> set_stock(Context context, SetStock wanted) override;
    Task<Result<PutOutcome>> adjust_stock(Context context, AdjustStock wanted) override;
    Task<Result<PutOutcome>> restock(Context context, RestockGoods wanted) override;
    Task<Result<PutOutcome>> put_policies(Context context, PutPolicies wanted) override;
    Task<Result<PutOutcome>> put_kits(Context context, PutKits wanted) override;
    Task<Result<StockLevels>> stock(Context context, StockOf wanted) override;
    Task<Result<StockPage>> stock_pages(Context context, ListStock wanted) override;
    Task<Result<Reservation>> reserve(Context context, ReserveStock wanted) override;
    Task<Result<Reservation>> extend(Context context, ExtendReservation wanted) override;
    Task<Result<Reservation>> allocate(Context context, AllocateStock wanted) override;
    Task<Result<Reservation>> release(Context context, ReleaseStock wanted) override;
    Task<Result<Reservation>> ship(Context context, ShipStock wanted) override;

    /// Ends the reservations that have expired by now and gives back what they held; how many.
    Task<std::int64_t> expire_due();

private:
    Host host_;
    StockWriter writer_;
};

}  // namespace kontor::inventory
