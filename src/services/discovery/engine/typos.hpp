#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kontor::discovery::engine {

/// Characters that differ between two words: inserted, deleted, replaced, or two neighbours swapped
/// (optimal string alignment). Stops at `max` + 1.
std::uint32_t edit_distance(std::u32string_view one, std::u32string_view other, std::uint32_t max);

std::u32string characters(std::string_view utf8);

/// How many typing errors are forgiven: none below 4 letters, 1 from 4, 2 from 8.
std::uint32_t typos_forgiven(std::size_t letters);

/// A symmetric-delete dictionary (W. Garbe, SymSpell): each word is filed under every string that
/// deleting as many letters as are forgiven leaves of its first 7; two words within the distance
/// share one. `hashes` is sorted, `words` beside it says which word.
struct DeletesTable {
    std::vector<std::uint32_t> hashes;
    std::vector<std::uint32_t> words;
};
DeletesTable deletes_of(std::span<const std::string> words);

/// A view of the same, in a segment.
struct Deletes {
    std::span<const std::uint32_t> hashes;
    std::span<const std::uint32_t> words;
    /// Words that may be within the distance, ascending, distinct; the caller measures.
    std::vector<std::uint32_t> candidates(std::u32string_view word) const;
};

}  // namespace kontor::discovery::engine
