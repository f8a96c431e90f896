#pragma once

#include "platform/describe/values.hpp"
#include "platform/rpc/contract.hpp"
#include "services/catalog/api.hpp"
#include "services/stores/api.hpp"

/// What shoppers read: products, listings, search, stores and availability, from projections only.
namespace kontor::discovery {

/// A point on earth, WGS 84 degrees; on the wire `49.49,8.47` (latitude, longitude).
struct Coordinates {
    double latitude = 0;
    double longitude = 0;
    bool operator==(const Coordinates&) const = default;
};

/// A range of prices in the market's currency, both ends included; on the wire `10..50`, `10..`,
/// `..50`. Decimal texts, since the currency is the market's to know.
struct PriceRange {
    std::string at_least;
    std::string at_most;
    bool operator==(const PriceRange&) const = default;
};

enum class Sort { relevance, price_ascending, price_descending, name, newest };

}  // namespace kontor::discovery

namespace kontor::describe {

template <>
struct TextForm<discovery::Coordinates> {
    static void append(std::string& out, const discovery::Coordinates& point);
    static std::expected<discovery::Coordinates, std::string> parse(std::string_view text);
    static constexpr std::string_view format = "";
    static constexpr std::string_view example = "49.49,8.47";
};

template <>
struct TextForm<discovery::PriceRange> {
    static void append(std::string& out, const discovery::PriceRange& range);
    static std::expected<discovery::PriceRange, std::string> parse(std::string_view text);
    static constexpr std::string_view format = "";
    static constexpr std::string_view example = "10..50";
};

/// `relevance`, `price`, `-price`, `name`, `newest`.
template <>
struct TextForm<discovery::Sort> {
    static void append(std::string& out, discovery::Sort sort);
    static std::expected<discovery::Sort, std::string> parse(std::string_view text);
    static constexpr std::string_view format = "";
    static constexpr std::string_view example = "-price";
};

}  // namespace kontor::describe

