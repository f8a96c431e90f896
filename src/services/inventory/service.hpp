#pragma once

#include "platform/service/service.hpp"
#include "services/inventory/api.hpp"

namespace kontor::inventory {

/// A change of some of a reservation, which happens once under its key.
struct PartChange {
    std::string reservation;
    std::string_view kind;
    std::string key;
};

/// Stock and reservations on this service's own records.
class LocalInventory final : public Inventory {
public:
    explicit LocalInventory(const Host& host) : host_(host) {}

    Task<Result<PutOutcome>> put_stock(Context context, PutStock wanted) override;
    Task<Result<StockLevel>> set_stock(Context context, SetStock wanted) override;
    Task<Result<StockLevels>> stock(Context context, StockOf wanted) override;
    Task<Result<StockPage>> stock_pages(Context context, ListStock wanted) override;
    Task<Result<Reservation>> reserve(Context context, ReserveStock wanted) override;
    Task<Result<Reservation>> extend(Context context, ExtendReservation wanted) override;
    Task<Result<Reservation>> allocate(Context context, AllocateStock wanted) override;
    Task<Result<Reservation>> release(Context context, ReleaseStock wanted) override;
    Task<Result<Reservation>> ship(Context context, ShipStock wanted) override;
    Task<Result<PutOutcome>> restock(Context context, RestockGoods wanted) override;

    /// Ends the reservations that have expired by now and gives back what they held; how many.
    Task<std::int64_t> expire_due();

private:
    template <class Line>
    Task<Result<Reservation>> change_part(Context context, PartChange change,
                                          std::vector<Line> wanted);
    Task<bool> expire(std::string key, Timestamp now);

    Host host_;
};

}  // namespace kontor::inventory
