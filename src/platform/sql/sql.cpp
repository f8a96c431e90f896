#include "platform/sql/sql.hpp"

#include <numeric>

#include <fmt/format.h>

namespace kontor::sql {

Task<std::vector<std::int64_t>> Transaction::execute_each(const Statement& statement,
                                                          std::span<const Args> many) {
    return run(statement, many, nullptr);
}

void Transaction::execute_together_later(const Statement& statement, std::span<const Args> many) {
    for (const auto& args : many) {
        defer(statement, args);
    }
}

Task<std::int64_t> Transaction::run_together(const Statement& statement, std::span<const Args> many,
                                             RowSink* sink) {
    const auto changed = co_await run(statement, many, sink);
    co_return std::accumulate(changed.begin(), changed.end(), std::int64_t{0});
}

Task<std::int64_t> Transaction::execute_with(const Statement& statement, Args args) {
    const auto changed = co_await run(statement, std::span(&args, 1), nullptr);
    co_return changed.front();
}

Task<void> Database::query(const Context& context, const Statement& statement, const Args& args,
                           RowSink& sink) {
    const ErasedBody body = [&](Transaction& transaction) -> Task<bool> {
        co_await transaction.run(statement, std::span(&args, 1), &sink);
        co_return true;
    };
    if (const auto refused = co_await run(Access::statement, context, body)) {
        const bool late = refused->code == refusals::deadline_exceeded.code;
        throw Error(late ? Error::Kind::timeout : Error::Kind::unavailable, refused->message);
    }
}

Refusal Error::refusal() const {
    const auto unavailable = [](std::string_view why) {
        auto refusal =
            kontor::refusal(refusals::unavailable, "{}; nothing was changed, try again later", why);
        refusal.retry_after_s = 1;
        return refusal;
    };
    switch (kind_) {
        case Kind::timeout:
            return kontor::refusal(refusals::deadline_exceeded,
                                   "the records did not answer in time; nothing was changed, try "
                                   "again later");
        case Kind::unavailable:
        case Kind::conflict:
            return unavailable("the records cannot be reached now");
        case Kind::full:
            return unavailable("the disk of the records is full");
        case Kind::read_only:
            return unavailable("the records take no changes now");
        case Kind::corrupt:
            return unavailable("the disk of the records fails");
        case Kind::outcome_unknown:
            return kontor::refusal(refusals::outcome_unknown,
                                   "the records did not say whether it was done: repeat it under "
                                   "the same Idempotency-Key, or look before you try again");
        default:
            return kontor::refusal(refusals::internal,
                                   "the records answered with an accident; see the log");
    }
}

namespace detail {

void throw_out_of_range(const RowView& row, int column, std::int64_t value) {
    throw Error(
        Error::Kind::statement,
        fmt::format("column {} holds {}, which its member's type cannot", row.name(column), value));
}

void throw_unknown_text(const RowView& row, int column) {
    throw Error(Error::Kind::statement,
                fmt::format("column {} holds \"{}\", which is none of its enum's texts",
                            row.name(column), row.text(column)));
}

void map_columns(const RowView& row, std::span<const std::string_view> names,
                 std::span<int> columns) {
    for (std::size_t i = 0; i < names.size(); ++i) {
        int found = 0;
        while (found < row.columns() && row.name(found) != names[i]) {
            ++found;
        }
        if (found == row.columns()) {
            throw_unfit_row(row, fmt::format("none is called {}", names[i]));
        }
        columns[i] = found;
    }
    if (row.columns() != static_cast<int>(names.size())) {
        throw_unfit_row(row, "some have no member of their name");
    }
}

void throw_unfit_row(const RowView& row, std::string_view reason) {
    std::string names;
    for (int column = 0; column < row.columns(); ++column) {
        names += (column == 0 ? "" : ", ") + std::string(row.name(column));
    }
    throw Error(Error::Kind::statement, fmt::format("columns ({}): {}", names, reason));
}

}  // namespace detail

}  // namespace kontor::sql
