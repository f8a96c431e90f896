#pragma once

#include <memory>
#include <unordered_map>

#include "platform/events/log.hpp"
#include "platform/events/outbox.hpp"

namespace kontor::events {

struct OutboxLogOptions {
    /// Newest events kept in memory, per stream.
    std::size_t tail_events = 4'096;
    /// How soon a commit by another process is noticed; one's own is at once.
    std::chrono::milliseconds poll_interval{500};
};

/// The log of services in this process: reads straight from their outboxes, which keep their events
/// for it. A commit with events wakes the readers on every loop; one of them reads the outbox for
/// all.
class OutboxLog final : public Log {
public:
    explicit OutboxLog(OutboxLogOptions options = {});
    /// Wake, and let every reader end, before. The databases' commit listeners may outlive it.
    ~OutboxLog() override;

    /// Adds the stream of `outbox.service()`. Before the first write and the first read; `outbox`
    /// must outlive the log.
    void add(Outbox& outbox);

    Task<Result<std::vector<Envelope>>> read(std::string stream, Position after, std::size_t max,
                                             Duration wait) override;
    Task<Result<Position>> end(std::string stream) override;
    void wake() override;

private:
    struct Stream;

    Task<std::vector<Envelope>> read_or_wait(std::shared_ptr<Stream> stream, Position after,
                                             std::size_t max, Duration wait);
    Task<void> fill(Stream& stream, std::uint64_t seen);

    OutboxLogOptions options_;
    std::unordered_map<std::string, std::shared_ptr<Stream>> streams_;
};

}  // namespace kontor::events
