#include "platform/events/outbox_log.hpp"

#include <algorithm>

#include "platform/async/shared_signal.hpp"
#include "platform/events/tail.hpp"

namespace kontor::events {

namespace {
constexpr std::size_t filled_at_once = 1'000;
}

struct OutboxLog::Stream {
    Stream(Outbox& source, std::size_t tail_events) : outbox(source), tail(tail_events) {}

    Outbox& outbox;
    Tail tail;
    SharedSignal changed;  ///< A commit with events, a filled tail, or a wish to wake all.
    std::atomic<std::uint64_t> commits{1};
    std::atomic<std::uint64_t> wakes{0};

    std::mutex mutex;
    bool filling = false;            ///< With the mutex: a reader reads the outbox for all.
    std::uint64_t filled_commits{};  ///< With the mutex: the tail has what these commits wrote.

    void note_commit() {
        commits.fetch_add(1, std::memory_order_release);
        changed.notify_all();
    }

    /// True for the one who is to fill the tail with what `seen` commits wrote.
    bool begin_filling(std::uint64_t seen) {
        const std::lock_guard lock(mutex);
        if (filling || filled_commits >= seen) {
            return false;
        }
        filling = true;
        return true;
    }

    void end_filling(std::uint64_t filled) {
        {
            const std::lock_guard lock(mutex);
            filling = false;
            filled_commits = std::max(filled_commits, filled);
        }
        changed.notify_all();
    }
};

OutboxLog::OutboxLog(OutboxLogOptions options) : options_(options) {}
OutboxLog::~OutboxLog() = default;

void OutboxLog::add(Outbox& outbox) {
    auto stream = std::make_shared<Stream>(outbox, options_.tail_events);
    outbox.database().on_notify([stream] { stream->note_commit(); });
    streams_.emplace(outbox.service(), std::move(stream));
}

Task<Result<std::vector<Envelope>>> OutboxLog::read(std::string name, Position after,
                                                    std::size_t max, Duration wait) {
    const auto found = streams_.find(name);
    if (found == streams_.end()) {
        co_return refuse(kontor::refusals::not_found, "stream {}: no service of this process",
                         name);
    }
    try {
        auto events = co_await read_or_wait(found->second, after, max, wait);
        if (!events.empty() && events.front().sequence != after + 1) {
            const auto trimmed = co_await found->second->outbox.trimmed_through();
            if (after < trimmed) {
                co_return refuse(refusals::trimmed, "events of {} up to {} are no longer kept",
                                 name, trimmed);
            }
        }
        co_return events;
    } catch (const sql::Error& error) {
        co_return refuse(kontor::refusals::unavailable, "stream {}: {}", name, error.what());
    }
}

/// The tail answers whoever keeps up; who is further back than it reaches asks the outbox.
Task<std::vector<Envelope>> OutboxLog::read_or_wait(std::shared_ptr<Stream> stream, Position after,
                                                    std::size_t max, Duration wait) {
    auto& loop = Loop::current();
    const auto until = loop.now() + wait;
    const auto woken = stream->wakes.load();
    for (bool polled = false;;) {
        const auto changes = stream->changed.count();
        auto commits = stream->commits.load(std::memory_order_acquire);
        auto tail = stream->tail.read(after, max);
        if (tail && !tail->empty()) {
            co_return *std::move(tail);
        }
        if (stream->tail.end() && !tail) {
            co_return co_await stream->outbox.read(after, max);
        }
        if (stream->begin_filling(commits)) {
            co_await fill(*stream, commits);
            continue;
        }
        const auto now = loop.now();
        if (stream->wakes.load() != woken || (now >= until && polled)) {
            co_return std::vector<Envelope>{};
        }
        polled = true;
        const auto left = std::max<Duration>(until - now, Duration::zero());
        if (!co_await stream->changed.wait_beyond(
                changes, std::min<Duration>(left, options_.poll_interval))) {
            // Another process may have committed: have one reader look.
            stream->commits.compare_exchange_strong(commits, commits + 1);
        }
    }
}

Task<void> OutboxLog::fill(Stream& stream, std::uint64_t seen) {
    std::uint64_t filled = 0;
    struct End {
        Stream& stream;
        const std::uint64_t& filled;
        ~End() { stream.end_filling(filled); }
    } const end{stream, filled};
    if (!stream.tail.end()) {  // readers behind the present end ask the outbox themselves
        stream.tail.restart(co_await stream.outbox.end());
    }
    const auto from = *stream.tail.end();
    const auto events = co_await stream.outbox.read(from, filled_at_once);
    stream.tail.append(events);
    filled = events.size() < filled_at_once ? seen : 0;
}

Task<Result<Position>> OutboxLog::end(std::string name) {
    const auto found = streams_.find(name);
    if (found == streams_.end()) {
        co_return refuse(kontor::refusals::not_found, "stream {}: no service of this process",
                         name);
    }
    try {
        co_return co_await found->second->outbox.end();
    } catch (const sql::Error& error) {
        co_return refuse(kontor::refusals::unavailable, "stream {}: {}", name, error.what());
    }
}

void OutboxLog::wake() {
    for (auto& [name, stream] : streams_) {
        stream->wakes.fetch_add(1);
        stream->changed.notify_all();
    }
}

}  // namespace kontor::events
