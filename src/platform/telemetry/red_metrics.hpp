#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "platform/telemetry/metrics.hpp"

/// Rate, errors and duration of every route and of every operation of a service.
namespace kontor::telemetry {

/// One route of the HTTP server: `kontor_http_requests_total{route,method,status}` and
/// `kontor_http_request_duration_seconds{route,method}`. Thread-safe; about 15 ns a request.
class RouteMetrics {
public:
    /// `route`: the pattern with its placeholders, `/shop/{market}/products`; never a real path.
    RouteMetrics(Registry& registry, std::string_view route, std::string_view method);

    /// `status`: 100 to 599.
    void observe(int status, std::chrono::nanoseconds span);

private:
    static constexpr int status_first = 100;
    static constexpr int status_count = 500;

    Counter& counter_of(int status);

    Registry& registry_;
    std::string route_;
    std::string method_;
    Histogram duration_;
    // A status has its counter from its first appearance on.
    std::mutex mutex_;
    std::vector<std::unique_ptr<Counter>> counters_;
    std::array<std::atomic<Counter*>, status_count> by_status_{};
};

/// failed: it threw.
enum class Outcome : std::uint8_t { ok, refused, failed };

/// One operation of a service: `kontor_operations_total{service,operation,outcome}` and
/// `kontor_operation_duration_seconds{service,operation}`. Thread-safe; about 10 ns a call.
class OperationMetrics {
public:
    OperationMetrics(Registry& registry, std::string_view service, std::string_view operation);

    void observe(Outcome outcome, std::chrono::nanoseconds span) const {
        by_outcome_[static_cast<std::size_t>(outcome)].add();
        duration_.observe(span);
    }

private:
    std::array<Counter, 3> by_outcome_;
    Histogram duration_;
};

}  // namespace kontor::telemetry
