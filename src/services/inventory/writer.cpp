#include "services/inventory/writer.hpp"

#include <deque>
#include <mutex>

#include "platform/async/loop.hpp"
#include "services/inventory/batch_store.hpp"
#include "services/inventory/decide.hpp"
#include "services/inventory/facts.hpp"
#include "services/inventory/feed_pace.hpp"

namespace kontor::inventory {

namespace {

using namespace std::chrono_literals;
using SteadyTime = std::chrono::steady_clock::time_point;

// A batch that takes longer has met an accident; those who wait in it have waited in vain.
constexpr auto batch_limit = 10s;

// For so long after a shopper's change another is expected.
constexpr auto shoppers_pause = 100ms;

/// A change that waits, and whoever waits for its answer.
struct Waiting {
    Context context;
    Request request;
    Completion<Result<Outcome>> done;
    Result<Outcome> answer{};
    std::exception_ptr error{};
};

void tell(std::span<Waiting> batch) {
    for (auto& waiting : batch) {
        if (waiting.error) {
            waiting.done.fail(std::move(waiting.error));
        } else {
            waiting.done(std::move(waiting.answer));
        }
    }
}

/// Whether a smaller batch could fare better: not where the database itself is the matter.
bool may_be_ones_fault(const std::exception_ptr& failure) {
    try {
        std::rethrow_exception(failure);
    } catch (const sql::Error& error) {
        switch (error.kind()) {
            case sql::Error::Kind::unique:
            case sql::Error::Kind::check:
            case sql::Error::Kind::foreign_key:
            case sql::Error::Kind::not_null:
            case sql::Error::Kind::statement:
                return true;
            default:
                return false;
        }
    } catch (...) {
        return true;
    }
}

}  // namespace

struct StockWriter::Queue : std::enable_shared_from_this<Queue> {
    Queue(const Host& wanted, StockWriterOptions chosen)
        : host(wanted), options(chosen), pace(chosen.lines_max) {}

    Host host;
    StockWriterOptions options;
    std::mutex mutex;  ///< Guards what follows.
    std::deque<Waiting> shoppers;
    std::deque<Waiting> feeds;
    bool writing = false;
    // Of the one batch that is under way.
    FeedPace pace;
    std::size_t feed_lines = 0;  ///< That it shares with shoppers.
    SteadyTime shoppers_until{};

    void add(Waiting change) {
        auto& lane = is_bulk(change.request.change) ? feeds : shoppers;
        std::unique_lock lock(mutex);
        if (lane.size() >= options.waiting_max) {
            lock.unlock();
            change.done(refuse(refusals::unavailable,
                               "{} changes of stock wait already; try again later",
                               options.waiting_max));
            return;
        }
        lane.push_back(std::move(change));
        if (!std::exchange(writing, true)) {
            lock.unlock();
            write_soon();
        }
    }

    /// On this loop, after all that was answered before and may want to take part.
    void write_soon() {
        Loop::current().post([self = shared_from_this()] { spawn(write_some(self)); });
    }

    static Task<void> write_some(std::shared_ptr<Queue> self) {
        const auto began = Loop::current().now();
        auto batch = self->next_batch(began);
        co_await self->write_batch(batch);
        if (self->feed_lines > 0) {
            self->pace.note(self->feed_lines, Loop::current().now() - began);
        }
        tell(batch);
        const std::lock_guard lock(self->mutex);
        self->writing = !self->shoppers.empty() || !self->feeds.empty();
        if (self->writing) {
            self->write_soon();
        }
    }

