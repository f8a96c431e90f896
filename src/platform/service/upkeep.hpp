#pragma once

#include "platform/async/periodic.hpp"
#include "platform/service/service.hpp"

namespace kontor {

/// What every service's database needs hourly, whatever the service: idempotency keys are forgotten
/// after their 7 days, and events that are old and taken by all who follow them. Beside servers of
/// the same service it does no harm.
class Upkeep {
public:
    /// How far all who follow the service's events have come.
    using Passed = std::function<events::Position()>;

    /// `host` must outlive it. Events are forgotten once they are passed and older than `keep`;
    /// without `passed` none are: somebody else trims the outbox, or not all who follow are known.
    Upkeep(const Host& host, std::chrono::microseconds keep, Passed passed);

    /// Begins on the current loop, and runs there until stopped.
    void start() { hourly_.start(); }
    Task<void> stop() { return hourly_.stop(); }

    /// One round, which may take many small transactions. For triggering from outside.
    Task<void> once();

private:
    Task<void> trim();

    const Host& host_;
    std::chrono::microseconds keep_;
    Passed passed_;
    Periodic hourly_;
};

}  // namespace kontor
