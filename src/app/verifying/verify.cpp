#include "app/verifying/verify.hpp"

#include <algorithm>

#include "app/verifying/expectation.hpp"
#include "platform/describe/json.hpp"

namespace kontor::verifying {

namespace {

constexpr std::int64_t products_per_page = 200;
constexpr std::size_t prices_per_call = 500;
constexpr std::size_t offers_per_call = 1'000;

/// Facts of one product in one market, as they are compared.
class Comparison {
public:
    Comparison(Findings& findings, std::string market, std::string product)
        : findings_(findings), market_(std::move(market)), product_(std::move(product)) {}

    void equal(std::string what, std::string recorded, std::string shown) {
        ++findings_.compared;
        if (recorded == shown) {
            return;
        }
        ++findings_.differences;
        if (findings_.first.size() < Findings::kept_max) {
            findings_.first.push_back(
                {market_, product_, std::move(what), std::move(recorded), std::move(shown)});
        }
    }

private:
    Findings& findings_;
    std::string market_;
    std::string product_;
};

std::string yes_or_no(bool flag) {
    return flag ? "yes" : "no";
}

std::string shown_path(const discovery::ProductView& view) {
    std::string path;
    for (const auto& category : view.category_path) {
        path += fmt::format("/{}={}", category.code, category.name);
    }
    return path;
}

void compare_variant(const ExpectedVariant& expected, const discovery::VariantView& shown,
                     Comparison& comparison) {
    const auto of = [&](std::string_view what) {
        return fmt::format("{} of {}", what, expected.sku);
    };
    comparison.equal(of("GTIN"), expected.gtin, shown.gtin.value_or(""));
    comparison.equal(of("price"), expected.price, shown.price ? to_text(*shown.price) : "");
    comparison.equal(of("unit price"), expected.unit_price,
                     shown.unit_price ? fmt::format("{} {}", to_text(shown.unit_price->price),
                                                    shown.unit_price->unit.view())
                                      : "");
    comparison.equal(of("online"), yes_or_no(expected.online),
                     yes_or_no(shown.availability.online));
    comparison.equal(of("stores"), fmt::format("{}", expected.here.size()),
                     fmt::format("{}", shown.availability.stores));
}

void compare_page(const Recorded& recorded, const ExpectedProduct& expected,
                  const discovery::ProductView& shown, Comparison& comparison) {
    comparison.equal("id", to_text(recorded.product.id), to_text(shown.id));
    comparison.equal("slug", recorded.product.slug, shown.slug);
    comparison.equal("name", expected.name, shown.name);
    comparison.equal("brand", recorded.product.brand.value_or(""), shown.brand.value_or(""));
    comparison.equal("category path", expected.category_path, shown_path(shown));
    comparison.equal("number of variants", fmt::format("{}", expected.variants.size()),
                     fmt::format("{}", shown.variants.size()));
    for (const auto& variant : expected.variants) {
        const auto found =
            std::ranges::find(shown.variants, variant.sku, &discovery::VariantView::sku);
        if (found == shown.variants.end()) {
            comparison.equal("variant", variant.sku, "");
        } else {
            compare_variant(variant, *found, comparison);
        }
    }
}

void compare_stores(const ExpectedProduct& expected, const discovery::AvailabilityList& shown,
                    Comparison& comparison) {
    std::map<std::string, std::string> at_hand;
    for (const auto& item : shown.items) {
        for (const auto& variant : item.variants) {
            at_hand[variant.sku + " in " + item.store.id] = to_text(variant.available);
        }
    }
    bool online = false;
    for (const auto& variant : expected.variants) {
        online = online || variant.online;
        for (const auto& [store, quantity] : variant.here) {
            const auto key = variant.sku + " in " + store;
            const auto found = at_hand.find(key);
            comparison.equal("available " + key, quantity,
                             found == at_hand.end() ? "" : found->second);
            at_hand.erase(key);
        }
    }
    for (const auto& [key, quantity] : at_hand) {
        comparison.equal("available " + key, "", quantity);
    }
    comparison.equal("online", yes_or_no(online), yes_or_no(shown.online));
}

class Verification {
public:
    Verification(Sources sources, const Clock& clock, Context context, Report report)
        : sources_(sources),
          clock_(clock),
          context_(std::move(context)),
          report_(std::move(report)) {}

