#pragma once

#include "platform/service/service.hpp"
#include "services/stores/api.hpp"
#include "services/stores/settings.hpp"

namespace kontor::stores {

/// Markets and stores on this service's own records.
class LocalStores final : public Stores {
public:
    explicit LocalStores(const Host& host, StoresSettings settings = {})
        : host_(host), settings_(std::move(settings)) {}

    Task<Result<MarketList>> markets(Context context, AllMarkets wanted) override;
    Task<Result<Market>> market(Context context, MarketKey key) override;
    Task<Result<PutOutcome>> put_markets(Context context, PutMarkets wanted) override;
    Task<Result<StoreList>> stores(Context context, ListStores wanted) override;
    Task<Result<PutOutcome>> put_stores(Context context, PutStores wanted) override;

private:
    Host host_;
    StoresSettings settings_;
};

}  // namespace kontor::stores
