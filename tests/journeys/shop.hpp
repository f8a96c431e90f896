#pragma once

#include <gmock/gmock.h>

#include "app/deployment.hpp"
#include "journeys/assortment.hpp"
#include "journeys/discovery_elsewhere.hpp"
#include "platform/async/asio_loop.hpp"
#include "services/carts/api.hpp"
#include "services/discovery/api.hpp"
#include "services/orders/api.hpp"
#include "services/payments/api.hpp"
#include "support/temporary_folder.hpp"

namespace kontor::journeys {

/// Where a journey runs; each runs unchanged on all of them. `apart`: two processes over NATS, on
/// PostgreSQL.
enum class Where { sqlite, postgres, serialised, apart };

std::string where_name(const ::testing::TestParamInfo<Where>& info);

/// A small shop on its own storage, with the assortment of the journeys.
class Shop {
public:
    explicit Shop(Where where);
    ~Shop();

    template <class Contract>
    Contract& ask() {
        return deployment_->directory().get<Contract>();
    }

    /// The outcome of `task`, run to its end.
    template <class T>
    T run(Task<T> task) {
        return loop_.run_until_done(std::move(task));
    }

    /// The same, which must be no refusal.
    template <class T>
    T must(Task<Result<T>> task) {
        auto result = run(std::move(task));
        if (!result) {
            throw std::runtime_error(result.error().code + ": " + result.error().message);
        }
        return *std::move(result);
    }

    /// A call of a shopper in Germany, with 30 s of time.
    Context shopper(std::string bearer = {}) const;

    /// Waits until every projection has taken what was written so far.
    void settle();

    /// Ends the process, as far as services can tell, and starts it again on the same storage.
    void restart();

    /// Lets a month pass, so that what is kept for some time only is forgotten.
    void wait_a_month();

    /// Lets the background work for a while.
    void wait(std::chrono::milliseconds time);

    /// Whether the event log still has a service's first event.
    bool remembers_all_of(std::string service);

    /// The same as restart, without projections.
    void restart_without_projections();

    /// A cart with a drill and 2.45 m of cable, ready to be ordered; and its secret.
    carts::Cart ready_cart();

    inventory::StockLevel stock(const std::string& sku, const std::string& location);
    void set_stock(const std::string& sku, Quantity on_hand);

    static constexpr auto drill = assortment::drill;
    static constexpr auto cable = assortment::cable;

private:
    void start();
    void stop();
    void fill();

    Where where_;
    testing::TemporaryFolder folder_;
    std::string database_url_;
    std::unique_ptr<DiscoveryElsewhere> elsewhere_;
    ManualClock clock_;
    SystemRandom random_;
    telemetry::SilentLog silent_;
    AsioLoop loop_;
    std::unique_ptr<http::Client> client_ = http::make_client({&loop_});
    std::unique_ptr<app::Deployment> deployment_;
};

/// Where's parameter in a test.
inline auto everywhere() {
    return ::testing::Values(Where::sqlite, Where::postgres, Where::serialised, Where::apart);
}

}  // namespace kontor::journeys
