#pragma once

#include "services/imports/api.hpp"
#include "services/imports/importing/import.hpp"

/// Decisions about imports: no I/O, no clock.
namespace kontor::imports {

/// An import under way brings its record up to date at least so often.
inline constexpr auto touched_every = std::chrono::seconds(2);
/// One that has not for so long is run by nobody any more.
inline constexpr auto silence_max = std::chrono::seconds(30);

/// Whether it will not change any more by itself.
bool is_over(ImportStatus status);

/// The import as it is to be shown at `now`: interrupted where nobody runs it any more.
Import as_seen(Import import, Timestamp now);

/// How the file of `wanted` is read, by the mapping of that name where there is one.
importing::Wanted reading_of(const OpenImport& wanted, std::optional<importing::Mapping> mapping);

}  // namespace kontor::imports
