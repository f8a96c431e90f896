#include <algorithm>
#include <map>
#include <numeric>
#include <set>

#include <fmt/format.h>

#include "services/discovery/engine/codec.hpp"
#include "services/discovery/engine/segment_writer.hpp"
#include "services/discovery/engine/words.hpp"

namespace kontor::discovery::engine {
namespace {

/// One value of a dictionary while it is collected: how it is shown, and who has it.
struct Value {
    std::string name;
    std::vector<Doc> docs;
};
using Values = std::map<std::string, Value>;  // by folded key

void note(Values& values, std::string_view name, Doc doc) {
    auto& value = values[folded(name)];
    if (value.docs.empty()) {
        value.name = name;
    }
    if (value.docs.empty() || value.docs.back() != doc) {
        value.docs.push_back(doc);
    }
}

struct KeyedDocs {
    std::vector<std::pair<std::uint64_t, Doc>> pairs;

    void write(const std::string& keys, const std::string& docs, ImageWriter& image) {
        std::ranges::sort(pairs);
        std::vector<std::uint64_t> first;
        std::vector<Doc> second;
        for (const auto& [key, doc] : pairs) {
            first.push_back(key);
            second.push_back(doc);
        }
        image.add(keys, first);
        image.add(docs, second);
    }
};

class Columns {
public:
    explicit Columns(const Ordered& products) : products_(products) {
        category_docs_.resize(products.categories.size());
    }

    void add(Doc doc, const IndexedProduct& product) {
        ids_.push_back(product.id);
        created_.push_back(product.created_at);
        ranks_.push_back(product.rank);
        by_id_.pairs.emplace_back(product.id, doc);
        by_slug_.pairs.emplace_back(key_hash(product.slug), doc);
        std::set<std::string> codes;
        for (const auto& code : product.codes) {
            codes.insert(normalized_code(code));
        }
        codes.erase("");
        for (const auto& code : codes) {
            by_code_.pairs.emplace_back(key_hash(code), doc);
        }
        if (!product.brand.empty()) {
            note(brands_, product.brand, doc);
        }
        add_path(doc, product);
        for (const auto& attribute : product.attributes) {
            add_attribute(doc, attribute);
        }
    }

    void write(ImageWriter& image) {
        image.add("ids", ids_);
        image.add("created", created_);
        image.add("ranks", ranks_);
        by_id_.write("ids.sorted", "ids.docs", image);
        by_slug_.write("slugs", "slugs.docs", image);
        by_code_.write("codes", "codes.docs", image);
        write_brands(image);
        write_categories(image);
        write_values(image);
        write_numbers(image);
    }

private:
    void add_path(Doc doc, const IndexedProduct& product) {
        std::vector<std::uint32_t> path;
        for (const auto category : product.category_path) {
            const auto at = std::ranges::lower_bound(products_.categories, category);
            path.push_back(static_cast<std::uint32_t>(at - products_.categories.begin()));
            auto& docs = category_docs_[path.back()];
            if (docs.empty() || docs.back() != doc) {
                docs.push_back(doc);
            }
        }
        const auto [known, added] =
            path_numbers_.emplace(path, static_cast<std::uint32_t>(path_numbers_.size()));
        if (added) {
            path_categories_.insert(path_categories_.end(), path.begin(), path.end());
            path_at_.push_back(static_cast<std::uint32_t>(path_categories_.size()));
        }
        path_of_.push_back(known->second);
    }

    void add_attribute(Doc doc, const Attribute& attribute) {
        auto& values = attributes_[attribute.name];
        if (const auto* number = std::get_if<double>(&attribute.value)) {
            note(values, fmt::format("{}", *number), doc);
            numbers_[attribute.name].emplace_back(*number, doc);
        } else {
            note(values, std::get<std::string>(attribute.value), doc);
        }
    }

    void write_brands(ImageWriter& image) {
        std::vector<std::uint32_t> brand_of(ids_.size(), none);
        std::vector<std::string> keys;
        std::vector<std::string> names;
        std::vector<Bitmap> bitmaps;
        std::vector<Completion> completions;
        for (const auto& [key, value] : brands_) {
            const auto ordinal = static_cast<std::uint32_t>(keys.size());
            for (const Doc doc : value.docs) {
                brand_of[doc] = ordinal;
            }
            keys.push_back(key);
            names.push_back(value.name);
            bitmaps.push_back(Bitmap::of(value.docs));
            completions.push_back({key, ordinal, static_cast<std::uint32_t>(value.docs.size())});
        }
        image.add_strings("brand.keys", keys);
        image.add_strings("brand.names", names);
        image.add_bitmaps("brand.docs", bitmaps);
        image.add("brand.of", brand_of);
        write_completions("brand.completions", std::move(completions), image);
    }

