#include "services/inventory/writer.hpp"

#include <deque>
#include <mutex>

#include "platform/async/loop.hpp"
#include "services/inventory/batch_store.hpp"
#include "services/inventory/decide.hpp"
#include "services/inventory/facts.hpp"

namespace kontor::inventory {

namespace {

using namespace std::chrono_literals;

// A batch that takes longer has met an accident; those who wait in it have waited in vain.
constexpr auto batch_limit = 10s;

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
    Queue(const Host& wanted, StockWriterOptions chosen) : host(wanted), options(chosen) {}

    Host host;
    StockWriterOptions options;
    std::mutex mutex;  ///< Guards what follows.
    std::deque<Waiting> waiting;
    bool writing = false;

    void add(Waiting change) {
        std::unique_lock lock(mutex);
        if (waiting.size() >= options.waiting_max) {
            lock.unlock();
            change.done(refuse(refusals::unavailable,
                               "{} changes of stock wait already; try again later",
                               options.waiting_max));
            return;
        }
        waiting.push_back(std::move(change));
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
        auto batch = self->next_batch();
        co_await self->write_batch(batch);
        tell(batch);
        const std::lock_guard lock(self->mutex);
        self->writing = !self->waiting.empty();
        if (self->writing) {
            self->write_soon();
        }
    }

    std::vector<Waiting> next_batch() {
        std::vector<Waiting> batch;
        std::vector<Waiting> late;
        {
            const std::lock_guard lock(mutex);
            const auto now = Loop::current().now();
            std::size_t lines = 0;
            while (!waiting.empty() && batch.size() < options.batch_max) {
                lines += weight_of(waiting.front().request.change);
                if (!batch.empty() && lines > options.lines_max) {
                    break;
                }
                auto& wanted = waiting.front().context.deadline <= now ? late : batch;
                wanted.push_back(std::move(waiting.front()));
                waiting.pop_front();
            }
        }
        for (auto& one : late) {
            one.done(refuse(refusals::deadline_exceeded,
                            "the deadline passed while the change waited; nothing was changed"));
        }
        return batch;
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
