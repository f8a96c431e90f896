#include "services/discovery/following.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace kontor::discovery {

namespace {

// Catching up is much faster in large transactions, and one of this size still ends within 0.1 s.
constexpr std::size_t events_in_a_transaction = 512;
constexpr auto stop_pause = std::chrono::milliseconds(1);
constexpr auto merge_pause = std::chrono::seconds(1);
// Texts that few changed are merged too, after so many pauses: see IndexFeed::all_merged.
constexpr int pauses_unmerged_max = 10;
// Merging takes at most one part in so many of a core.
constexpr int merge_rest = 20;

}  // namespace

Following::Following(const Host& host, const Projection& projection, const IndexFeed& index,
                     ProjectionWriter& writer)
    : index_(index), writer_(writer), report_(host.report()) {
    for (auto& sink : subscriptions(projection, writer, host.directory)) {
        auto& stream = *streams_.emplace_back(std::make_unique<Stream>());
        stream.sink = std::move(sink);
        stream.consumer = std::make_unique<events::Consumer>(
            "discovery-" + stream.sink->stream(), stream.sink->stream(), host.log, *stream.sink,
            events::ConsumerOptions{.batch_max = events_in_a_transaction, .report = report_});
    }
}

void Following::start() {
    for (const auto& stream : streams_) {
        stream->consumer->start();
    }
    spawn(merge_where_wanted());
}

Task<void> Following::stop() {
    stopping_ = true;
    stop_.notify_all();
    for (const auto& stream : streams_) {
        co_await stream->consumer->stop();
    }
    while (running_ > 0) {
        co_await sleep_for(stop_pause);
    }
}

bool Following::caught_up() const {
    return std::ranges::all_of(streams_,
                               [](const auto& stream) { return stream->consumer->caught_up(); });
}

Task<void> Following::merge_where_wanted() {
    ++running_;
    auto pause = Duration(merge_pause);
    int pauses_unmerged = 0;
    while (!stopping_) {
        const auto seen = stop_.count();
        if (!stopping_) {
            co_await stop_.wait_beyond(seen, pause);
        }
        pause = merge_pause;
        pauses_unmerged = index_.all_merged() ? 0 : pauses_unmerged + 1;
        if (stopping_ || (!index_.wants_merge() && pauses_unmerged < pauses_unmerged_max)) {
            continue;
        }
        pauses_unmerged = 0;
        const auto begin = Loop::current().now();
        try {
            co_await writer_.merge();
        } catch (const std::system_error& error) {
            // The disk refuses: until it does not, a start replays more.
            report_(fmt::format("merging the index: {}", error.what()));
        }
        pause = std::max(pause, merge_rest * (Loop::current().now() - begin));
    }
    --running_;
}

std::vector<const events::Consumer*> Following::consumers() const {
    std::vector<const events::Consumer*> all;
    for (const auto& stream : streams_) {
        all.push_back(stream->consumer.get());
    }
    return all;
}

}  // namespace kontor::discovery
