#pragma once

#include <map>
#include <mutex>
#include <random>

#include "platform/async/shared_signal.hpp"
#include "platform/events/log.hpp"

namespace kontor::events {

/// What may go wrong on the way of an event, each with its probability from 0 to 1.
struct MemoryLogFaults {
    double duplicate = 0;    ///< A batch begins with events that were read before.
    double shorten = 0;      ///< A batch ends early.
    double refuse = 0;       ///< A read or append is refused as `unavailable`.
    double half_append = 0;  ///< An append stores a part and is then refused as `unavailable`.
    std::uint64_t seed = 1;
};

/// A storing log in memory, for tests and the simulation. Keeps everything.
class MemoryLog final : public StoringLog {
public:
    explicit MemoryLog(MemoryLogFaults faults = {});

    Task<Result<std::vector<Envelope>>> read(std::string stream, Position after, std::size_t max,
                                             Duration wait) override;
    Task<Result<Position>> end(std::string stream) override;
    Task<Result<Position>> append(std::string stream, std::vector<Envelope> batch) override;
    void wake() override { changed_.notify_all(); }

private:
    bool happens(double probability);
    std::vector<Envelope> events_after(const std::string& stream, Position after, std::size_t max);
    static Position end_of(const std::vector<Envelope>& events);

    MemoryLogFaults faults_;
    SharedSignal changed_;
    std::mutex mutex_;  ///< Guards what follows.
    std::mt19937_64 random_;
    std::map<std::string, std::vector<Envelope>> streams_;
};

}  // namespace kontor::events