    Task<Result<Findings>> run() {
        TRY(co_await learn_surroundings());
        findings_.markets = static_cast<std::int64_t>(around_.markets.size());
        std::optional<std::string> cursor;
        do {
            auto page = TRY(co_await sources_.catalog.products(
                context_, {.limit = products_per_page, .cursor = std::move(cursor)}));
            cursor = std::move(page.next);
            const auto recorded = TRY(co_await records_of(std::move(page.items)));
            for (const auto& market : around_.markets) {
                TRY(co_await compare_in(market, recorded));
            }
            findings_.products += static_cast<std::int64_t>(recorded.size());
            report_(findings_.products);
        } while (cursor);
        for (const auto& market : around_.markets) {
            TRY(co_await compare_total(market));
        }
        co_return std::move(findings_);
    }

private:
    Task<Result<bool>> learn_surroundings() {
        around_.markets = TRY(co_await sources_.stores.markets(context_, {})).items;
        for (auto& store : TRY(co_await sources_.stores.stores(context_, {})).items) {
            auto id = store.id;
            around_.places.emplace(std::move(id), std::move(store));
        }
        for (auto& category : TRY(co_await sources_.catalog.categories(context_, {})).items) {
            auto code = category.code;
            around_.categories.emplace(std::move(code), std::move(category));
        }
        around_.tax_rates = TRY(co_await sources_.pricing.tax_rates(context_, {})).items;
        co_return true;
    }

    /// The products with their prices and stock.
    Task<Result<std::vector<Recorded>>> records_of(std::vector<catalog::Product> products) {
        std::vector<Recorded> all;
        std::vector<std::string> skus;
        std::map<std::string, std::size_t> owners;
        for (auto& product : products) {
            for (const auto& variant : product.variants) {
                skus.push_back(variant.sku);
                owners[variant.sku] = all.size();
            }
            all.push_back({.product = std::move(product)});
        }
        findings_.variants += static_cast<std::int64_t>(skus.size());
        for (std::size_t from = 0; from < skus.size(); from += prices_per_call) {
            const auto until = std::min(skus.size(), from + prices_per_call);
            std::vector<std::string> some(skus.begin() + static_cast<std::ptrdiff_t>(from),
                                          skus.begin() + static_cast<std::ptrdiff_t>(until));
            auto prices = TRY(co_await sources_.pricing.prices(context_, {.sku = std::move(some)}));
            for (auto& price : prices.items) {
                all[owners.at(price.sku)].prices[price.sku].push_back(std::move(price));
            }
        }
        for (const auto& sku : skus) {
            auto levels = TRY(co_await sources_.inventory.stock(context_, {sku}));
            all[owners.at(sku)].stock[sku] = std::move(levels.items);
        }
        co_return all;
    }

    Context shopper_in(const stores::Market& market) const {
        Context context = context_;
        context.market = market.code;
        context.locale = market.languages.front();
        return context;
    }

    Task<Result<bool>> compare_in(const stores::Market& market,
                                  const std::vector<Recorded>& recorded) {
        std::vector<ExpectedProduct> all;
        for (const auto& one : recorded) {
            all.push_back(expected_of(around_, one, market, clock_.now()));
            const auto& expected = all.back();
            sold_[market.code] += expected.sold ? 1 : 0;
            Comparison comparison(findings_, std::string(market.code.view()), one.product.code);
            TRY(co_await compare_product(market, one, expected, comparison));
        }
        co_return co_await compare_offers(market, recorded, all);
    }

