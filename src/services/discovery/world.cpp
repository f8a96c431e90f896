#include "services/discovery/world.hpp"

#include <algorithm>
#include <functional>
#include <map>

#include <unicode/timezone.h>

#include "platform/describe/stored.hpp"
#include "services/discovery/documents.hpp"
#include "services/discovery/packing.hpp"
#include "services/pricing/events.hpp"

namespace kontor::discovery {

namespace {

/// FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/): the same number for a code at every start.
std::uint64_t id_of_category(std::string_view code) {
    std::uint64_t hash = 0xcbf29ce484222325;
    for (const char byte : code) {
        hash = (hash ^ static_cast<std::uint8_t>(byte)) * 0x100000001b3;
    }
    return hash;
}

template <class T, class Take>
void each_document(const lmdb::Transaction& transaction, lmdb::Table table, Take&& take) {
    transaction.each(table, {}, [&](std::string_view, std::string_view json) {
        take(from_stored_json<T>(json));
        return true;
    });
}

}  // namespace

struct LocalCalendar::Zone {
    std::unique_ptr<icu::TimeZone> rules;
};

LocalCalendar::LocalCalendar(std::string zone) : name_(std::move(zone)) {}
LocalCalendar::~LocalCalendar() = default;

Date LocalCalendar::day(Timestamp at) const {
    std::call_once(loaded_, [&] {
        zone_ = std::make_unique<Zone>();
        zone_->rules.reset(icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(name_)));
    });
    std::int32_t standard_ms = 0;
    std::int32_t summer_ms = 0;
    UErrorCode error = U_ZERO_ERROR;
    zone_->rules->getOffset(static_cast<UDate>(at.microseconds / 1000), 0, standard_ms, summer_ms,
                            error);
    return utc_date(at + std::chrono::milliseconds(standard_ms + summer_ms));
}

std::shared_ptr<const World> World::load(const lmdb::Transaction& transaction, const Tables& tables,
                                         std::uint64_t number) {
    auto world = std::make_shared<World>();
    world->number_ = number;
    world->load_markets(transaction, tables);
    world->load_places(transaction, tables);
    world->load_categories(transaction, tables);
    each_document<pricing::TaxRatesChanged>(
        transaction, tables.taxes, [&](const pricing::TaxRatesChanged& changed) {
            world->tax_rates_.insert(world->tax_rates_.end(), changed.rates.begin(),
                                     changed.rates.end());
        });
    return world;
}

void World::load_markets(const lmdb::Transaction& transaction, const Tables& tables) {
    each_document<stores::Market>(transaction, tables.markets, [&](stores::Market market) {
        auto& entry = markets_.emplace_back();
        entry.number = markets_.size() - 1;
        entry.calendar = std::make_unique<LocalCalendar>(market.time_zone);
        entry.rules = std::move(market);
    });
    if (markets_.size() > markets_max) {
        throw std::runtime_error("more than 256 markets");
    }
    for (auto& entry : markets_) {
        for (const auto& language : entry.rules.languages) {
            entry.languages.push_back(language.view());
        }
    }
}

void World::load_places(const lmdb::Transaction& transaction, const Tables& tables) {
    places_.resize(transaction.size(tables.places));
    transaction.each(tables.places, {}, [&](std::string_view id, std::string_view number) {
        const auto at = Unpacker(number).number<std::uint64_t>();
        places_.at(at).id = id;
        place_numbers_.emplace(id, at);
        return true;
    });
    each_document<stores::Store>(transaction, tables.stores, [&](stores::Store store) {
        auto& place = places_.at(place_numbers_.at(store.id));
        const auto* where = market(store.market.view());
        if (where != nullptr && store.kind == stores::LocationKind::store) {
            place.market = where->number;
        }
        for (const auto& served : store.serves_online) {
            if (const auto* entry = market(served.view())) {
                place.serves_online.set(entry->number);
            }
        }
        place.store = std::move(store);
    });
}

void World::load_categories(const lmdb::Transaction& transaction, const Tables& tables) {
    std::map<std::string, std::vector<catalog::Category>> children;
    each_document<catalog::Category>(
        transaction, tables.categories, [&](catalog::Category category) {
            children[category.parent.value_or("")].push_back(std::move(category));
        });
    const std::function<void(const std::string&, const std::vector<std::size_t>&)> add_below =
        [&](const std::string& parent, const std::vector<std::size_t>& path) {
            auto siblings = std::move(children[parent]);
            std::ranges::sort(siblings, {}, [](const catalog::Category& category) {
                return std::pair(category.position, std::string_view(category.code));
            });
            for (auto& category : siblings) {
                const auto number = categories_.size();
                auto& entry = categories_.emplace_back();
                entry.id = id_of_category(category.code);
                entry.path = path;
                entry.path.push_back(number);
                entry.json_head = R"({"code":)";
                json::append_string(entry.json_head, category.code);
                entry.json_head += R"(,"name":)";
                category_numbers_.emplace(category.code, number);
                category_ids_.emplace(entry.id, number);
                entry.category = category;
                add_below(category.code, std::vector(categories_[number].path));
            }
        };
    add_below("", {});
}

const MarketEntry* World::market(std::string_view code) const {
    const auto at = std::ranges::lower_bound(
        markets_, code, {}, [](const MarketEntry& entry) { return entry.rules.code.view(); });
    return at != markets_.end() && at->rules.code.view() == code ? &*at : nullptr;
}

std::optional<std::size_t> World::place(std::string_view id) const {
    const auto at = place_numbers_.find(std::string(id));
    return at == place_numbers_.end() ? std::nullopt : std::optional(at->second);
}

const CategoryEntry* World::category(std::string_view code) const {
    const auto at = category_numbers_.find(std::string(code));
    return at == category_numbers_.end() ? nullptr : &categories_[at->second];
}

const CategoryEntry* World::category_by_id(std::uint64_t id) const {
    const auto at = category_ids_.find(id);
    return at == category_ids_.end() ? nullptr : &categories_[at->second];
}

StockSummary World::stock(std::string_view cells, const MarketEntry& market) const {
    StockSummary summary;
    each_cell(cells, [&](const PackedCell& cell) {
        if (cell.available_thousandths <= 0 || cell.place >= places_.size()) {
            return;
        }
        const auto& place = places_[cell.place];
        summary.stores += place.market == market.number ? 1 : 0;
        summary.online = summary.online || place.serves_online.test(market.number);
    });
    return summary;
}

}  // namespace kontor::discovery
