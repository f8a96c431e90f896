#include <algorithm>

#include "services/discovery/documents.hpp"
#include "services/discovery/packing.hpp"
#include "services/discovery/page_program.hpp"
#include "services/discovery/projection.hpp"
#include "services/pricing/events.hpp"

namespace kontor::discovery {

Changes::Changes(Projection& projection)
    : projection_(projection), tables_(projection.tables()), writing_(*projection.environment_) {}

void Changes::put(const stores::Market& market) {
    writing_.put(tables_.markets, market.code.view(), to_json(market));
    world_changed_ = true;
}

void Changes::put(const stores::Store& store) {
    place_number(store.id);
    writing_.put(tables_.stores, store.id, to_json(store));
    world_changed_ = true;
    touch_all(Touched::stock);
}

void Changes::put(const catalog::Category& category) {
    writing_.put(tables_.categories, category.code, to_json(category));
    world_changed_ = true;
    categories_changed_.insert(category.code);
}

void Changes::put(const catalog::Product& product) {
    const auto key = key_of(product.id.value);
    if (const auto before = writing_.get(tables_.items, key)) {
        for (const auto& sku : skus_in(*before)) {
            const auto record = writing_.get(tables_.variants, sku);
            if (record && read_variant_record(*record).product == product.id) {
                writing_.erase(tables_.variants, sku);
            }
        }
    }
    writing_.put(tables_.products, key, to_json(product));
    writing_.put(tables_.pages, key, page_program(product));
    writing_.put(tables_.items, key, item_program(product));
    for (const auto& variant : product.variants) {
        writing_.put(tables_.variants, variant.sku, variant_record(product, variant));
    }
    touch(product.id.value, Touched::product);
}

void Changes::put_prices(const std::string& sku, const std::vector<pricing::Price>& prices) {
    const auto bytes = packed_prices(prices);
    if (writing_.get(tables_.prices, sku) != bytes) {
        writing_.put(tables_.prices, sku, bytes);
        touch_sku(sku, Touched::offers);
    }
}

void Changes::put_tax_rates(MarketCode market, const std::vector<pricing::TaxRate>& rates) {
    writing_.put(tables_.taxes, market.view(), to_json(pricing::TaxRatesChanged{market, rates}));
    world_changed_ = true;
}

void Changes::put_stock(const std::string& sku, const std::vector<inventory::StockCell>& cells) {
    std::map<std::uint64_t, std::int64_t> available;
    each_cell(writing_.get(tables_.stock, sku).value_or(""),
              [&](const PackedCell& cell) { available[cell.place] = cell.available_thousandths; });
    bool comes_or_goes = false;
    for (const auto& cell : cells) {
        auto& now = available[place_number(cell.location)];
        comes_or_goes = comes_or_goes || (now > 0) != (cell.available.thousandths > 0);
        now = cell.available.thousandths;
    }
    std::string bytes;
    for (const auto& [place, thousandths] : available) {
        const PackedCell cell{place, thousandths};
        bytes.append(reinterpret_cast<const char*>(&cell), sizeof cell);
    }
    writing_.put(tables_.stock, sku, bytes);
    if (comes_or_goes) {
        touch_sku(sku, Touched::stock);
    }
}

TouchedProducts Changes::commit() {
    const auto stored = writing_.get(tables_.meta, "generation");
    const auto generation = (stored ? Unpacker(*stored).number<std::uint64_t>() : 0) + 1;
    std::shared_ptr<const World> world;
    if (world_changed_) {
        world = World::load(writing_, tables_, generation);
        touch_below_changed_categories(*world);
    }
    writing_.put(tables_.meta, "generation", Packer().number(generation).bytes);
    note_unmerged(generation);
    writing_.commit();
    if (world) {
        projection_.world_.store(std::move(world));
    }
    return std::move(touched_);
}

std::uint64_t Changes::place_number(const std::string& location) {
    if (const auto stored = writing_.get(tables_.places, location)) {
        return Unpacker(*stored).number<std::uint64_t>();
    }
    const auto number = writing_.size(tables_.places);
    writing_.put(tables_.places, location, Packer().number(number).bytes);
    world_changed_ = true;
    return number;
}

void Changes::touch(std::uint64_t product, Touched what) {
    auto& touched = touched_[product];
    touched = touched | what;
}

void Changes::touch_sku(std::string_view sku, Touched what) {
    if (const auto record = writing_.get(tables_.variants, sku)) {
        touch(read_variant_record(*record).product.value, what);
    }
}

void Changes::touch_all(Touched what) {
    writing_.each(tables_.items, {}, [&](std::string_view key, std::string_view) {
        touch(id_of_key(key), what);
        return true;
    });
}

/// Names of categories are part of what finds a product.
void Changes::touch_below_changed_categories(const World& world) {
    if (categories_changed_.empty()) {
        return;
    }
    writing_.each(tables_.items, {}, [&](std::string_view key, std::string_view program) {
        const auto* category = world.category(category_in(program));
        const bool below =
            category != nullptr && std::ranges::any_of(category->path, [&](std::size_t number) {
                return categories_changed_.contains(world.categories()[number].category.code);
            });
        if (below) {
            touch(id_of_key(key), Touched::product);
        }
        return true;
    });
}

void Changes::note_unmerged(std::uint64_t generation) {
    for (const auto& [product, what] : touched_) {
        const auto key = key_of(product);
        auto all = what;
        if (const auto before = writing_.get(tables_.unmerged, key)) {
            Unpacker from(*before);
            from.number<std::uint64_t>();
            all = all | from.number<Touched>();
        }
        writing_.put(tables_.unmerged, key, Packer().number(generation).number(all).bytes);
    }
}

}  // namespace kontor::discovery