    Task<Result<bool>> compare_product(const stores::Market& market, const Recorded& recorded,
                                       const ExpectedProduct& expected, Comparison& comparison) {
        const auto id = to_text(recorded.product.id);
        const auto shown = co_await sources_.discovery.product(shopper_in(market), {id});
        if (!shown && shown.error().code != refusals::not_found.code) {
            co_return std::unexpected(shown.error());
        }
        comparison.equal("sold", yes_or_no(expected.sold), yes_or_no(shown.has_value()));
        if (!shown || !expected.sold) {
            co_return true;
        }
        compare_page(recorded, expected, TRY(from_json<discovery::ProductView>(shown->json)),
                     comparison);
        const auto stores = TRY(co_await sources_.discovery.availability(
            shopper_in(market),
            {.product = id, .limit = static_cast<std::int64_t>(around_.places.size())}));
        compare_stores(expected, stores, comparison);
        co_return true;
    }

    Task<Result<bool>> compare_offers(const stores::Market& market,
                                      const std::vector<Recorded>& recorded,
                                      const std::vector<ExpectedProduct>& expected) {
        std::vector<std::pair<std::size_t, const ExpectedVariant*>> wanted;
        for (std::size_t i = 0; i < expected.size(); ++i) {
            for (const auto& variant : expected[i].variants) {
                wanted.emplace_back(i, &variant);
            }
        }
        for (std::size_t from = 0; from < wanted.size(); from += offers_per_call) {
            const auto some =
                std::span(wanted).subspan(from, std::min(offers_per_call, wanted.size() - from));
            discovery::OffersWanted asked;
            for (const auto& [owner, variant] : some) {
                asked.skus.push_back(variant->sku);
            }
            const auto offers =
                TRY(co_await sources_.discovery.offers(shopper_in(market), std::move(asked)));
            for (std::size_t i = 0; i < some.size(); ++i) {
                const auto owner = some[i].first;
                compare_offer(market, recorded[owner], expected[owner].name, *some[i].second,
                              offers.items.at(i).offer);
            }
        }
        co_return true;
    }

    void compare_offer(const stores::Market& market, const Recorded& recorded,
                       const std::string& name, const ExpectedVariant& expected,
                       const std::optional<discovery::Offer>& shown) {
        Comparison comparison(findings_, std::string(market.code.view()), recorded.product.code);
        const auto of = [&](std::string_view what) {
            return fmt::format("{} in the offer of {}", what, expected.sku);
        };
        const auto rates = tax_rates_of(around_, recorded.product.tax_class, market, clock_.now());
        if (rates.empty()) {
            comparison.equal(of("anything"), "no", yes_or_no(shown.has_value()));
            return;
        }
        comparison.equal(of("price"), expected.price, shown ? to_text(shown->price) : "");
        if (!shown) {
            return;
        }
        comparison.equal(of("product"), to_text(recorded.product.id), to_text(shown->product));
        comparison.equal(of("name"), name, shown->name);
        comparison.equal(of("online"), yes_or_no(expected.online),
                         yes_or_no(shown->available_online));
        const auto rate = percent_text(shown->tax_rate);
        const bool good = std::ranges::find(rates, rate) != rates.end();
        comparison.equal(of("tax rate"), good ? rate : rates.front(), rate);
    }

    /// Finds products that only the projection has.
    Task<Result<bool>> compare_total(const stores::Market& market) {
        const auto page =
            TRY(co_await sources_.discovery.products(shopper_in(market), {.limit = 1}));
        const auto shown = TRY(from_json<discovery::ProductPage>(page.json));
        Comparison(findings_, std::string(market.code.view()), "")
            .equal("products listed", fmt::format("{}", sold_[market.code]),
                   fmt::format("{}", shown.total));
        co_return true;
    }

    Sources sources_;
    const Clock& clock_;
    Context context_;
    Report report_;
    Surroundings around_;
    Findings findings_;
    std::map<MarketCode, std::int64_t> sold_;
};

}  // namespace

Task<Result<Findings>> verify(Sources sources, const Clock& clock, Context context, Report report) {
    Verification verification(sources, clock, std::move(context), std::move(report));
    co_return co_await verification.run();
}

}  // namespace kontor::verifying
