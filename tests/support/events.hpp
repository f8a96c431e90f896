#pragma once

#include <memory>
#include <string>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "platform/events/outbox.hpp"
#include "support/databases.hpp"

namespace kontor::testing {

/// The event of the tests: a lamp was switched.
struct LampSwitched {
    static constexpr events::Type type{"lamps.lamp-switched", 1};

    std::int64_t brightness = 0;

    static constexpr auto describe() {
        return described<LampSwitched>("A lamp was switched.",
                                       field<&LampSwitched::brightness>("From 0 to 100."));
    }
};

/// What a log holds of it.
inline events::Envelope lamp_event(events::Position sequence, std::string lamp,
                                   std::int64_t version, std::int64_t brightness = 0) {
    return {.id = "evt_" + std::to_string(sequence),
            .source = "lamps",
            .type = std::string(LampSwitched::type.name),
            .aggregate = std::move(lamp),
            .aggregate_version = version,
            .sequence = sequence,
            .data = to_json(LampSwitched{brightness})};
}

/// A producing service with nothing but its outbox.
class Lamps {
public:
    explicit Lamps(const TestDatabase& place)
        : database(place.open_with("lamps")), outbox("lamps", *database, clock, ids) {}

    /// Commits one event of `lamp`.
    Task<bool> switch_lamp(std::string lamp, std::int64_t version, std::int64_t brightness = 0) {
        const auto written = co_await database->write(
            Context{}, [&](sql::Transaction& transaction) -> Task<Result<bool>> {
                outbox.publish(transaction, Context{}, LampSwitched{brightness}, lamp, version);
                co_return true;
            });
        co_return written.has_value();
    }

    /// Commits `count` events of lamps 0 to 9 in turn, in one transaction.
    Task<bool> switch_many(std::int64_t count) {
        std::vector<events::Fact> facts;
        for (std::int64_t i = 0; i < count; ++i) {
            facts.push_back(
                events::fact(LampSwitched{i}, "lamp-" + std::to_string(i % 10), i / 10 + 1));
        }
        const auto written = co_await database->write(
            Context{}, [&](sql::Transaction& transaction) -> Task<Result<bool>> {
                co_await outbox.publish_all(transaction, Context{}, facts);
                co_return true;
            });
        co_return written.has_value();
    }

    ManualClock clock;
    IdSource ids{clock, 1};
    std::unique_ptr<sql::Database> database;
    events::Outbox outbox;
};

}  // namespace kontor::testing
