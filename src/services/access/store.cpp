#include "services/access/store.hpp"

namespace kontor::access::store {

namespace {

constexpr sql::Statement read_hash{"access.read_hash", R"sql(
    SELECT hash FROM staff_tokens WHERE id = 1
)sql"};

constexpr sql::Statement write_hash{"access.write_hash", R"sql(
    INSERT INTO staff_tokens (id, hash, made_at) VALUES (1, $1, $2)
    ON CONFLICT (id) DO UPDATE SET hash = excluded.hash, made_at = excluded.made_at
)sql"};

}  // namespace

Task<std::optional<std::string>> staff_token_hash(sql::Transaction& transaction) {
    return transaction.row<std::string>(read_hash);
}

Task<void> put_staff_token_hash(sql::Transaction& transaction, std::string_view hash,
                                Timestamp made_at) {
    co_await transaction.execute(write_hash, hash, made_at);
}

}  // namespace kontor::access::store
