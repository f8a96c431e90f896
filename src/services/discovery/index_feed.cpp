#include "services/discovery/index_feed.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "platform/describe/stored.hpp"
#include "services/discovery/index_documents.hpp"
#include "services/discovery/packing.hpp"
#include "services/discovery/page_program.hpp"

namespace kontor::discovery {

namespace {

// What a start may replay and still answer within 50 ms: a product anew is 0.15 ms, another price
// or stock 0.01 ms.
constexpr std::uint64_t products_unmerged_max = 100;
constexpr std::uint64_t changes_unmerged_max = 1'000;
// A visible step of a long catching-up.
constexpr std::size_t publish_every = 2'000;

std::string mark_of(const Generation& generation) {
    return fmt::format("{}:{}", generation.incarnation, generation.number);
}

/// The generation that the file was written at; nothing where it is of another projection.
std::optional<std::uint64_t> generation_in(std::string_view mark, std::uint64_t incarnation) {
    const auto prefix = fmt::format("{}:", incarnation);
    if (!mark.starts_with(prefix)) {
        return std::nullopt;
    }
    return std::stoull(std::string(mark.substr(prefix.size())));
}

std::vector<std::string_view> values_of(const lmdb::Reading& reading, lmdb::Table table,
                                        const std::vector<std::string>& skus) {
    std::vector<std::string_view> values;
    for (const auto& sku : skus) {
        values.push_back(reading.get(table, sku).value_or(std::string_view()));
    }
    return values;
}

}  // namespace

IndexFeed::IndexFeed(std::filesystem::path folder, Projection& projection, const Clock& clock)
    : projection_(projection), clock_(clock) {
    open(folder);
    const auto now = projection.generation();
    const auto written = generation_in(engine_->position(), now.incarnation);
    follow(written ? projection.changed_since(*written) : projection.all_products());
}

void IndexFeed::open(const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder);
    const auto file = folder / "index";
    auto opened = engine::Engine::open(file);
    const bool usable =
        opened && ((*opened)->position().empty() ||
                   generation_in((*opened)->position(), projection_.generation().incarnation));
    if (!usable) {
        opened = {};
        std::filesystem::remove(file);
        opened = engine::Engine::open(file);
    }
    if (!opened) {
        throw std::runtime_error(opened.error().message);
    }
    engine_ = *std::move(opened);
}

void IndexFeed::follow(const TouchedProducts& touched) {
    const auto world = projection_.world();
    std::size_t indexed_products = 0;
    {
        const lmdb::Reading reading(projection_.environment());
        for (const auto& [product, what] : touched) {
            index(product, what, reading, *world);
            if (++indexed_products % publish_every == 0) {
                engine_->publish();
            }
        }
    }
    if (!touched.empty()) {
        engine_->publish();
    }
}

void IndexFeed::index(std::uint64_t product, Touched what, const lmdb::Reading& reading,
                      const World& world) {
    const auto& tables = projection_.tables();
    const auto key = key_of(product);
    const auto skus = skus_in(reading.get(tables.items, key).value());
    const bool whole = has(what, Touched::product);
    std::vector<engine::MarketOffer> offers;
    engine::Availability availability;
    if (whole || has(what, Touched::offers)) {
        offers = market_offers(values_of(reading, tables.prices, skus), clock_.now());
    }
    if (whole || has(what, Touched::stock)) {
        availability = availability_of(values_of(reading, tables.stock, skus), world);
    }
    if (whole) {
        const auto stored =
            from_stored_json<catalog::Product>(reading.get(tables.products, key).value());
        auto document = indexed(stored, world);
        document.offers = std::move(offers);
        document.availability = std::move(availability);
        engine_->upsert(std::move(document));
        return;
    }
    if (has(what, Touched::offers)) {
        engine_->set_offers(product, std::move(offers));
    }
    if (has(what, Touched::stock)) {
        engine_->set_availability(product, std::move(availability));
    }
}

bool IndexFeed::wants_merge() const {
    const lmdb::Reading reading(projection_.environment());
    return engine_->unmerged() > products_unmerged_max ||
           reading.size(projection_.tables().unmerged) > changes_unmerged_max;
}

void IndexFeed::merge(const Generation& generation) {
    engine_->merge(mark_of(generation));
}

}  // namespace kontor::discovery
