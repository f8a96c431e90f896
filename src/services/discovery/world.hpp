#pragma once

#include <bitset>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "services/catalog/api.hpp"
#include "services/discovery/projection_tables.hpp"
#include "services/pricing/api.hpp"
#include "services/stores/api.hpp"

/// What is small and needed by every answer: markets, stores, categories and tax rates, in memory.
namespace kontor::discovery {

/// A time zone's own days. Its rules are loaded when they are first needed. Thread-safe.
class LocalCalendar {
public:
    /// `zone`: IANA name; one that is not known has the days of UTC.
    explicit LocalCalendar(std::string zone);
    ~LocalCalendar();
    Date day(Timestamp at) const;

private:
    struct Zone;
    std::string name_;
    mutable std::once_flag loaded_;
    mutable std::unique_ptr<Zone> zone_;
};

inline constexpr std::size_t markets_max = 256;

struct MarketEntry {
    stores::Market rules;
    std::vector<std::string_view> languages;  ///< Of `rules`, as LocalizedText::resolve takes them.
    std::size_t number = 0;
    std::unique_ptr<LocalCalendar> calendar;
};

/// A store or warehouse; one that only stock events have named yet has no `store`.
struct Place {
    std::string id;
    std::optional<stores::Store> store;
    std::optional<std::size_t> market;  ///< Number of the market where people visit it.
    std::bitset<markets_max> serves_online;
};

struct CategoryEntry {
    catalog::Category category;
    std::uint64_t id = 0;           ///< As the engine knows it; made from the code.
    std::vector<std::size_t> path;  ///< Numbers of the categories from its root to itself.
    std::string json_head;          ///< `{"code":"...","name":`
};

/// Where a SKU can be had, as seen from one market.
struct StockSummary {
    bool online = false;
    std::int64_t stores = 0;
};

/// One state of all of it; never changes.
class World {
public:
    /// `number`: grows from one state to the next.
    static std::shared_ptr<const World> load(const lmdb::Transaction& transaction,
                                             const Tables& tables, std::uint64_t number);

    std::uint64_t number() const { return number_; }

    const MarketEntry* market(std::string_view code) const;
    /// By number; numbers are kept for good, for the engine knows stores by them.
    const std::vector<Place>& places() const { return places_; }
    std::optional<std::size_t> place(std::string_view id) const;
    /// Parents before children, siblings by their position.
    const std::vector<CategoryEntry>& categories() const { return categories_; }
    const CategoryEntry* category(std::string_view code) const;
    const CategoryEntry* category_by_id(std::uint64_t id) const;
    /// Every rate of every market.
    const std::vector<pricing::TaxRate>& tax_rates() const { return tax_rates_; }

    /// `cells`: as the projection keeps them; empty: none.
    StockSummary stock(std::string_view cells, const MarketEntry& market) const;

private:
    void load_markets(const lmdb::Transaction& transaction, const Tables& tables);
    void load_places(const lmdb::Transaction& transaction, const Tables& tables);
    void load_categories(const lmdb::Transaction& transaction, const Tables& tables);

    std::uint64_t number_ = 0;
    std::vector<MarketEntry> markets_;  ///< By code.
    std::vector<Place> places_;
    std::unordered_map<std::string, std::size_t> place_numbers_;
    std::vector<CategoryEntry> categories_;
    std::unordered_map<std::string, std::size_t> category_numbers_;
    std::unordered_map<std::uint64_t, std::size_t> category_ids_;
    std::vector<pricing::TaxRate> tax_rates_;
};

}  // namespace kontor::discovery
