#include "platform/events/consumer.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include <fmt/format.h>

#include "platform/sql/error.hpp"

namespace kontor::events {

namespace {

using namespace std::chrono_literals;

constexpr auto read_wait = 5s;

struct Failure {
    std::string error;
    bool passes = false;     ///< It may go away by itself.
    bool elsewhere = false;  ///< It is none: another process did the work.
};

bool passes_by_itself(const sql::Error& error) {
    using Kind = sql::Error::Kind;
    constexpr Kind lasting[] = {Kind::unique,   Kind::check,     Kind::foreign_key,
                                Kind::not_null, Kind::statement, Kind::corrupt};
    return std::ranges::find(lasting, error.kind()) == std::end(lasting);
}

/// What went wrong with `work`, if anything.
Task<std::optional<Failure>> failure_of(Task<void> work) {
    try {
        co_await std::move(work);
        co_return std::nullopt;
    } catch (const TakenElsewhere& moved) {
        co_return Failure{moved.what(), true, true};
    } catch (const TransientFailure& failure) {
        co_return Failure{failure.what(), true};
    } catch (const sql::Error& error) {
        co_return Failure{error.what(), passes_by_itself(error)};
    } catch (const std::exception& error) {
        co_return Failure{error.what(), false};
    }
}

}  // namespace

Consumer::Consumer(std::string name, std::string stream, Log& log, Sink& sink,
                   ConsumerOptions options)
    : name_(std::move(name)),
      stream_(std::move(stream)),
      log_(log),
      sink_(sink),
      options_(std::move(options)) {}

Consumer::~Consumer() {
    if (running_) {
        std::fputs("kontor: a consumer was destroyed before it was stopped\n", stderr);
        std::abort();
    }
}

void Consumer::start() {
    stopping_ = false;
    running_ = true;
    spawn(run());
}

Task<void> Consumer::stop() {
    stopping_ = true;
    while (running_) {
        const auto seen = progress_.count();
        requests_.notify_all();
        log_.wake();  // again and again, since the consumer may be on its way into a wait
        if (running_) {
            co_await progress_.wait_beyond(seen, 10ms);
        }
    }
}

void Consumer::replay(Position from) {
    {
        const std::lock_guard lock(mutex_);
        replay_from_ = from;
    }
    requests_.notify_all();
    log_.wake();
}

Task<bool> Consumer::retry_parked(Duration wait) {
    std::uint64_t before = 0;
    {
        const std::lock_guard lock(mutex_);
        before = status_.retries;
        retry_wanted_ = true;
    }
    requests_.notify_all();
    log_.wake();
    co_return co_await until([before](const auto& status) { return status.retries > before; },
                             wait);
}

bool Consumer::caught_up() const {
    const auto end = end_at_start_.load();
    return end >= 0 && status().position >= end;
}

Task<bool> Consumer::reached(Position position, Duration wait) {
    return until([position](const auto& status) { return status.position >= position; }, wait);
}

Task<bool> Consumer::until(std::function<bool(const ConsumerStatus&)> holds, Duration wait) {
    const auto end = Loop::current().now() + wait;
    for (;;) {
        const auto seen = progress_.count();
        if (holds(status())) {
            co_return true;
        }
        const auto left = end - Loop::current().now();
        if (left <= Duration::zero()) {
            co_return false;
        }
        co_await progress_.wait_beyond(seen, left);
    }
}

ConsumerStatus Consumer::status() const {
    const std::lock_guard lock(mutex_);
    return status_;
}

Task<void> Consumer::run() {
    int failures_in_a_row = 0;
    while (!stopping_) {
        if (const auto failure = co_await failure_of(step())) {
            loaded_ = false;
            if (failure->elsewhere) {
                co_await pause(0);
                continue;
            }
            note_failure(failure->error);
            co_await pause(failures_in_a_row++);
        } else {
            failures_in_a_row = 0;
        }
    }
    progress_.notify_all();
    running_ = false;  // the last touch: whoever stopped it may destroy it now
}

Task<void> Consumer::step() {
    if (!loaded_) {
        co_await load();
    }
    if (end_at_start_ < 0) {
        co_await learn_end();
    }
    co_await follow_requests();
    auto batch = co_await log_.read(stream_, position_, options_.batch_max, read_wait);
    if (!batch && batch.error().code == refusals::trimmed.code) {
        co_await sink_.rebuild();
        co_await load();
    } else if (!batch) {
        throw TransientFailure(batch.error().message);
    } else {
        co_await take(without_duplicates(*std::move(batch)));
    }
}

Task<void> Consumer::load() {
    parked_ = co_await sink_.parked_aggregates();
    advance(co_await sink_.position(), 0);
    loaded_ = true;
}

Task<void> Consumer::learn_end() {
    const auto end = co_await log_.end(stream_);
    if (!end) {
        throw TransientFailure(end.error().message);
    }
    end_at_start_ = *end;
}

Task<void> Consumer::follow_requests() {
    std::optional<Position> from;
    bool retry = false;
    {
        const std::lock_guard lock(mutex_);
        from = std::exchange(replay_from_, std::nullopt);
        retry = std::exchange(retry_wanted_, false);
    }
    if (from) {
        co_await sink_.reset(*from);
    }
    if (retry) {
        co_await sink_.retry_parked();
    }
    if (from || retry) {
        co_await load();
    }
    if (retry) {
        {
            const std::lock_guard lock(mutex_);
            ++status_.retries;
        }
        progress_.notify_all();
    }
}

std::vector<Envelope> Consumer::without_duplicates(std::vector<Envelope> batch) {
    Position last = position_;
    const auto repeated = std::erase_if(batch, [&](const Envelope& event) {
        const bool again = event.sequence <= last;
        last = std::max(last, event.sequence);
        return again;
    });
    const std::lock_guard lock(mutex_);
    status_.duplicates += repeated;
    return batch;
}

/// Events of parked aggregates are parked, the runs between them take effect.
Task<void> Consumer::take(std::vector<Envelope> batch) {
    auto next = batch.begin();
    while (next != batch.end() && !stopping_) {
        const auto behind = [&](const Envelope& event) {
            return parked_.contains(event.aggregate);
        };
        const auto blocked =
            parked_.empty() ? batch.end() : std::find_if(next, batch.end(), behind);
        if (blocked != next) {
            co_await apply({std::make_move_iterator(next), std::make_move_iterator(blocked)});
            next = blocked;
        } else if (co_await park(*next, "waits behind an earlier event of its aggregate")) {
            ++next;
        }
    }
}

/// Returns once all of `events` took effect or were parked, or when stopping. Throws where it is
/// not known how far it came: the position is then loaded again.
Task<void> Consumer::apply(std::vector<Envelope> events) {
    for (int failed = 0; !stopping_; ++failed) {
        const auto failure = co_await failure_of(sink_.apply(events));
        if (!failure) {
            advance(events.back().sequence, events.size());
            co_return;
        }
        if (failure->elsewhere) {
            throw TakenElsewhere(failure->error);
        }
        if (failure->passes) {
            throw TransientFailure(failure->error);
        }
        note_failure(failure->error);
        if (events.size() > 1) {
            co_await take_one_by_one(std::move(events));
            co_return;
        }
        if (failed + 1 >= options_.attempts_max && co_await park(events.front(), failure->error)) {
            co_return;
        }
        co_await pause(failed);
    }
}

Task<void> Consumer::take_one_by_one(std::vector<Envelope> events) {
    for (auto& event : events) {
        std::vector<Envelope> alone;
        alone.push_back(std::move(event));
        co_await take(std::move(alone));
    }
}

Task<bool> Consumer::park(const Envelope& event, std::string error) {
    if (!co_await sink_.park(event, error)) {
        co_return false;
    }
    parked_.insert(event.aggregate);
    advance(event.sequence, 0);
    {
        const std::lock_guard lock(mutex_);
        ++status_.parked;
    }
    if (options_.report) {
        options_.report(fmt::format("{}: {} {} of {} at {} is parked: {}", name_, event.type,
                                    event.id, event.aggregate, event.sequence, error));
    }
    co_return true;
}

Task<void> Consumer::pause(int failures_in_a_row) {
    const auto seen = requests_.count();
    const Duration doubled = options_.retry_first * (1LL << std::min(failures_in_a_row, 20));
    if (!stopping_) {
        co_await requests_.wait_beyond(seen, std::min<Duration>(doubled, options_.retry_last));
    }
}

void Consumer::advance(Position position, std::uint64_t applied) {
    position_ = position;
    {
        const std::lock_guard lock(mutex_);
        status_.position = position;
        status_.applied += applied;
        if (applied > 0) {
            status_.last_error.clear();
        }
    }
    progress_.notify_all();
}

void Consumer::note_failure(const std::string& error) {
    {
        const std::lock_guard lock(mutex_);
        ++status_.failures;
        status_.last_error = error;
    }
    if (options_.report) {
        options_.report(fmt::format("{}: at {} of {}: {}", name_, position_, stream_, error));
    }
}

}  // namespace kontor::events
