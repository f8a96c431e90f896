#include "platform/telemetry/log.hpp"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "platform/telemetry/log_record.hpp"
#include "platform/telemetry/log_ring.hpp"

namespace kontor::telemetry {

namespace {

constexpr auto writing_interval = std::chrono::milliseconds(20);
constexpr std::size_t waiting_errors_max = 10'000;

/// The ring that this thread wrote to last, by the identity of its log.
struct LastRing {
    std::uint64_t log_id = 0;
    LogRing* ring = nullptr;
};
constinit thread_local LastRing last_ring;

/// The rings of this thread; tells their logs when it ends.
class OwnedRings {
public:
    OwnedRings() = default;
    ~OwnedRings() {
        last_ring = {};
        for (const auto& [id, ring] : rings_) {
            ring->abandoned.store(true, std::memory_order_release);
        }
    }
    OwnedRings(const OwnedRings&) = delete;
    OwnedRings& operator=(const OwnedRings&) = delete;

    LogRing* of(std::uint64_t log_id) const {
        const auto found = std::ranges::find(rings_, log_id, &Owned::first);
        return found == rings_.end() ? nullptr : found->second.get();
    }
    void add(std::uint64_t log_id, std::shared_ptr<LogRing> ring) {
        // A log that is gone has let go of its rings.
        std::erase_if(rings_, [](const Owned& owned) { return owned.second.use_count() == 1; });
        rings_.emplace_back(log_id, std::move(ring));
    }

private:
    using Owned = std::pair<std::uint64_t, std::shared_ptr<LogRing>>;
    std::vector<Owned> rings_;
};

thread_local OwnedRings owned_rings;

std::uint64_t next_log_id() {
    static std::atomic<std::uint64_t> last{0};
    return last.fetch_add(1) + 1;
}

/// Lines of several threads, to be put in the order of their time.
class Batch {
public:
    explicit Batch(bool json) : json_(json) {}

    void add(const char* encoded) {
        decode(encoded, record_);
        add(record_);
    }
    void add(const LogRecord& record) {
        const auto begin = text_.size();
        json_ ? append_json_line(text_, record) : append_text_line(text_, record);
        lines_.push_back({record.at, begin, text_.size() - begin});
    }
    /// Everything in order; the batch is empty afterwards.
    std::string take() {
        std::ranges::sort(lines_);
        std::string ordered;
        ordered.reserve(text_.size());
        for (const auto& line : lines_) {
            ordered.append(text_, line.begin, line.size);
        }
        text_.clear();
        lines_.clear();
        return ordered;
    }

private:
    struct Line {
        Timestamp at;
        std::size_t begin;
        std::size_t size;
        auto operator<=>(const Line&) const = default;
    };
    bool json_;
    LogRecord record_;
    std::string text_;
    std::vector<Line> lines_;
};

/// Nobody is left to tell when this fails, so then the rest is lost.
void write_all(int descriptor, std::string_view text) {
    while (!text.empty()) {
        const auto written = ::write(descriptor, text.data(), text.size());
        if (written >= 0) {
            text.remove_prefix(static_cast<std::size_t>(written));
        } else if (errno == EAGAIN) {
            pollfd ready{descriptor, POLLOUT, 0};
            ::poll(&ready, 1, -1);
        } else if (errno != EINTR) {
            return;
        }
    }
}

bool wants_json(const StreamLog::Options& options) {
    return options.format == LogFormat::json ||
           (options.format == LogFormat::automatic && ::isatty(options.descriptor) == 0);
}

}  // namespace

struct StreamLog::Impl {
    Impl(const Clock& time, const Options& options)
        : clock(time), descriptor(options.descriptor), batch(wants_json(options)) {}

    LogRing& ring_of_this_thread() {
        if (last_ring.log_id != id) [[unlikely]] {
            auto* ring = owned_rings.of(id);
            if (ring == nullptr) {
                auto made = std::make_shared<LogRing>();
                ring = made.get();
                const std::scoped_lock lock(mutex);
                rings.push_back(made);
                owned_rings.add(id, std::move(made));
            }
            last_ring = {id, ring};
        }
        return *last_ring.ring;
    }

