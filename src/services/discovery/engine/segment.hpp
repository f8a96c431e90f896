#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "services/discovery/engine/bitmap.hpp"
#include "services/discovery/engine/image.hpp"
#include "services/discovery/engine/prices.hpp"
#include "services/discovery/engine/typos.hpp"

namespace kontor::discovery::engine {

/// Where a word stands in a product. The order is that of the weights and of the stored lengths.
enum class Field : std::uint8_t { name, brand, keywords, categories, attributes, description };
inline constexpr std::size_t fields = 6;

/// Strings to complete, sorted, and what each stands for; a name is there once for each of its
/// words, beginning with it.
struct Completions {
    Strings keys;
    std::span<const std::uint32_t> targets;
    std::span<const std::uint32_t> weights;  ///< Beside: how many products stand behind it.
};

/// The texts of a segment in one language.
struct TextIndex {
    std::string language;
    Strings terms;  ///< Stems, sorted.
    std::span<const std::uint64_t> postings_at;
    std::span<const Doc> docs;               ///< Ascending within a term.
    std::span<const std::uint16_t> impacts;  ///< Beside: BM25F without idf, in 1/65535.
    Strings words;                           ///< Folded, as they occur by themselves; sorted.
    Strings displays;                        ///< Beside: as most often written.
    std::span<const std::uint32_t> word_counts;
    Deletes deletes;  ///< Over `words`.
    Strings names;    ///< By document; empty where it has none in this language.
    std::span<const Doc> by_name;
    std::span<const std::uint32_t> name_rank;  ///< The inverse of `by_name`.
    Strings name_keys;                         ///< By document: ICU collation keys.
    Bitmap present;                            ///< Documents with a text in this language.
    bool complete = false;                     ///< All have.
    std::span<const float> average_lengths;    ///< By field.
    Strings category_names;                    ///< By category ordinal; empty where unknown.
    Completions categories;

    std::size_t find(std::string_view term) const { return terms.find(term); }
    std::uint32_t frequency(std::size_t term) const {
        return static_cast<std::uint32_t>(postings_at[term + 1] - postings_at[term]);
    }
};

inline constexpr std::uint32_t none = 0xFFFFFFFF;

/// An immutable part of the index, read in place from its image. Documents are dense from 0, those
/// of one category next to each other.
struct Segment {
    std::shared_ptr<const Image> image;
    bool is_base = false;  ///< Made by a merge: small ones on top lean on its vocabulary.
    Doc size = 0;
    std::span<const ProductId> ids;         ///< By document.
    std::span<const std::int64_t> created;  ///< By document.
    std::span<const std::uint32_t> ranks;   ///< By document.
    std::span<const ProductId> sorted_ids;
    std::span<const Doc> docs_of_ids;
    std::span<const std::uint64_t> slug_hashes;
    std::span<const Doc> docs_of_slugs;
    std::span<const std::uint64_t> code_hashes;
    std::span<const Doc> docs_of_codes;

    Strings brand_keys;  ///< Folded, sorted.
    Strings brand_names;
    Bitmaps brand_docs;
    std::span<const std::uint32_t> brand_of;  ///< By document; none.
    Completions brand_completions;

    std::span<const CategoryId> categories;  ///< Sorted; the position is the ordinal.
    Bitmaps category_docs;                   ///< With those below.
    std::span<const std::uint32_t> path_of;  ///< By document.
    std::span<const std::uint32_t> path_at;
    std::span<const std::uint32_t> path_categories;  ///< Ordinals.

    Strings attribute_names;                   ///< Sorted.
    std::span<const std::uint32_t> values_at;  ///< By attribute: its range of values.
    Strings value_keys;                        ///< Folded, sorted within an attribute.
    Strings value_names;
    Bitmaps value_docs;
    /// By attribute: of each document its value, or none. Only of attributes that many products
    /// have and none has twice: counting along a column is then faster than by bitmaps.
    std::vector<std::span<const std::uint32_t>> value_of;
    std::span<const std::uint32_t> numbers_at;  ///< By attribute: its range of numbers.
    std::span<const double> numbers;            ///< Sorted within an attribute.
    std::span<const Doc> docs_of_numbers;

    Strings markets;
    Bitmaps sellable;
    Bitmaps online;
    std::span<const std::uint32_t> stores;  ///< Sorted.
    Bitmaps store_docs;

    std::vector<TextIndex> languages;
    std::span<const std::uint64_t> documents_at;
    std::span<const char> documents;

    /// Refuses `damaged_index` where columns do not fit together.
    static Result<std::shared_ptr<const Segment>> open(std::shared_ptr<const Image> image,
                                                       bool is_base);

    std::optional<Doc> find(ProductId id) const;
    const TextIndex* text(std::string_view language) const;
    std::span<const std::uint32_t> path(Doc doc) const {
        const auto at = path_of[doc];
        return path_categories.subspan(path_at[at], path_at[at + 1] - path_at[at]);
    }
    PriceColumn prices(std::size_t market) const;
    std::string position() const;
};

/// Of a slug or a normalized code. The strings are not kept: among a million, the chance that any
/// other text has the hash of one is 1 in 10^13.
std::uint64_t key_hash(std::string_view text);

}  // namespace kontor::discovery::engine
