#pragma once

#include <functional>
#include <string>

#include "services/discovery/engine/image.hpp"
#include "services/discovery/engine/product.hpp"
#include "services/discovery/engine/segment.hpp"

namespace kontor::discovery::engine {

/// The products of a segment to be written, by number. They are asked for several times rather than
/// held, so that a million need not fit in memory at once.
struct ProductSource {
    Doc count = 0;
    std::function<IndexedProduct(Doc)> texts;  ///< Offers and availability may be missing.
    std::function<IndexedProduct(Doc)> whole;
};

/// Writes a segment. `larger`: the segment it will lie on top of, or null; its vocabulary knows
/// compounds that a few products alone do not, and its average lengths make scores comparable.
void write_segment(const ProductSource& source, const Segment* larger, const std::string& position,
                   ImageWriter& image);

/// What the writers of columns and of texts share.
struct Ordered {
    const ProductSource& source;
    std::vector<Doc> order;              ///< By document: the number within the source.
    std::vector<CategoryId> categories;  ///< Sorted.
    std::vector<std::string> languages;  ///< Sorted.
};

void write_columns(const Ordered& products, ImageWriter& image);
void write_offers(const Ordered& products, ImageWriter& image);
void write_texts(const Ordered& products, const std::string& language, const TextIndex* larger,
                 ImageWriter& image);

/// A string to complete, what it stands for, and how many products are behind that.
struct Completion {
    std::string key;
    std::uint32_t target;
    std::uint32_t weight;
};
/// Sorts by key and writes.
void write_completions(const std::string& name, std::vector<Completion> completions,
                       ImageWriter& image);

}  // namespace kontor::discovery::engine
