#include "simulation/event_log.hpp"

namespace kontor::simulation {

using namespace std::chrono_literals;
using events::Envelope;
using events::Position;

namespace {

constexpr Position repeated_max = 5;

std::unexpected<Refusal> away(std::string_view stream) {
    return refuse(refusals::unavailable, "the log of {} is not reached", stream);
}

}  // namespace

Task<Result<void>> SimulatedLog::reach(std::string_view stream) {
    if (environment_.ends_here(*life_, stream) ||
        environment_.faults.happens(Fault::log_refuses, stream) ||
        !co_await life_->pause(environment_.between(100us, 3ms))) {
        co_return away(stream);
    }
    co_return {};
}

Task<Result<std::vector<Envelope>>> SimulatedLog::read(std::string stream, Position after,
                                                       std::size_t max, Duration wait) {
    if (!life_->goes_on()) {
        co_return away(stream);
    }
    auto batch = TRY(co_await shared_.of(stream).read(stream, after, max, wait));
    if (batch.empty()) {
        co_return batch;
    }
    TRY(co_await reach(stream));
    if (environment_.faults.happens(Fault::events_held_up, stream)) {
        batch.resize((batch.size() + 1) / 2);
    }
    if (environment_.faults.happens(Fault::events_repeated, stream)) {
        auto again = TRY(co_await shared_.of(stream).read(
            stream, std::max<Position>(after - repeated_max, 0), repeated_max, 0s));
        again.insert(again.end(), batch.begin(), batch.end());
        batch = std::move(again);
    }
    co_return batch;
}

Task<Result<Position>> SimulatedLog::end(std::string stream) {
    TRY(co_await reach(stream));
    co_return co_await shared_.of(stream).end(stream);
}

Task<Result<Position>> SimulatedLog::append(std::string stream, std::vector<Envelope> batch) {
    TRY(co_await reach(stream));
    const auto end = co_await shared_.of(stream).append(stream, std::move(batch));
    if (environment_.ends_here(*life_, stream) ||
        environment_.faults.happens(Fault::append_reply_lost, stream)) {
        co_return away(stream);
    }
    co_return end;
}

}  // namespace kontor::simulation
