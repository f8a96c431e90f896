#pragma once

#include <functional>

#include "services/imports/importing/mapping.hpp"
#include "services/imports/importing/rejects.hpp"
#include "services/inventory/api.hpp"
#include "services/orders/api.hpp"

namespace kontor::importing {

/// Who takes the records in.
struct Takers {
    stores::Stores& stores;
    catalog::Catalog& catalog;
    pricing::Pricing& pricing;
    inventory::Inventory& inventory;
    orders::Orders* orders = nullptr;  ///< Needed for orders alone.
};

struct Wanted {
    Kind kind = Kind::products;
    Format format = Format::csv;
    std::optional<Mapping> mapping;    ///< None: the native columns or shape.
    std::optional<MarketCode> market;  ///< For prices and orders that name none.
};

using Tally = imports::ImportCounts;

struct Summary {
    Tally records;  ///< Of the kind wanted: products, price windows, stock counts or orders.
    Tally prices;   ///< What a file of products brought beside them.
    /// False where the file has no line break at its end: its last row of CSV may be cut short
    /// where nobody can see it.
    bool ended_with_line_break = true;
};

/// Which of the two passes stands at which byte of the file, and what became of the rows so far.
/// What it throws ends the import there, and reaches the caller.
enum class Pass { checking, writing };
using Report = std::function<void(Pass, std::int64_t bytes, const Summary& so_far)>;

/// Takes a file in, in two passes: the first only reads, so that a file that is cut short, binary
/// or in another encoding changes nothing at all; the second writes in large batches. Rows at fault
/// go to `rejects`, the others are taken. What is there already counts as unchanged, so that an
/// import that was interrupted is just repeated. A key that comes again later in the file: the
/// later row holds. Memory is bound by one batch of rows; the loop is let go every few
/// milliseconds, so that it may serve others meanwhile. Refuses: `malformed` (the file as a
/// whole, with line and byte), `not_found` (the market), and whatever a service refuses.
Task<Result<Summary>> import_file(FileBytes& file, Wanted wanted, Takers takers, Context context,
                                  Rejects& rejects, Report report);

}  // namespace kontor::importing
