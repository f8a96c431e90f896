#pragma once

#include <string>
#include <vector>

#include "services/discovery/page_program.hpp"
#include "services/discovery/projection.hpp"

namespace kontor::discovery {

/// Everything that one answer is made from, at one moment: the documents, the market, the reader's
/// languages and the time. Short-lived; the projection must outlive it.
class View {
public:
    /// `locale`: empty for the market's first language.
    View(const Projection& projection, std::shared_ptr<const World> world,
         const MarketEntry& market, LocaleCode locale, Timestamp now);

    const World& world() const { return *world_; }
    const MarketEntry& market() const { return market_; }
    Timestamp now() const { return now_; }
    LanguageChoice& languages() { return languages_; }
    std::string_view locale() const { return locale_; }

    std::optional<std::string_view> get(lmdb::Table Tables::* table, std::string_view key) const {
        return reading_.get(tables_.*table, key);
    }
    /// What the SKU costs now in this market, if it is sold there.
    std::optional<pricing::Quote> quote(std::string_view sku);
    StockSummary stock(std::string_view sku) const;

private:
    const Tables& tables_;
    lmdb::Reading reading_;
    std::shared_ptr<const World> world_;
    const MarketEntry& market_;
    std::string locale_;
    Timestamp now_;
    LanguageChoice languages_;
    std::vector<pricing::Price> windows_;  ///< Kept to save allocations.
};

/// Appends the page that `program` makes in `view`; answers how many variants have a price. About
/// 2 us for a page of 1.5 KB.
std::size_t render(std::string& out, std::string_view program, View& view);

void append_money(std::string& out, Money money);

}  // namespace kontor::discovery