    void write_categories(ImageWriter& image) {
        std::vector<Bitmap> bitmaps;
        for (const auto& docs : category_docs_) {
            bitmaps.push_back(Bitmap::of(docs));
        }
        image.add("categories", products_.categories);
        image.add_bitmaps("category.docs", bitmaps);
        image.add("path.of", path_of_);
        image.add("path.at", path_at_);
        image.add("path.categories", path_categories_);
    }

    void write_values(ImageWriter& image) {
        std::vector<std::string> attribute_names;
        std::vector<std::string> keys;
        std::vector<std::string> names;
        std::vector<std::uint32_t> at{0};
        std::vector<Bitmap> bitmaps;
        for (const auto& [attribute, values] : attributes_) {
            write_value_column(values, attribute_names.size(), at.back(), image);
            for (const auto& [key, value] : values) {
                keys.push_back(key);
                names.push_back(value.name);
                bitmaps.push_back(Bitmap::of(value.docs));
            }
            attribute_names.push_back(attribute);
            at.push_back(static_cast<std::uint32_t>(keys.size()));
        }
        image.add_strings("attributes", attribute_names);
        image.add("values.at", at);
        image.add_strings("value.keys", keys);
        image.add_strings("value.names", names);
        image.add_bitmaps("value.docs", bitmaps);
    }

    void write_value_column(const Values& values, std::size_t attribute, std::uint32_t ordinal,
                            ImageWriter& image) const {
        constexpr std::size_t column_share_min = 8;  // An eighth of the products.
        std::vector<std::uint32_t> value_of(ids_.size(), none);
        std::size_t docs = 0;
        for (const auto& [key, value] : values) {
            for (const Doc doc : value.docs) {
                if (value_of[doc] != none) {
                    return;
                }
                value_of[doc] = ordinal;
            }
            docs += value.docs.size();
            ++ordinal;
        }
        if (docs * column_share_min >= ids_.size()) {
            image.add(fmt::format("value.of/{}", attribute), value_of);
        }
    }

    void write_numbers(ImageWriter& image) {
        std::vector<std::uint32_t> at{0};
        std::vector<double> numbers;
        std::vector<Doc> docs;
        for (const auto& [attribute, values] : attributes_) {
            auto& pairs = numbers_[attribute];
            std::ranges::sort(pairs);
            for (const auto& [number, doc] : pairs) {
                numbers.push_back(number);
                docs.push_back(doc);
            }
            at.push_back(static_cast<std::uint32_t>(numbers.size()));
        }
        image.add("numbers.at", at);
        image.add("numbers", numbers);
        image.add("numbers.docs", docs);
    }

    const Ordered& products_;
    std::vector<ProductId> ids_;
    std::vector<std::int64_t> created_;
    std::vector<std::uint32_t> ranks_;
    KeyedDocs by_id_;
    KeyedDocs by_slug_;
    KeyedDocs by_code_;
    Values brands_;
    std::vector<std::vector<Doc>> category_docs_;
    std::map<std::vector<std::uint32_t>, std::uint32_t> path_numbers_;
    std::vector<std::uint32_t> path_of_;
    std::vector<std::uint32_t> path_at_{0};
    std::vector<std::uint32_t> path_categories_;
    std::map<std::string, Values> attributes_;
    std::map<std::string, std::vector<std::pair<double, Doc>>> numbers_;
};

}  // namespace

void write_columns(const Ordered& products, ImageWriter& image) {
    Columns columns(products);
    std::vector<std::uint64_t> documents_at{0};
    image.begin("documents");
    for (Doc doc = 0; doc < products.order.size(); ++doc) {
        const auto product = products.source.texts(products.order[doc]);
        const auto bytes = encoded(product);
        image.append(bytes);
        documents_at.push_back(documents_at.back() + bytes.size());
        columns.add(doc, product);
    }
    image.end();
    image.add("documents.at", documents_at);
    columns.write(image);
}

void write_completions(const std::string& name, std::vector<Completion> completions,
                       ImageWriter& image) {
    std::ranges::sort(completions, {}, &Completion::key);
    std::vector<std::string> keys;
    std::vector<std::uint32_t> targets;
    std::vector<std::uint32_t> weights;
    for (auto& [key, target, weight] : completions) {
        keys.push_back(std::move(key));
        targets.push_back(target);
        weights.push_back(weight);
    }
    image.add_strings(name, keys);
    image.add(name + ".targets", targets);
    image.add(name + ".weights", weights);
}

}  // namespace kontor::discovery::engine
