#include "platform/service/upkeep.hpp"

#include "platform/sql/idempotency.hpp"

namespace kontor {

Upkeep::Upkeep(const Host& host, std::chrono::microseconds keep, Passed passed)
    : host_(host),
      keep_(keep),
      passed_(std::move(passed)),
      hourly_(std::chrono::hours(1), [this] { return once(); }, host.report()) {}

Task<void> Upkeep::once() {
    const auto purged =
        co_await sql::purge_idempotency_keys(host_.database, Context{}, host_.clock.now());
    if (!purged) {
        throw std::runtime_error("purging idempotency keys: " + purged.error().message);
    }
    if (passed_) {
        co_await trim();
    }
}

Task<void> Upkeep::trim() {
    while (co_await host_.outbox.trim(passed_(), keep_) > 0) {
    }
}

}  // namespace kontor
