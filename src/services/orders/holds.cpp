#include "services/orders/holds.hpp"

namespace kontor::orders::holds {

std::string key(const std::string& first, int attempt) {
    return attempt == 1 ? first : fmt::format("{}.{}", first, attempt);
}

bool has_ended(const Result<inventory::Reservation>& step) {
    return !step && step.error().code == inventory::refusals::reservation_ended.code;
}

Task<Result<inventory::Reservation>> under_live_key(std::string first, Step step) {
    auto done = co_await step(first);
    for (int attempt = 2; has_ended(done) && attempt <= attempts_max; ++attempt) {
        done = co_await step(key(first, attempt));
    }
    co_return done;
}

}  // namespace kontor::orders::holds
