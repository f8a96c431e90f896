#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "base/clock.hpp"
#include "platform/context.hpp"
#include "platform/describe/json.hpp"
#include "platform/sql/sql.hpp"

/// Operations that may be sent again under the same Idempotency-Key: the reply is stored in the
/// transaction of its effect, kept for 7 days, scoped by caller and operation.
namespace kontor::sql {

namespace detail {

struct IdempotencyRecord {
    std::string scope;
    std::string_view operation;
    std::string_view key;
    std::string request_hash;
};

/// The record's columns, or why the context's key cannot be one.
Result<IdempotencyRecord> idempotency_record(const Context& context, std::string_view operation,
                                             std::string_view request);

/// Claims the key (nullopt), or answers the reply that is stored under it. A transaction that holds
/// the claim is waited for, until the deadline.
Task<Result<std::optional<std::string>>> claim_key(Transaction& transaction,
                                                   const IdempotencyRecord& record, Timestamp now);

void store_reply(Transaction& transaction, const IdempotencyRecord& record,
                 const std::string& reply);

template <class Reply>
Reply decode_reply(const IdempotencyRecord& record, std::string_view json) {
    auto reply = from_json<Reply>(json);
    if (!reply) {
        throw Error(Error::Kind::statement,
                    fmt::format("stored reply of {}: {}", record.operation, reply.error().message));
    }
    return *std::move(reply);
}

}  // namespace detail

/// Whether something was asked, or is being asked, under the context's key: what prepares an
/// operation's effect elsewhere is not to be done again then.
Task<bool> key_is_known(Transaction& transaction, const Context& context,
                        std::string_view operation);

/// Runs `effect` once per key, inside a write body:
///
///     co_return co_await sql::idempotent<Order>(transaction, context, "orders.place",
///                                               to_json(request), clock.now(),
///                                               [&]() -> Task<Result<Order>> { ... });
///
/// `request`: what makes the request, in one form; the same key with another is refused. A refusal
/// of `effect` is not stored: the key may be tried again. Without a key `effect` just runs; demand
/// one at the edge where money or stock moves.
/// Refuses: `idempotency_key_reused` (422); `in_progress` (409) when the deadline comes before the
/// end of another request with this key; `invalid` (422) for a key of more than 255 characters, or
/// of an anonymous caller and not a UUID. `Reply` is a described type.
template <class Reply, class Effect>
Task<Result<Reply>> idempotent(Transaction& transaction, const Context& context,
                               std::string_view operation, std::string request, Timestamp now,
                               Effect effect) {
    if (context.idempotency_key.empty()) {
        co_return co_await effect();
    }
    const auto record = TRY(detail::idempotency_record(context, operation, request));
    if (const auto stored = TRY(co_await detail::claim_key(transaction, record, now))) {
        co_return detail::decode_reply<Reply>(record, *stored);
    }
    auto reply = co_await effect();
    if (reply) {
        detail::store_reply(transaction, record, to_json(*reply));
    }
    co_return reply;
}

/// Forgets keys older than 7 days, a thousand a transaction; answers how many. Call it hourly.
Task<Result<std::int64_t>> purge_idempotency_keys(Database& database, Context context,
                                                  Timestamp now);

}  // namespace kontor::sql
