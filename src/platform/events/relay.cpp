#include "platform/events/relay.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include <fmt/format.h>

namespace kontor::events {

namespace {

using namespace std::chrono_literals;

constexpr auto trim_interval = 30s;

constexpr sql::Statement mark_relayed{"outbox.mark_relayed", R"sql(
    UPDATE outbox_state
       SET relayed = $1
     WHERE relayed < $1
)sql"};

}  // namespace

Relay::Relay(Outbox& outbox, Log& source, StoringLog& target, const Clock& clock,
             RelayOptions options)
    : outbox_(outbox),
      source_(source),
      target_(target),
      options_(std::move(options)),
      lease_("relay", options_.holder, outbox.database(), clock, options_.lease_duration) {}

Relay::~Relay() {
    if (running_) {
        std::fputs("kontor: a relay was destroyed before it was stopped\n", stderr);
        std::abort();
    }
}

void Relay::start() {
    stopping_ = false;
    running_ = true;
    spawn(run());
}

Task<void> Relay::stop() {
    stopping_ = true;
    while (running_) {
        const auto seen = progress_.count();
        requests_.notify_all();
        source_.wake();  // again and again, since the relay may be on its way into a wait
        if (running_) {
            co_await progress_.wait_beyond(seen, 10ms);
        }
    }
}

Task<void> Relay::run() {
    for (int failures_in_a_row = 0; !stopping_;) {
        std::string error;
        try {
            co_await relay_once(std::min<Duration>(options_.lease_duration / 4, 1s));
        } catch (const std::exception& failure) {
            error = failure.what();
        }
        if (error.empty()) {
            failures_in_a_row = 0;
            continue;
        }
        note_failure(error);
        position_.reset();
        co_await pause(failures_in_a_row++);
    }
    try {
        if (epoch_) {
            co_await lease_.release();
        }
    } catch (const std::exception& failure) {
        note_failure(failure.what());  // it ends by itself
    }
    epoch_.reset();
    progress_.notify_all();
    running_ = false;  // the last touch: whoever stopped it may destroy it now
}

Task<std::size_t> Relay::relay_once(Duration wait) {
    if (!co_await lead()) {
        co_await requests_.wait_beyond(requests_.count(), wait);
        co_return 0;
    }
    if (!position_) {
        co_await begin();
    }
    auto batch = co_await source_.read(outbox_.service(), *position_, options_.batch_max, wait);
    if (!batch && batch.error().code == refusals::trimmed.code) {
        // The target lost what is no longer here either; its readers are told by the gap.
        position_ = co_await outbox_.trimmed_through();
        co_return 0;
    }
    if (!batch) {
        throw std::runtime_error(batch.error().message);
    }
    const auto count = batch->size();
    if (count > 0) {
        const auto end = co_await target_.append(outbox_.service(), *std::move(batch));
        if (!end) {
            throw std::runtime_error(end.error().message);
        }
        position_ = *end;
        co_await note_relayed(*end);
    }
    co_await trim();
    co_return count;
}

Task<bool> Relay::lead() {
    const auto now = Loop::current().now();
    if (epoch_ && now < renew_at_) {
        co_return true;
    }
    const auto epoch = co_await lease_.acquire();
    if (epoch != epoch_) {
        position_.reset();
    }
    epoch_ = epoch;
    renew_at_ = now + options_.lease_duration / 2;
    const std::lock_guard lock(mutex_);
    status_.leading = epoch_.has_value();
    co_return epoch_.has_value();
}

/// Goes on where the target ends: what was stored there is stored, noted down or not.
Task<void> Relay::begin() {
    const auto end = co_await target_.end(outbox_.service());
    if (!end) {
        throw std::runtime_error(end.error().message);
    }
    const auto last = co_await outbox_.end();
    if (*end > last) {
        throw std::runtime_error(fmt::format(
            "the stream of {} ends at {}, the outbox at {}: it belongs to another database; "
            "use another prefix or remove the stream",
            outbox_.service(), *end, last));
    }
    position_ = *end;
    co_await note_relayed(*end);
}

Task<void> Relay::note_relayed(Position position) {
    bool ours = false;
    co_await outbox_.database().write(Context{},
                                      [&](sql::Transaction& transaction) -> Task<Result<bool>> {
                                          ours = co_await lease_.holds(transaction, *epoch_);
                                          if (ours) {
                                              co_await transaction.execute(mark_relayed, position);
                                          }
                                          co_return true;
                                      });
    if (!ours) {
        epoch_.reset();
        throw std::runtime_error("another process relays now");
    }
    {
        const std::lock_guard lock(mutex_);
        status_.relayed = position;
        status_.last_error.clear();
    }
    progress_.notify_all();
}

Task<void> Relay::trim() {
    const auto now = Loop::current().now();
    if (now < trim_at_) {
        co_return;
    }
    if (co_await outbox_.trim(*position_, options_.keep) == 0) {
        trim_at_ = now + trim_interval;
    }
}

Task<void> Relay::pause(int failures_in_a_row) {
    const auto seen = requests_.count();
    const Duration doubled = options_.retry_first * (1LL << std::min(failures_in_a_row, 20));
    if (!stopping_) {
        co_await requests_.wait_beyond(seen, std::min<Duration>(doubled, options_.retry_last));
    }
}

Task<bool> Relay::reached(Position position, Duration wait) {
    const auto until = Loop::current().now() + wait;
    for (;;) {
        const auto seen = progress_.count();
        if (status().relayed >= position) {
            co_return true;
        }
        const auto left = until - Loop::current().now();
        if (left <= Duration::zero()) {
            co_return false;
        }
        co_await progress_.wait_beyond(seen, left);
    }
}

RelayStatus Relay::status() const {
    const std::lock_guard lock(mutex_);
    return status_;
}

void Relay::note_failure(const std::string& error) {
    {
        const std::lock_guard lock(mutex_);
        ++status_.failures;
        status_.last_error = error;
    }
    if (options_.report) {
        options_.report(fmt::format("relay of {}: {}", outbox_.service(), error));
    }
}

}  // namespace kontor::events
