#include "platform/events/nats_log.hpp"

#include <atomic>
#include <map>
#include <mutex>
#include <thread>

#include "platform/async/shared_signal.hpp"
#include "platform/async/worker.hpp"
#include "platform/events/nats_stream.hpp"
#include "platform/events/tail.hpp"

namespace kontor::events {

namespace {

using namespace std::chrono_literals;

constexpr std::int64_t follow_wait_ms = 500;
constexpr std::size_t followed_at_once = 500;
constexpr auto pause_after_failure = 100ms;

natsConnection* connect(const NatsLogOptions& options) {
    natsOptions* raw = nullptr;
    check_nats(natsOptions_Create(&raw), "options");
    const NatsOptions owned(raw);
    const auto urls = fmt::format("{}", fmt::join(options.urls, ", "));
    std::vector<const char*> servers;
    for (const auto& url : options.urls) {
        servers.push_back(url.c_str());
    }
    check_nats(natsOptions_SetServers(raw, servers.data(), static_cast<int>(servers.size())),
               "urls " + urls);
    natsOptions_SetName(raw, "kontor");
    natsOptions_SetMaxReconnect(raw, -1);
    natsOptions_SetReconnectWait(raw, 200);
    // Without a callback the connect would block until the server is there.
    natsOptions_SetRetryOnFailedConnect(raw, true, [](natsConnection*, void*) {}, nullptr);
    natsOptions_SetFailRequestsOnDisconnect(raw, true);
    natsOptions_SetPingInterval(raw, 5'000);
    natsConnection* connection = nullptr;
    const auto status = natsConnection_Connect(&connection, raw);
    if (status != NATS_NOT_YET_CONNECTED) {
        check_nats(status, "connect to " + urls);
    }
    return connection;
}

class NatsLog final : public StoringLog {
public:
    explicit NatsLog(NatsLogOptions options)
        : options_(std::move(options)), connection_(connect(options_)) {}

    /// All threads are asked to end before any is waited for: while NATS is away each may take the
    /// time of a request.
    ~NatsLog() override {
        for (auto& [name, stream] : followed_) {
            stream->thread.request_stop();
        }
    }

    Task<Result<std::vector<Envelope>>> read(std::string name, Position after, std::size_t max,
                                             Duration wait) override;
    Task<Result<Position>> end(std::string name) override;
    Task<Result<Position>> append(std::string name, std::vector<Envelope> batch) override;

    void wake() override {
        const std::lock_guard lock(mutex_);
        wakes_.fetch_add(1);
        for (auto& [name, stream] : followed_) {
            stream->changed.notify_all();
        }
    }

private:
    /// A stream that is read here: a thread keeps its newest events in memory.
    struct Followed {
        Followed(NatsLog& log, const std::string& name)
            : tail(log.options_.tail_events),
              stream(log.stream_of(name)),
              thread([this](const std::stop_token& stop) { follow(stop); }) {}

        void follow(const std::stop_token& stop) {
            while (!stop.stop_requested()) {
                try {
                    follow_until_lost(stop);
                } catch (const std::exception&) {
                    // Readers wait meanwhile; a new reader begins where the stream then ends.
                    std::this_thread::sleep_for(pause_after_failure);
                }
            }
        }

        void follow_until_lost(const std::stop_token& stop) {
            const auto begin = stream->state();
            NatsStream::Reader reader(*stream, begin.last_slot + 1);
            tail.restart(begin.end);
            changed.notify_all();
            while (!stop.stop_requested()) {
                const auto events = reader.read(followed_at_once, follow_wait_ms);
                if (!events.empty()) {
                    tail.append(events);
                    changed.notify_all();
                } else if (stream->state().last_slot + 1 != reader.next_slot()) {
                    return;  // the server has lost the consumer, or the stream was made anew
                }
            }
        }

        Tail tail;
        SharedSignal changed;
        std::unique_ptr<NatsStream> stream;
        std::jthread thread;
    };

    std::unique_ptr<NatsStream> stream_of(const std::string& name) const {
        return std::make_unique<NatsStream>(connection_.get(), options_.prefix + "-" + name,
                                            options_.prefix + "." + name, options_.replicas,
                                            options_.request_timeout.count());
    }

    Followed& follow(const std::string& name) {
        const std::lock_guard lock(mutex_);
        auto& stream = followed_[name];
        if (!stream) {
            stream = std::make_unique<Followed>(*this, name);
        }
        return *stream;
    }

    /// On the thread of the worker that uses `streams`.
    NatsStream& stream_in(std::map<std::string, std::unique_ptr<NatsStream>>& streams,
                          const std::string& name) const {
        auto& stream = streams[name];
        if (!stream) {
            stream = stream_of(name);
        }
        return *stream;
    }

    template <class Call>
    static Task<Result<std::invoke_result_t<Call&>>> on(Worker& worker, Call call) {
        try {
            co_return co_await worker.run(std::move(call));
        } catch (const NatsFailure& failure) {
            co_return refuse(kontor::refusals::unavailable, "{}", failure.what());
        }
    }

    NatsLogOptions options_;
    NatsConnection connection_;
    std::map<std::string, std::unique_ptr<NatsStream>> appended_;  ///< The appender's.
    std::map<std::string, std::unique_ptr<NatsStream>> recalled_;  ///< The historian's.
    std::atomic<std::uint64_t> wakes_{0};
    std::mutex mutex_;
    std::map<std::string, std::unique_ptr<Followed>> followed_;  ///< With the mutex.
    Worker appender_{"nats append"};
    Worker historian_{"nats read"};
};

/// Positions have no gaps, so the event after `after` is `after + 1` or is no longer kept.
Result<std::vector<Envelope>> without_gap(std::vector<Envelope> events, Position after,
                                          const std::string& name) {
    if (events.empty() || events.front().sequence != after + 1) {
        return refuse(refusals::trimmed, "events of {} after {} are no longer kept", name, after);
    }
    return events;
}

Task<Result<std::vector<Envelope>>> NatsLog::read(std::string name, Position after, std::size_t max,
                                                  Duration wait) {
    auto& loop = Loop::current();
    const auto until = loop.now() + wait;
    const auto woken = wakes_.load();
    auto& stream = follow(name);
    for (;;) {
        const auto changes = stream.changed.count();
        const auto end = stream.tail.end();
        auto tail = stream.tail.read(after, max);
        if (tail && !tail->empty()) {
            co_return without_gap(*std::move(tail), after, name);
        }
        if (end && !tail) {
            auto events = TRY(co_await on(
                historian_, [&] { return stream_in(recalled_, name).fetch(after, max); }));
            co_return without_gap(std::move(events), after, name);
        }
        const auto left = until - loop.now();
        if (left <= Duration::zero() || wakes_.load() != woken) {
            co_return std::vector<Envelope>{};
        }
        co_await stream.changed.wait_beyond(changes, left);
    }
}

Task<Result<Position>> NatsLog::end(std::string name) {
    co_return co_await on(historian_, [&] { return stream_in(recalled_, name).state().end; });
}

Task<Result<Position>> NatsLog::append(std::string name, std::vector<Envelope> batch) {
    co_return co_await on(appender_, [&] { return stream_in(appended_, name).append(batch); });
}

}  // namespace

std::unique_ptr<StoringLog> open_nats(NatsLogOptions options) {
    return std::make_unique<NatsLog>(std::move(options));
}

}  // namespace kontor::events
