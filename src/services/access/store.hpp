#pragma once

#include "base/clock.hpp"
#include "platform/sql/sql.hpp"

namespace kontor::access::store {

Task<std::optional<std::string>> staff_token_hash(sql::Transaction& transaction);
Task<void> put_staff_token_hash(sql::Transaction& transaction, std::string_view hash,
                                Timestamp made_at);

}  // namespace kontor::access::store
