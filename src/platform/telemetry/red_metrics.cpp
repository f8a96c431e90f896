#include "platform/telemetry/red_metrics.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace kontor::telemetry {

namespace {

Counter of_outcome(Registry& registry, std::string_view service, std::string_view operation,
                   std::string_view outcome) {
    return registry.counter("kontor_operations_total", "Calls of services, by outcome.",
                            {{"service", std::string(service)},
                             {"operation", std::string(operation)},
                             {"outcome", std::string(outcome)}});
}

}  // namespace

RouteMetrics::RouteMetrics(Registry& registry, std::string_view route, std::string_view method)
    : registry_(registry),
      route_(route),
      method_(method),
      duration_(registry.histogram("kontor_http_request_duration_seconds",
                                   "From the last byte of a request's head to its answer.",
                                   {{"route", route_}, {"method", method_}})) {}

void RouteMetrics::observe(int status, std::chrono::nanoseconds span) {
    counter_of(status).add();
    duration_.observe(span);
}

Counter& RouteMetrics::counter_of(int status) {
    const auto place =
        static_cast<std::size_t>(std::clamp(status - status_first, 0, status_count - 1));
    if (auto* known = by_status_[place].load(std::memory_order_acquire)) {
        return *known;
    }
    const std::scoped_lock lock(mutex_);
    counters_.push_back(std::make_unique<Counter>(registry_.counter(
        "kontor_http_requests_total", "Requests answered, by route, method and status.",
        {{"route", route_}, {"method", method_}, {"status", fmt::format("{}", status)}})));
    by_status_[place].store(counters_.back().get(), std::memory_order_release);
    return *counters_.back();
}

OperationMetrics::OperationMetrics(Registry& registry, std::string_view service,
                                   std::string_view operation)
    : by_outcome_{of_outcome(registry, service, operation, "ok"),
                  of_outcome(registry, service, operation, "refused"),
                  of_outcome(registry, service, operation, "failed")},
      duration_(registry.histogram(
          "kontor_operation_duration_seconds", "Time that calls of services took.",
          {{"service", std::string(service)}, {"operation", std::string(operation)}})) {}

}  // namespace kontor::telemetry
