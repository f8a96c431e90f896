#include "platform/sql/idempotency.hpp"

#include <algorithm>
#include <chrono>
#include <tuple>

#include "platform/crypto/hash.hpp"

namespace kontor::sql {

namespace {

using Stored = std::tuple<std::string, std::string>;

constexpr std::size_t key_length_max = 255;
constexpr std::chrono::hours kept_for{7 * 24};
constexpr std::int64_t purged_at_once = 1'000;

// The empty reply is the claim: on PostgreSQL a second one waits here for the first to end.
constexpr Statement claim{"idempotency.claim", R"sql(
    INSERT INTO idempotency_keys (scope, operation, key, request_hash, reply, created_at)
    VALUES ($1, $2, $3, $4, '', $5)
        ON CONFLICT (scope, operation, key) DO NOTHING
)sql"};

constexpr Statement stored{"idempotency.stored", R"sql(
    SELECT request_hash, reply
      FROM idempotency_keys
     WHERE scope = $1
       AND operation = $2
       AND key = $3
)sql"};

constexpr Statement complete_claim{"idempotency.complete", R"sql(
    UPDATE idempotency_keys
       SET reply = $4
     WHERE scope = $1
       AND operation = $2
       AND key = $3
)sql"};

constexpr Statement purge{"idempotency.purge", R"sql(
    DELETE FROM idempotency_keys
     WHERE (scope, operation, key) IN (
        SELECT scope, operation, key
          FROM idempotency_keys
         WHERE created_at < $1
         ORDER BY created_at
         LIMIT $2
     )
)sql"};

bool is_uuid(std::string_view text) {
    constexpr std::string_view form = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    return std::ranges::equal(text, form, [](char have, char want) {
        return want == '-' ? have == '-' : std::isxdigit(static_cast<unsigned char>(have)) != 0;
    });
}

}  // namespace

namespace detail {

Result<IdempotencyRecord> idempotency_record(const Context& context, std::string_view operation,
                                             std::string_view request) {
    const std::string_view key = context.idempotency_key;
    if (key.size() > key_length_max) {
        return refuse(refusals::invalid, "Idempotency-Key of {} characters: at most {} are allowed",
                      key.size(), key_length_max);
    }
    const auto& principal = context.principal;
    if (principal.kind == Principal::Kind::anonymous && !is_uuid(key)) {
        return refuse(refusals::invalid,
                      "Idempotency-Key \"{}\": must be a UUID where no token is sent", key);
    }
    return IdempotencyRecord{
        .scope = fmt::format("{}:{}", static_cast<int>(principal.kind), principal.subject),
        .operation = operation,
        .key = key,
        .request_hash = crypto::sha256_hex(request)};
}

Task<Result<std::optional<std::string>>> claim_key(Transaction& transaction,
                                                   const IdempotencyRecord& record, Timestamp now) {
    try {
        if (co_await transaction.execute(claim, record.scope, record.operation, record.key,
                                         record.request_hash, now) == 1) {
            co_return std::nullopt;
        }
    } catch (const Error& error) {
        if (error.kind() != Error::Kind::timeout) {
            throw;
        }
        auto waited =
            refusal(refusals::in_progress,
                    "Idempotency-Key \"{}\": its first request is still running", record.key);
        waited.retry_after_s = 1;
        co_return std::unexpected(std::move(waited));
    }
    auto found =
        co_await transaction.row<Stored>(stored, record.scope, record.operation, record.key);
    if (!found) {  // purged between the two statements
        throw Error(Error::Kind::conflict, "the idempotency key went away; begin again");
    }
    auto& [request_hash, reply] = *found;
    if (request_hash != record.request_hash) {
        co_return refuse(refusals::idempotency_key_reused,
                         "Idempotency-Key \"{}\": was used with another request; send a new key",
                         record.key);
    }
    co_return std::move(reply);
}

void store_reply(Transaction& transaction, const IdempotencyRecord& record,
                 const std::string& reply) {
    transaction.execute_later(complete_claim, record.scope, record.operation, record.key, reply);
}

}  // namespace detail

Task<bool> key_is_known(Transaction& transaction, const Context& context,
                        std::string_view operation) {
    const auto record = detail::idempotency_record(context, operation, {});
    co_return record &&
        (co_await transaction.row<Stored>(stored, record->scope, record->operation, record->key))
            .has_value();
}

Task<Result<std::int64_t>> purge_idempotency_keys(Database& database, Context context,
                                                  Timestamp now) {
    const Timestamp oldest = now + -std::chrono::microseconds(kept_for);
    std::int64_t total = 0;
    for (std::int64_t purged = purged_at_once; purged == purged_at_once; total += purged) {
        purged = TRY(co_await database.write(
            context, [&](Transaction& transaction) -> Task<Result<std::int64_t>> {
                co_return co_await transaction.execute(purge, oldest, purged_at_once);
            }));
    }
    co_return total;
}

}  // namespace kontor::sql
