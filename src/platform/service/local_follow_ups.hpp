#pragma once

#include "platform/events/consumer.hpp"
#include "platform/events/sql_sink.hpp"
#include "platform/service/follow_ups.hpp"

namespace kontor {

/// The follow-ups of a service that runs here.
template <class Tag>
class LocalFollowUps final : public FollowUps<Tag> {
public:
    /// Both must outlive it.
    LocalFollowUps(sql::Database& database, std::vector<events::Consumer*> consumers)
        : database_(database), consumers_(std::move(consumers)) {}

    Task<Result<DeadLetterList>> dead_letters(Context /*context*/,
                                              ListDeadLetters wanted) override {
        co_return DeadLetterList{co_await events::dead_letters(database_, wanted.limit)};
    }

    Task<Result<DeadLetterList>> retry_dead_letters(Context context,
                                                    RetryDeadLetters /*wanted*/) override {
        const auto end = Loop::current().now() + std::chrono::seconds(2);
        for (auto* consumer : consumers_) {
            co_await consumer->retry_parked(end - Loop::current().now());
        }
        co_return co_await dead_letters(std::move(context), {});
    }

private:
    sql::Database& database_;
    std::vector<events::Consumer*> consumers_;
};

}  // namespace kontor
