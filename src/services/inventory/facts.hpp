#pragma once

#include "platform/events/event.hpp"
#include "services/inventory/books.hpp"

namespace kontor::inventory {

/// Counts the changes of each SKU whose stock moved, once for the batch.
void count_versions(Books& books);

/// What a batch has to tell: the cells of each SKU as they are now, where too few lie, and what has
/// expired.
std::vector<events::Fact> facts_of(const Books& books);

}  // namespace kontor::inventory