    void wake() {
        const std::scoped_lock lock(mutex);
        urgent = true;
        changed.notify_all();
    }

    void keep_error(std::string encoded) {
        const std::scoped_lock lock(mutex);
        if (waiting_errors.size() < waiting_errors_max) {
            waiting_errors.push_back(std::move(encoded));
        } else {
            ++errors_dropped;
        }
    }

    void write_until_stopped() {
        for (bool last = false; !last;) {
            std::unique_lock lock(mutex);
            changed.wait_for(lock, writing_interval,
                             [&] { return stopping || urgent || flushes_wanted != flushes_done; });
            last = stopping;
            urgent = false;
            const auto flushes = flushes_wanted;
            const auto errors = std::exchange(waiting_errors, {});
            auto ended = rings;
            std::erase_if(ended, [](const auto& ring) {
                return !ring->abandoned.load(std::memory_order_acquire);
            });
            const auto all = rings;
            lock.unlock();
            write_once(all, errors);
            lock.lock();
            for (const auto& ring : ended) {
                dropped_before += ring->dropped();
                std::erase(rings, ring);
            }
            flushes_done = flushes;
            changed.notify_all();
        }
    }

    void write_once(const std::vector<std::shared_ptr<LogRing>>& all,
                    const std::vector<std::string>& errors) {
        for (const auto& ring : all) {
            ring->drain([&](const char* encoded) { batch.add(encoded); });
        }
        for (const auto& encoded : errors) {
            batch.add(encoded.data());
        }
        report_dropped(all);
        write_all(descriptor, batch.take());
    }

    void report_dropped(const std::vector<std::shared_ptr<LogRing>>& all) {
        auto dropped = dropped_before;
        for (const auto& ring : all) {
            dropped += ring->dropped();
        }
        {
            const std::scoped_lock lock(mutex);
            dropped += errors_dropped;
        }
        if (dropped > dropped_reported) {
            LogRecord record{.at = clock.now(), .level = Level::warning};
            record.message = "log lines dropped: the log is written faster than it is read";
            record.fields.emplace_back("lines", dropped - dropped_reported);
            batch.add(record);
            dropped_reported = dropped;
        }
    }

    const Clock& clock;
    const int descriptor;
    const std::uint64_t id = next_log_id();

    std::mutex mutex;  // guards what follows, up to the writer's own
    std::condition_variable changed;
    std::vector<std::shared_ptr<LogRing>> rings;
    std::vector<std::string> waiting_errors;
    std::uint64_t errors_dropped = 0;
    std::uint64_t flushes_wanted = 0;
    std::uint64_t flushes_done = 0;
    bool urgent = false;
    bool stopping = false;

    Batch batch;  // from here on the writer's own
    std::uint64_t dropped_before = 0;
    std::uint64_t dropped_reported = 0;

    std::thread writer;
};

StreamLog::StreamLog(const Clock& clock, Options options)
    : Log(options.level), impl_(std::make_unique<Impl>(clock, options)) {
    impl_->writer = std::thread([impl = impl_.get()] { impl->write_until_stopped(); });
}

StreamLog::~StreamLog() {
    {
        const std::scoped_lock lock(impl_->mutex);
        impl_->stopping = true;
        impl_->changed.notify_all();
    }
    impl_->writer.join();
}

void StreamLog::flush() {
    std::unique_lock lock(impl_->mutex);
    const auto wanted = ++impl_->flushes_wanted;
    impl_->changed.notify_all();
    impl_->changed.wait(lock, [&] { return impl_->flushes_done >= wanted; });
}

void StreamLog::accept(Level level, const Trace* trace, std::string_view message,
                       std::span<const Field> fields) {
    const auto size = encoded_size(message, fields);
    const auto now = impl_->clock.now();
    auto& ring = impl_->ring_of_this_thread();
    if (auto* place = ring.begin(size)) {
        encode(place, now, level, trace, message, fields);
        ring.commit();
    } else if (level == Level::error) {
        std::string encoded(size, '\0');
        encode(encoded.data(), now, level, trace, message, fields);
        impl_->keep_error(std::move(encoded));
    } else {
        ring.count_dropped();
    }
    if (level == Level::error) {
        impl_->wake();
    }
}

}  // namespace kontor::telemetry
