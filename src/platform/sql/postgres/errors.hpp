#pragma once

#include <string_view>

#include <libpq-fe.h>

#include "platform/sql/error.hpp"

namespace kontor::sql::postgres {

/// The connection is gone; what was not yet asked to commit is undone by the server.
class ConnectionLost final : public Error {
public:
    explicit ConnectionLost(const std::string& message) : Error(Kind::unavailable, message) {}
};

/// What the server says against `what` (a statement's name), by its SQLSTATE.
Error error_of(const PGresult* result, std::string_view what);

}  // namespace kontor::sql::postgres
