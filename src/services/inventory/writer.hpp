#pragma once

#include <memory>

#include "platform/service/service.hpp"
#include "services/inventory/change.hpp"

namespace kontor::inventory {

struct StockWriterOptions {
    /// Changes of shoppers, and pieces of feeds, that may wait; one more is refused as
    /// `unavailable`.
    std::size_t waiting_max = 10'000;
    /// Changes in one batch. More would let the first of them wait for the last.
    std::size_t batch_max = 256;
    /// Lines in one batch, unless a single change has more.
    std::size_t lines_max = 2'000;
};

/// The one way in which stock changes: whatever queued while the last commit was under way is taken
/// together, decided one after another, and committed as one transaction. A refused change costs
/// the others nothing; if a batch fails, its halves are tried by themselves. Callers may be on any
/// loop, and are answered there once the commit is durable. Several processes may write to one
/// database: see docs/decisions/0006.
class StockWriter {
public:
    explicit StockWriter(const Host& host, StockWriterOptions options = {});
    ~StockWriter();
    StockWriter(const StockWriter&) = delete;
    StockWriter& operator=(const StockWriter&) = delete;

    /// Refuses, beside what the change is refused with: `deadline_exceeded` where it came while the
    /// change waited, `unavailable` where too many wait. Throws sql::Error.
    template <class Reply>
    Task<Result<Reply>> write(Context context, Change change) {
        auto answer = TRY(co_await enqueue(std::move(context), std::move(change)));
        co_return std::get<Reply>(std::move(answer));
    }

private:
    struct Queue;

    Task<Result<Outcome>> enqueue(Context context, Change change);

    /// Outlives the writer while a batch is under way.
    std::shared_ptr<Queue> queue_;
};

}  // namespace kontor::inventory
