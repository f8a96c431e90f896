#pragma once

#include "platform/events/handlers.hpp"
#include "platform/sql/sql.hpp"

namespace kontor::inventory {

/// What inventory does about the events of stores: it learns whose online orders a place serves.
events::Handlers<sql::Transaction&> store_handlers();

}  // namespace kontor::inventory
