#include "platform/sql/postgres/pool.hpp"

#include <algorithm>

namespace kontor::sql::postgres {

namespace {

using namespace std::chrono_literals;

constexpr auto time_between_looks = 50ms;
// A server that does not even answer that it has cancelled a statement is gone.
constexpr auto grace = 2s;

}  // namespace

Lease::Lease(std::shared_ptr<Pool> pool, std::unique_ptr<Connection> connection)
    : pool_(std::move(pool)), connection_(std::move(connection)) {}

Lease::~Lease() {
    if (connection_) {
        pool_->give_back(std::move(connection_));
    }
}

Task<Result<Lease>> Pool::acquire(TimePoint deadline) {
    while (idle_.empty()) {
        if (waiting_.size() >= options_.waiting_max) {
            co_return refuse(refusals::unavailable,
                             "{} transactions wait for the database already; try again later",
                             waiting_.size());
        }
        if (open_ < options_.connections_max) {
            open_one();
        }
        watch();
        auto granted = co_await complete<Granted>(
            [&](Completion<Granted> answer) { waiting_.push_back({deadline, std::move(answer)}); });
        if (auto* refused = std::get_if<Refusal>(&granted)) {
            co_return std::unexpected(std::move(*refused));
        }
        if (const auto* failed = std::get_if<NotOpened>(&granted)) {
            std::rethrow_exception(failed->why);
        }
    }
    co_return lease(deadline);
}

// Beside whoever wants it, so that a server that does not answer keeps nobody past his deadline.
void Pool::open_one() {
    ++open_;
    connector_.connect_later(loop_, [self = weak_from_this()](Connector::Opened opened) {
        if (const auto pool = self.lock()) {
            pool->opened(std::move(opened));
        }
    });
}

void Pool::opened(Connector::Opened opened) {
    if (opened) {
        idle_.push_back(std::make_unique<Connection>(loop_, *std::move(opened)));
        wake_one();
    } else {
        --open_;
        wake_one(NotOpened{opened.error()});
        wake_one();  // to open one for himself, which others were in the way of before
    }
}

Lease Pool::lease(TimePoint deadline) {
    auto connection = std::move(idle_.back());
    idle_.pop_back();
    const auto latest = std::chrono::steady_clock::now() + options_.statement_timeout;
    busy_.push_back({connection.get(), std::min(deadline, latest)});
    watch();
    return {shared_from_this(), std::move(connection)};
}

void Pool::give_back(std::unique_ptr<Connection> connection) {
    const auto busy = std::ranges::find(busy_, connection.get(), &Busy::connection);
    const bool cancelled = busy->cancelled;
    busy_.erase(busy);
    if (cancelled || connection->lost() || !connection->idle()) {
        --open_;
    } else {
        idle_.push_back(std::move(connection));
    }
    wake_one();
}

void Pool::wake_one(Granted granted) {
    if (!waiting_.empty()) {
        auto next = std::move(waiting_.front());
        waiting_.pop_front();
        next.granted(std::move(granted));
    }
}

void Pool::watch() {
    if (!std::exchange(watching_, true)) {
        loop_.after(time_between_looks, [self = weak_from_this()] {
            if (const auto pool = self.lock()) {
                pool->look_after();
            }
        });
    }
}

void Pool::look_after() {
    const auto now = std::chrono::steady_clock::now();
    for (auto& waiter : waiting_) {
        if (waiter.deadline < now) {
            waiter.granted(refusal(refusals::deadline_exceeded,
                                   "the deadline passed while waiting for the database; nothing "
                                   "was changed"));
            waiter.deadline = TimePoint::min();
        }
    }
    std::erase_if(waiting_,
                  [](const Waiter& waiter) { return waiter.deadline == TimePoint::min(); });
    for (auto& busy : busy_) {
        if (busy.deadline + grace < now) {
            busy.connection->abandon();
        } else if (busy.deadline < now && !std::exchange(busy.cancelled, true)) {
            connector_.cancel_later(busy.connection->canceller());
        }
    }
    watching_ = false;
    if (!waiting_.empty() || !busy_.empty()) {
        watch();
    }
}

}  // namespace kontor::sql::postgres