namespace kontor::discovery {

/// Where a variant can be had.
struct VariantAvailability {
    bool online = false;
    std::int64_t stores = 0;
    static constexpr auto describe() {
        using A = VariantAvailability;
        return described<A>(
            "Where a variant can be had.",
            field<&A::online>("The market's web shop has it in stock."),
            field<&A::stores>("In how many of the market's stores it is in stock."));
    }
};

struct AttributeView {
    std::string name;
    std::string label;
    std::string value;
    std::optional<std::string> unit;
    static constexpr auto describe() {
        using A = AttributeView;
        return described<A>(
            "One property, in the reader's language.", field<&A::name>("Stable machine name."),
            field<&A::label>("Its name for people."), field<&A::value>("Its value for people."),
            field<&A::unit>("Unit of a number."));
    }
};

/// A price per litre, kilogram, metre, square metre or piece.
struct UnitPrice {
    Money price;
    Quantity per;
    Unit unit;
    static constexpr auto describe() {
        using U = UnitPrice;
        return described<U>("Price per base unit, for comparison.", field<&U::price>("The price."),
                            field<&U::per>("Of so many units."),
                            field<&U::unit>("UN/CEFACT Recommendation 20 code."));
    }
};

struct VariantView {
    std::string sku;
    std::optional<std::string> gtin;
    std::optional<Money> price;
    std::optional<Money> list_price;
    std::optional<Money> lowest_30_days;
    std::optional<UnitPrice> unit_price;
    VariantAvailability availability;
    std::vector<AttributeView> attributes;
    std::string sales_unit;
    Quantity minimum;
    Quantity step;
    std::optional<std::string> picture;
    static constexpr auto describe() {
        using V = VariantView;
        return described<V>(
            "A variant as a shopper sees it.", field<&V::sku>("The retailer's code."),
            field<&V::gtin>("GS1 code."),
            field<&V::price>("What it costs now, gross or net as the market shows prices."),
            field<&V::list_price>("The lasting price, while a lower one holds."),
            field<&V::lowest_30_days>("Lowest price of the 30 days before the reduction began."),
            field<&V::unit_price>("Per base unit, where the content is known."),
            field<&V::availability>("Where it can be had."),
            field<&V::attributes>("What sets it apart."),
            field<&V::sales_unit>("What is counted: C62 pieces, MTR metres."),
            field<&V::minimum>("Smallest quantity sold."),
            field<&V::step>("Quantities are multiples of it."),
            field<&V::picture>("Path of a picture."));
    }
};

struct CategoryRef {
    std::string code;
    std::string name;
    static constexpr auto describe() {
        using C = CategoryRef;
        return described<C>("A category on the way to a product.", field<&C::code>("Its code."),
                            field<&C::name>("In the reader's language."));
    }
};

struct ProductView {
    catalog::ProductId id;
    std::string slug;
    std::string name;
    std::optional<std::string> description;
    std::optional<std::string> brand;
    std::vector<CategoryRef> category_path;
    std::vector<AttributeView> attributes;
    std::vector<VariantView> variants;
    static constexpr auto describe() {
        using P = ProductView;
        return described<P>(
            "A product as a shopper of one market sees it.", field<&P::id>("Opaque, stable."),
            field<&P::slug>("For addresses."), field<&P::name>("In the reader's language."),
            field<&P::description>("In the reader's language."), field<&P::brand>("Who makes it."),
            field<&P::category_path>("From the root to its own category."),
            field<&P::attributes>("What all variants share."),
            field<&P::variants>("At least one.", {.min_length = 1}));
    }
};

struct FacetValue {
    std::string value;
    std::optional<std::string> label;
    std::int64_t count = 0;
    static constexpr auto describe() {
        using F = FacetValue;
        return described<F>("A value and how many products have it.",
                            field<&F::value>("As the filter takes it."),
                            field<&F::label>("For people, where it differs."),
                            field<&F::count>("Products that choosing it would show."));
    }
};

struct Facet {
    std::string name;
    std::vector<FacetValue> values;
    static constexpr auto describe() {
        return described<Facet>("Counts over one property.",
                                field<&Facet::name>("`brand`, `price`, `category`, `attr[...]`."),
                                field<&Facet::values>("Most frequent first; prices in order."));
    }
};

struct ProductPage {
    std::vector<ProductView> items;
    std::optional<std::string> next;
    std::int64_t total = 0;
    std::vector<Facet> facets;
    std::optional<std::string> corrected_to;
    std::optional<bool> relaxed;
    static constexpr auto describe() {
        using P = ProductPage;
        return described<P>("A page of products.", field<&P::items>("The products."),
                            field<&P::next>("Cursor of the next page; absent on the last."),
                            field<&P::total>("Of all pages."),
                            field<&P::facets>("The counts asked for."),
                            field<&P::corrected_to>("What was searched instead of a typo."),
                            field<&P::relaxed>("True where nothing had all the words."));
    }
};

struct ProductWanted {
    std::string product;
    static constexpr auto describe() {
        return described<ProductWanted>(
            "Names one product.",
            field<&ProductWanted::product>("Its id, slug, or a SKU or GTIN of its variants.",
                                           {.min_length = 1, .max_length = 160}));
    }
};

struct ProductsWanted {
    std::optional<std::string> q;
    std::optional<std::string> category;
    std::vector<std::string> brand;
    std::optional<PriceRange> price;
    std::map<std::string, std::string> attr;
    std::optional<std::string> store;
    std::optional<bool> in_stock;
    std::optional<Sort> sort;
    std::vector<std::string> facets;
    std::int64_t limit = 24;
    std::optional<std::string> cursor;
    static constexpr auto describe() {
        using P = ProductsWanted;
        return described<P>(
            "What a shopper asks for; all conditions hold together.",
            field<&P::q>("Free text; a SKU or GTIN finds just its product.", {.max_length = 200}),
            field<&P::category>("Code of a category; with all below it.", {.max_length = 64}),
            field<&P::brand>("One of these brands.", {.max_length = 50}),
            field<&P::price>("Range of prices, as in `10..50`."),
            field<&P::attr>("By attribute: a value, several by comma, or a range `10..20`.",
                            {.max_length = 20}),
            field<&P::store>("In stock in this store.", {.max_length = 64}),
            field<&P::in_stock>("In stock in the web shop."),
            field<&P::sort>("`relevance` (default), `price`, `-price`, `name` or `newest`."),
            field<&P::facets>("Counts wanted: `brand`, `price`, `category`, `attr[...]`.",
                              {.max_length = 20}),
            field<&P::limit>("Page size.", {.min = 1, .max = 200, .optional = true}),
            field<&P::cursor>("`next` of the page before.", {.max_length = 400}));
    }
};

struct SuggestionsWanted {
    std::string q;
    std::int64_t limit = 8;
    static constexpr auto describe() {
        return described<SuggestionsWanted>(
            "What was typed so far.",
            field<&SuggestionsWanted::q>("As typed.", {.min_length = 1, .max_length = 100}),
            field<&SuggestionsWanted::limit>("How many.", {.min = 1, .max = 20, .optional = true}));
    }
};

enum class SuggestionKind { category, brand, product };
BOOST_DESCRIBE_ENUM(SuggestionKind, category, brand, product)

struct Suggestion {
    SuggestionKind kind = SuggestionKind::product;
    std::string text;
    std::optional<std::string> slug;
    static constexpr auto describe() {
        using S = Suggestion;
        return described<S>("A completion.", field<&S::kind>("What it is."),
                            field<&S::text>("As shown."),
                            field<&S::slug>("A product's slug, a category's code."));
    }
};

struct SuggestionList {
    std::vector<Suggestion> items;
    static constexpr auto describe() {
        return described<SuggestionList>("Completions, best first.",
                                         field<&SuggestionList::items>("The completions."));
    }
};

struct CategoriesWanted {
    static constexpr auto describe() {
        return described<CategoriesWanted>("The market's whole category tree.");
    }
};

struct CategoryView {
    std::string code;
    std::optional<std::string> parent;
    std::string name;
    std::int64_t products = 0;
    static constexpr auto describe() {
        using C = CategoryView;
        return described<C>("A category.", field<&C::code>("For the filter."),
                            field<&C::parent>("Code of the one above."),
                            field<&C::name>("In the reader's language."),
                            field<&C::products>("Products in it and below, in this market."));
    }
};

struct CategoryViews {
    std::vector<CategoryView> items;
    static constexpr auto describe() {
        return described<CategoryViews>("The tree, parents before children.",
                                        field<&CategoryViews::items>("The categories."));
    }
};

struct StoresNear {
    std::optional<Coordinates> near;
    std::int64_t limit = 10;
    static constexpr auto describe() {
        return described<StoresNear>(
            "Stores of the market, nearest first.",
            field<&StoresNear::near>("Latitude and longitude."),
            field<&StoresNear::limit>("How many.", {.min = 1, .max = 100, .optional = true}));
    }
};

struct StoreView {
    std::string id;
    std::string name;
    std::string street;
    std::string postal_code;
    std::string city;
    std::string country;
    stores::Coordinates location;
    std::optional<std::int64_t> distance_m;
    std::string opening_hours;
    static constexpr auto describe() {
        using S = StoreView;
        return described<S>("A store.", field<&S::id>("Its code."), field<&S::name>("Its name."),
                            field<&S::street>("Street and number."),
                            field<&S::postal_code>("Postal code."), field<&S::city>("City."),
                            field<&S::country>("ISO 3166."), field<&S::location>("Where it is."),
                            field<&S::distance_m>("Metres as the crow flies, where asked from."),
                            field<&S::opening_hours>("In OpenStreetMap's syntax."));
    }
};

struct StoreViews {
    std::vector<StoreView> items;
    static constexpr auto describe() {
        return described<StoreViews>("Stores, nearest first.",
                                     field<&StoreViews::items>("The stores."));
    }
};

struct AvailabilityWanted {
    std::string product;
    std::optional<std::string> sku;
    std::optional<Coordinates> near;
    std::int64_t limit = 10;
    static constexpr auto describe() {
        using A = AvailabilityWanted;
        return described<A>(
            "Where a product can be had near a point.",
            field<&A::product>("Its id, slug, SKU or GTIN.", {.min_length = 1, .max_length = 160}),
            field<&A::sku>("Of one variant only.", {.max_length = 64}),
            field<&A::near>("Latitude and longitude."),
            field<&A::limit>("How many stores.", {.min = 1, .max = 100, .optional = true}));
    }
};

struct VariantStock {
    std::string sku;
    Quantity available;
    static constexpr auto describe() {
        using V = VariantStock;
        return described<V>("What a store has of a variant.", field<&V::sku>("The variant."),
                            field<&V::available>("In sales units."));
    }
};

struct StoreStock {
    StoreView store;
    Quantity available;
    std::vector<VariantStock> variants;
    static constexpr auto describe() {
        using S = StoreStock;
        return described<S>("What one store has of a product.", field<&S::store>("The store."),
                            field<&S::available>("Of all its variants, in sales units."),
                            field<&S::variants>("Those that it has.", {.min_length = 1}));
    }
};

struct AvailabilityList {
    std::vector<StoreStock> items;
    bool online = false;
    static constexpr auto describe() {
        using A = AvailabilityList;
        return described<A>("Stores that have it, nearest first.", field<&A::items>("The stores."),
                            field<&A::online>("The web shop has a variant in stock."));
    }
};

struct OffersWanted {
    std::vector<std::string> skus;
    static constexpr auto describe() {
        return described<OffersWanted>(
            "What a cart needs to know of variants, in the market of the call.",
            field<&OffersWanted::skus>("At most 1,000; none: just the market's rules.",
                                       {.max_length = 1000}));
    }
};

struct Offer {
    std::string sku;
    catalog::ProductId product;
    std::string slug;
    std::string name;
    std::optional<std::string> picture;
    Money price;
    std::string tax_class;
    BasisPoints tax_rate;
    Unit sales_unit;
    Quantity minimum;
    Quantity step;
    bool available_online = false;
    static constexpr auto describe() {
        using O = Offer;
        return described<O>("A variant as a cart takes it.", field<&O::sku>("The variant."),
                            field<&O::product>("Its product."), field<&O::slug>("Its product's."),
                            field<&O::name>("In the reader's language."),
                            field<&O::picture>("Path of a picture."),
                            field<&O::price>("Now, gross or net as the market shows prices."),
                            field<&O::tax_class>("Its VAT class."),
                            field<&O::tax_rate>("Its VAT rate today, in percent."),
                            field<&O::sales_unit>("What is counted."),
                            field<&O::minimum>("Smallest quantity sold."),
                            field<&O::step>("Quantities are multiples of it."),
                            field<&O::available_online>("The web shop has it in stock."));
    }
};

/// One answer for each SKU asked for, in that order.
struct OfferAnswer {
    std::optional<Offer> offer;
    static constexpr auto describe() {
        return described<OfferAnswer>("The offer, or nothing.",
                                      field<&OfferAnswer::offer>("Absent: not sold here."));
    }
};

struct OfferList {
    std::vector<OfferAnswer> items;
    Currency currency;
    stores::PriceDisplay prices = stores::PriceDisplay::gross;
    stores::TaxRounding tax_rounding = stores::TaxRounding::line;
    static constexpr auto describe() {
        using O = OfferList;
        return described<O>("Offers in the order asked for, and the market's rules for sums.",
                            field<&O::items>("One for each SKU."),
                            field<&O::currency>("Of every price."),
                            field<&O::prices>("Whether prices include tax."),
                            field<&O::tax_rounding>("What taxes are rounded over."));
    }
};

namespace refused {
inline constexpr RefusalKind unknown_market{
    "unknown_market", 404, "There is no shop of this market: see the list of markets."};
}  // namespace refused

class Discovery {
public:
    virtual ~Discovery() = default;
    virtual Task<Result<Raw<ProductView>>> product(Context context, ProductWanted wanted) = 0;
    virtual Task<Result<Raw<ProductPage>>> products(Context context, ProductsWanted wanted) = 0;
    virtual Task<Result<SuggestionList>> suggestions(Context context, SuggestionsWanted wanted) = 0;
    virtual Task<Result<CategoryViews>> categories(Context context, CategoriesWanted wanted) = 0;
    virtual Task<Result<StoreViews>> stores(Context context, StoresNear wanted) = 0;
    virtual Task<Result<AvailabilityList>> availability(Context context,
                                                        AvailabilityWanted wanted) = 0;
    virtual Task<Result<OfferList>> offers(Context context, OffersWanted wanted) = 0;

    static constexpr auto contract() {
        using refused::unknown_market;
        return rpc::contract<Discovery>(
            "discovery", "What shoppers read: products, search, stores and availability.",
            rpc::read<&Discovery::product>("Answers one product by id, slug, SKU or GTIN.",
                                           {refusals::not_found, unknown_market}),
            rpc::read<&Discovery::products>("Lists or searches products with filters and counts.",
                                            {refusals::malformed, unknown_market}),
            rpc::read<&Discovery::suggestions>("Completes what a shopper types.", {unknown_market}),
            rpc::read<&Discovery::categories>("Answers the category tree.", {unknown_market}),
            rpc::read<&Discovery::stores>("Lists the nearest stores.", {unknown_market}),
            rpc::read<&Discovery::availability>("Tells which stores near a point have a product.",
                                                {refusals::not_found, unknown_market}),
            rpc::read<&Discovery::offers>("Answers what a cart needs to know of variants.",
                                          {unknown_market}));
    }
};

}  // namespace kontor::discovery
