#include "services/discovery/service.hpp"

#include <algorithm>
#include <charconv>

#include "services/discovery/documents.hpp"
#include "services/discovery/nearest.hpp"
#include "services/discovery/packing.hpp"
#include "services/discovery/queries.hpp"

namespace kontor::discovery {

namespace {

// What most answers fit in, so that they are not copied while they grow.
constexpr std::size_t page_size_usual = 4'096;
constexpr std::size_t item_size_usual = 1'024;

template <class T>
std::vector<T> first(std::vector<T> all, std::int64_t limit) {
    all.resize(std::min(all.size(), static_cast<std::size_t>(limit)));
    return all;
}

std::string name_of(const VariantRecord& record, View& view) {
    struct Name : IgnoreAll {
        explicit Name(View& seen) : view(seen) {}
        View& view;
        std::string chosen;
        void languages(std::string_view table) { view.languages().use(table); }
        void text(const PackedText& text) { chosen = view.languages().choose(text); }
    } name(view);
    run_program(record.name_program, name);
    return std::move(name.chosen);
}

std::optional<Offer> offer_of(const std::string& sku, Date today, View& view) {
    const auto bytes = view.get(&Tables::variants, sku);
    const auto quote = bytes ? view.quote(sku) : std::nullopt;
    if (!quote) {
        return std::nullopt;
    }
    const auto record = read_variant_record(*bytes);
    const auto rate = pricing::rate_on(view.world().tax_rates(), view.market().rules.code,
                                       record.tax_class, today);
    if (!rate) {
        return std::nullopt;
    }
    return Offer{.sku = sku,
                 .product = record.product,
                 .slug = std::string(record.slug),
                 .name = name_of(record, view),
                 .picture = record.picture.empty() ? std::nullopt
                                                   : std::optional(std::string(record.picture)),
                 .price = quote->price,
                 .tax_class = std::string(record.tax_class),
                 .tax_rate = *rate,
                 .sales_unit = record.sales_unit,
                 .minimum = record.minimum,
                 .step = record.step,
                 .available_online = view.stock(sku).online};
}

std::optional<std::string> slug_of(std::uint64_t product, const View& view) {
    const auto program = view.get(&Tables::items, key_of(product));
    const auto skus = program ? skus_in(*program) : std::vector<std::string>();
    const auto record = skus.empty() ? std::nullopt : view.get(&Tables::variants, skus.front());
    return record ? std::optional(std::string(read_variant_record(*record).slug)) : std::nullopt;
}

Suggestion suggestion_of(engine::Suggestion found, const View& view) {
    Suggestion suggestion{.text = std::move(found.text), .slug = std::nullopt};
    if (found.kind == engine::Suggestion::Kind::product) {
        suggestion.kind = SuggestionKind::product;
        suggestion.slug = slug_of(found.id, view);
    } else if (found.kind == engine::Suggestion::Kind::brand) {
        suggestion.kind = SuggestionKind::brand;
    } else {
        suggestion.kind = SuggestionKind::category;
        const auto* entry = view.world().category_by_id(found.id);
        suggestion.slug = entry == nullptr ? std::nullopt : std::optional(entry->category.code);
    }
    return suggestion;
}

/// How many products of the market are in each category and below, by the engine's ids.
Result<std::map<std::uint64_t, std::int64_t>> products_by_category(const engine::Reader& reader,
                                                                   const View& view) {
    const auto categories = static_cast<std::uint32_t>(view.world().categories().size());
    const auto page = TRY_NOW(reader.find(
        {.market = std::string(view.market().rules.code.view()),
         .languages = search_languages(view),
         .now = view.now().microseconds,
         .facets = {{.of = engine::FacetWanted::Of::category, .values_max = categories}},
         .limit = 0}));
    std::map<std::uint64_t, std::int64_t> counts;
    for (const auto& facet : page.facets) {
        for (const auto& value : facet.values) {
            std::uint64_t id = 0;
            std::from_chars(value.value.data(), value.value.data() + value.value.size(), id);
            counts[id] = value.count;
        }
    }
    return counts;
}

/// What each place has of a SKU, by the place's number.
std::map<std::uint64_t, Quantity> stock_by_place(const std::string& sku, const View& view) {
    std::map<std::uint64_t, Quantity> available;
    each_cell(view.get(&Tables::stock, sku).value_or(""), [&](const PackedCell& cell) {
        if (cell.available_thousandths > 0) {
            available[cell.place] = {cell.available_thousandths};
        }
    });
    return available;
}

}  // namespace

Result<std::unique_ptr<View>> LocalDiscovery::view_for(const Context& context) const {
    const auto changes = rendered_.changes();
    auto world = projection_.world();
    const auto* market = world->market(context.market.view());
    if (market == nullptr) {
        return refuse(refused::unknown_market, "no market \"{}\": see the list of markets",
                      context.market.view());
    }
    return std::make_unique<View>(projection_, std::move(world), *market, context.locale,
                                  clock_.now(), changes);
}

Result<std::uint64_t> LocalDiscovery::find(std::string_view product, const View& view) const {
    if (const auto id = parse_id(catalog::ProductTag::prefix, product)) {
        return *id;
    }
    const auto reader = index_.reader();
    if (const auto id = reader.by_slug(product)) {
        return *id;
    }
    if (const auto record = view.get(&Tables::variants, product)) {
        return read_variant_record(*record).product.value;
    }
    const auto with_code = reader.by_code(product);
    if (with_code.empty()) {
        return refuse(refusals::not_found, "no product has the id, slug, SKU or GTIN \"{}\"",
                      product);
    }
    return with_code.front();
}

std::shared_ptr<const std::string> LocalDiscovery::rendered(Fragment fragment,
                                                            std::uint64_t product,
                                                            View& view) const {
    const RenderedKey key{.product = product,
                          .world = view.world().number(),
                          .market = static_cast<std::uint32_t>(view.market().number),
                          .fragment = fragment,
                          .locale = view.locale()};
    if (auto kept = rendered_.find(key, view.now())) {
        return kept;
    }
    const auto program =
        view.get(fragment == Fragment::page ? &Tables::pages : &Tables::items, key_of(product));
    auto json = std::make_shared<std::string>();
    json->reserve(fragment == Fragment::page ? page_size_usual : item_size_usual);
    view.take_valid_until();
    if (!program || render(*json, *program, view) == 0) {
        return nullptr;
    }
    json->shrink_to_fit();
    rendered_.keep(key, json, view.take_valid_until(), view.changes());
    return json;
}

std::string LocalDiscovery::page_json(const engine::Page& page, View& view) const {
    std::string out;
    out.reserve(page_size_usual + item_size_usual * page.hits.size());
    out += R"({"items":[)";
    std::string_view separator;
    for (const auto& hit : page.hits) {
        if (const auto item = rendered(Fragment::item, hit.id, view)) {
            out += separator;
            out += *item;
            separator = ",";
        }
    }
    out += ']';
    if (!page.next.empty()) {
        out += R"(,"next":)";
        json::append_string(out, page.next);
    }
    out += R"(,"total":)";
    decimal::append(out, static_cast<std::int64_t>(page.total), 0, decimal::Zeros::keep);
    out += R"(,"facets":)";
    append_facets(out, page.facets, view);
    if (!page.corrected_to.empty()) {
        out += R"(,"corrected_to":)";
        json::append_string(out, page.corrected_to);
    }
    if (page.relaxed) {
        out += R"(,"relaxed":true)";
    }
    out += '}';
    return out;
}

Task<Result<Raw<ProductView>>> LocalDiscovery::product(Context context, ProductWanted wanted) {
    const auto view = TRY(view_for(context));
    const auto page = rendered(Fragment::page, TRY(find(wanted.product, *view)), *view);
    if (page == nullptr) {
        co_return refuse(refusals::not_found, "\"{}\" is not sold in \"{}\"", wanted.product,
                         context.market.view());
    }
    co_return Raw<ProductView>{*page};
}

Task<Result<Raw<ProductPage>>> LocalDiscovery::products(Context context, ProductsWanted wanted) {
    const auto view = TRY(view_for(context));
    const auto query = TRY(query_of(wanted, *view));
    const auto page = TRY(index_.reader().find(query));
    co_return Raw<ProductPage>{page_json(page, *view)};
}

Task<Result<SuggestionList>> LocalDiscovery::suggestions(Context context,
                                                         SuggestionsWanted wanted) {
    const auto view = TRY(view_for(context));
    SuggestionList list;
    for (auto& found :
         index_.reader().suggest({.market = std::string(context.market.view()),
                                  .languages = search_languages(*view),
                                  .prefix = std::move(wanted.q),
                                  .limit = static_cast<std::uint32_t>(wanted.limit)})) {
        list.items.push_back(suggestion_of(std::move(found), *view));
    }
    co_return list;
}

Task<Result<CategoryViews>> LocalDiscovery::categories(Context context, CategoriesWanted) {
    const auto view = TRY(view_for(context));
    const auto counts = TRY(products_by_category(index_.reader(), *view));
    CategoryViews views;
    for (const auto& entry : view->world().categories()) {
        const auto count = counts.find(entry.id);
        views.items.push_back({.code = entry.category.code,
                               .parent = entry.category.parent,
                               .name = std::string(view->languages().choose(entry.category.name)),
                               .products = count == counts.end() ? 0 : count->second});
    }
    co_return views;
}

Task<Result<StoreViews>> LocalDiscovery::stores(Context context, StoresNear wanted) {
    const auto view = TRY(view_for(context));
    StoreViews views;
    for (const auto& near :
         first(nearest_stores(view->world(), view->market(), wanted.near), wanted.limit)) {
        views.items.push_back(view_of(near));
    }
    co_return views;
}

Task<Result<AvailabilityList>> LocalDiscovery::availability(Context context,
                                                            AvailabilityWanted wanted) {
    const auto view = TRY(view_for(context));
    const auto program = view->get(&Tables::items, key_of(TRY(find(wanted.product, *view))));
    if (!program) {
        co_return refuse(refusals::not_found, "no product \"{}\"", wanted.product);
    }
    auto skus = skus_in(*program);
    if (wanted.sku) {
        std::erase_if(skus, [&](const std::string& sku) { return sku != *wanted.sku; });
    }
    AvailabilityList list;
    std::vector<std::map<std::uint64_t, Quantity>> stock;
    for (const auto& sku : skus) {
        stock.push_back(stock_by_place(sku, *view));
        list.online = list.online || view->stock(sku).online;
    }
    for (const auto& near : nearest_stores(view->world(), view->market(), wanted.near)) {
        if (std::ssize(list.items) == wanted.limit) {
            break;
        }
        StoreStock here;
        for (std::size_t i = 0; i < skus.size(); ++i) {
            if (const auto found = stock[i].find(near.number); found != stock[i].end()) {
                here.variants.push_back({skus[i], found->second});
                here.available += found->second;
            }
        }
        if (!here.variants.empty()) {
            here.store = view_of(near);
            list.items.push_back(std::move(here));
        }
    }
    co_return list;
}

Task<Result<OfferList>> LocalDiscovery::offers(Context context, OffersWanted wanted) {
    const auto view = TRY(view_for(context));
    const auto& market = view->market();
    OfferList list{.items = {},
                   .currency = market.rules.currency,
                   .prices = market.rules.prices,
                   .tax_rounding = market.rules.tax_rounding};
    const auto today = wanted.skus.empty() ? Date{} : market.calendar->day(view->now());
    for (const auto& sku : wanted.skus) {
        list.items.push_back({offer_of(sku, today, *view)});
    }
    co_return list;
}

}  // namespace kontor::discovery
