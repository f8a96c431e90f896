#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "services/discovery/engine/engine.hpp"

namespace kontor::discovery::engine::testing {

/// Sold in Germany for 10.00, named in German.
inline IndexedProduct product(ProductId id, const std::string& name) {
    IndexedProduct made;
    made.id = id;
    made.slug = "product-" + std::to_string(id);
    made.texts = {{.language = "de", .name = name}};
    made.offers = {{"de", true, {{always, forever, 1000}}}};
    return made;
}

/// An index in memory, which answers with names.
class Shop {
public:
    explicit Shop(const std::vector<IndexedProduct>& products)
        : engine_(*Engine::open(std::filesystem::path())) {
        for (const auto& each : products) {
            add(each);
        }
        engine_->publish();
    }
    /// Products with the ids 1, 2, ...
    explicit Shop(const std::vector<std::string>& names) : Shop(named(names)) {}

    Engine* operator->() const { return engine_.get(); }

    void add(const IndexedProduct& added) {
        names_[added.id] = added.texts.at(0).name;
        engine_->upsert(added);
    }
    Page page(const Query& query) const { return *engine_->reader().find(query); }
    std::vector<std::string> names(const Page& page) const {
        std::vector<std::string> names;
        for (const auto& hit : page.hits) {
            names.push_back(names_.at(hit.id));
        }
        return names;
    }
    /// What the query finds, best first.
    std::vector<std::string> found(const Query& query) const { return names(page(query)); }
    /// What the text finds in German, best first.
    std::vector<std::string> found(const std::string& text) const { return found(german(text)); }

    static Query german(const std::string& text) {
        return {.market = "de", .languages = {"de"}, .text = text};
    }

private:
    static std::vector<IndexedProduct> named(const std::vector<std::string>& names) {
        std::vector<IndexedProduct> products;
        for (const auto& name : names) {
            products.push_back(product(products.size() + 1, name));
        }
        return products;
    }

    std::unique_ptr<Engine> engine_;
    std::map<ProductId, std::string> names_;
};

}  // namespace kontor::discovery::engine::testing
