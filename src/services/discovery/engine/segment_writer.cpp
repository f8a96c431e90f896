#include "services/discovery/engine/segment_writer.hpp"

#include <algorithm>
#include <numeric>
#include <set>

namespace kontor::discovery::engine {
namespace {

/// Documents of a category next to each other: their bitmaps become runs, and a listing reads
/// neighbouring entries of every column.
Ordered ordered(const ProductSource& source) {
    std::vector<std::pair<std::vector<CategoryId>, ProductId>> keys;
    std::set<CategoryId> categories;
    std::set<std::string> languages;
    for (Doc i = 0; i < source.count; ++i) {
        auto product = source.texts(i);
        categories.insert(product.category_path.begin(), product.category_path.end());
        for (auto& text : product.texts) {
            languages.insert(std::move(text.language));
        }
        keys.emplace_back(std::move(product.category_path), product.id);
    }
    Ordered products{source,
                     std::vector<Doc>(source.count),
                     {categories.begin(), categories.end()},
                     {languages.begin(), languages.end()}};
    std::iota(products.order.begin(), products.order.end(), 0);
    std::ranges::sort(products.order, {}, [&](Doc i) -> const auto& { return keys[i]; });
    return products;
}

}  // namespace

void write_segment(const ProductSource& source, const Segment* larger, const std::string& position,
                   ImageWriter& image) {
    const Ordered products = ordered(source);
    image.add_bytes("position", position);
    write_columns(products, image);
    write_offers(products, image);
    image.add_strings("languages", products.languages);
    for (const auto& language : products.languages) {
        write_texts(products, language, larger ? larger->text(language) : nullptr, image);
    }
    image.finish();
}

}  // namespace kontor::discovery::engine
