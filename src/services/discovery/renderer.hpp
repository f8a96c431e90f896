#pragma once

#include <string>
#include <utility>
#include <vector>

#include "services/discovery/page_program.hpp"
#include "services/discovery/projection.hpp"

namespace kontor::discovery {

/// Everything that one answer is made from, at one moment: the documents, the market, the reader's
/// languages and the time. Short-lived; the projection must outlive it.
class View {
public:
    /// `locale`: empty for the market's first language. `changes`: as Rendered counted them before.
    View(const Projection& projection, std::shared_ptr<const World> world,
         const MarketEntry& market, LocaleCode locale, Timestamp now, std::uint64_t changes);

    const World& world() const { return *world_; }
    const MarketEntry& market() const { return market_; }
    Timestamp now() const { return now_; }
    std::uint64_t changes() const { return changes_; }
    LanguageChoice& languages() { return languages_; }
    std::string_view locale() const { return locale_; }

    std::optional<std::string_view> get(lmdb::Table Tables::* table, std::string_view key) const {
        if (!reading_) {
            reading_.emplace(environment_);
        }
        return reading_->get(tables_.*table, key);
    }
    /// What the SKU costs now in this market, if it is sold there.
    std::optional<pricing::Quote> quote(std::string_view sku);
    StockSummary stock(std::string_view sku) const;

    /// Until when all quotes asked for since the last call hold, if nothing changes.
    Timestamp take_valid_until() { return std::exchange(valid_until_, for_good); }

private:
    static constexpr Timestamp for_good{INT64_MAX};

    const lmdb::Environment& environment_;
    const Tables& tables_;
    mutable std::optional<lmdb::Reading> reading_;  ///< From the first use: many need none.
    std::shared_ptr<const World> world_;
    const MarketEntry& market_;
    std::string locale_;
    Timestamp now_;
    std::uint64_t changes_;
    Timestamp valid_until_ = for_good;
    LanguageChoice languages_;
    std::vector<pricing::Price> windows_;  ///< Kept to save allocations.
};

/// Appends the page that `program` makes in `view`; answers how many variants have a price. About
/// 2 us for a page of 1.5 KB.
std::size_t render(std::string& out, std::string_view program, View& view);

void append_money(std::string& out, Money money);

}  // namespace kontor::discovery
