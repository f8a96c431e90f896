#pragma once

#include <map>
#include <string>

#include "platform/events/memory_log.hpp"
#include "simulation/environment.hpp"

namespace kontor::simulation {

/// What all processes share: a log for each stream, so that only who reads it is woken.
class Streams {
public:
    events::MemoryLog& of(const std::string& stream) { return logs_[stream]; }
    void wake() {
        for (auto& [stream, log] : logs_) {
            log.wake();
        }
    }

private:
    std::map<std::string, events::MemoryLog> logs_;
};

/// The log that all processes share, as one life of one of them sees it: it refuses, repeats what
/// it gave before and holds back the end of a batch. Within a stream it keeps the order, as every
/// log of the product does.
class SimulatedLog final : public events::StoringLog {
public:
    SimulatedLog(Environment& environment, std::shared_ptr<Life> life, Streams& shared)
        : environment_(environment), life_(std::move(life)), shared_(shared) {}

    Task<Result<std::vector<events::Envelope>>> read(std::string stream, events::Position after,
                                                     std::size_t max, Duration wait) override;
    Task<Result<events::Position>> end(std::string stream) override;
    Task<Result<events::Position>> append(std::string stream,
                                          std::vector<events::Envelope> batch) override;
    void wake() override { shared_.wake(); }

private:
    Task<Result<void>> reach(std::string_view stream);

    Environment& environment_;
    std::shared_ptr<Life> life_;
    Streams& shared_;
};

}  // namespace kontor::simulation