    /// What shoppers wait for, and then of the feeds what fits: while shoppers buy no more than
    /// keeps the batch short, but always a piece, so that neither waits for the end of the other.
    std::vector<Waiting> next_batch(SteadyTime now) {
        Batch next;
        {
            const std::lock_guard lock(mutex);
            const std::size_t kept_for_feeds = feeds.empty() || options.batch_max == 1 ? 0 : 1;
            take(shoppers, next, now, options.batch_max - kept_for_feeds, options.lines_max);
            if (!next.changes.empty()) {
                shoppers_until = now + shoppers_pause;
            }
            const auto before = next.lines;
            const bool shared = now < shoppers_until;
            take(feeds, next, now, options.batch_max,
                 shared ? before + pace.lines() : options.lines_max);
            feed_lines = shared ? next.lines - before : 0;
        }
        for (auto& one : next.late) {
            one.done(refuse(refusals::deadline_exceeded,
                            "the deadline passed while the change waited; nothing was changed"));
        }
        return std::move(next.changes);
    }

    struct Batch {
        std::vector<Waiting> changes;
        std::vector<Waiting> late;
        std::size_t lines = 0;
    };

    /// Moves changes from `lane` until the batch has so many, or `lines_max` lines; one at least.
    static void take(std::deque<Waiting>& lane, Batch& batch, SteadyTime now,
                     std::size_t changes_max, std::size_t lines_max) {
        bool any = false;
        while (!lane.empty() && batch.changes.size() < changes_max) {
            const auto lines = batch.lines + weight_of(lane.front().request.change);
            if (any && lines > lines_max) {
                return;
            }
            const bool late = lane.front().context.deadline <= now;
            (late ? batch.late : batch.changes).push_back(std::move(lane.front()));
            lane.pop_front();
            if (!late) {
                any = true;
                batch.lines = lines;
            }
        }
    }

    Task<void> write_batch(std::span<Waiting> batch) {
        if (batch.empty()) {
            co_return;
        }
        std::exception_ptr failure;
        try {
            co_await commit(batch);
            co_return;
        } catch (...) {
            failure = std::current_exception();
        }
        if (batch.size() > 1 && may_be_ones_fault(failure)) {
            co_await write_batch(batch.first(batch.size() / 2));
            co_await write_batch(batch.subspan(batch.size() / 2));
            co_return;
        }
        for (auto& one : batch) {
            one.error = failure;
        }
    }

    Task<void> commit(std::span<Waiting> batch) {
        std::vector<Request> requests;
        requests.reserve(batch.size());
        for (const auto& one : batch) {
            requests.push_back(one.request);
        }
        Context context = batch.front().context;
        context.deadline = Loop::current().now() + batch_limit;
        std::vector<Result<Outcome>> answers;
        bool nothing_to_write = false;
        const auto committed = co_await host.database.write(
            context, [&](sql::Transaction& transaction) -> Task<Result<bool>> {
                const auto epoch = co_await store::begin_batch(transaction);
                auto books =
                    co_await store::load(transaction, needs_of(requests), host.clock.now());
                books.epoch = epoch;
                answers.clear();
                for (const auto& request : requests) {
                    answers.push_back(decide(books, request));
                }
                nothing_to_write = !books.anything_decided();
                if (nothing_to_write) {
                    co_return refuse(refusals::conflict, "nothing to write");
                }
                count_versions(books);
                co_await store::write(transaction, books);
                co_await host.outbox.publish_all(transaction, context, facts_of(books));
                co_return true;
            });
        for (std::size_t i = 0; i < batch.size(); ++i) {
            batch[i].answer = committed || nothing_to_write
                                  ? std::move(answers[i])
                                  : Result<Outcome>(std::unexpected(committed.error()));
        }
    }
};

StockWriter::StockWriter(const Host& host, StockWriterOptions options)
    : queue_(std::make_shared<Queue>(host, options)) {}
StockWriter::~StockWriter() = default;

Task<Result<Outcome>> StockWriter::enqueue(Context context, Change change) {
    co_return co_await complete<Result<Outcome>>([&](Completion<Result<Outcome>> done) {
        const MarketCode market = context.market;
        queue_->add({std::move(context),
                     {std::move(change), market, queue_->host.ids.next()},
                     std::move(done)});
    });
}

}  // namespace kontor::inventory
