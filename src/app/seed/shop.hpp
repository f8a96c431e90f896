#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/currency.hpp"
#include "base/money.hpp"
#include "base/quantity.hpp"

/// A believable do-it-yourself retailer, made from a seed: the same options give the same bytes on
/// every machine. Brands, models, people and streets are invented; countries, cities, coordinates,
/// currencies, languages and VAT rates are real. Nothing here does I/O.
namespace kontor::seed {

struct Options {
    std::int64_t products = 10'000;  ///< 1 to 2,000,000.
    std::int64_t stores = 270;       ///< At least `markets`.
    std::int64_t markets = 19;       ///< 1 to 19; the first so many of the list, Germany first.
    std::int64_t stock_per_product = 80;  ///< Locations that carry a variant, warehouses included.
    std::uint64_t seed = 42;
    /// The day that sales and arrivals are laid around: 2026-11-01.
    Timestamp today{1'793'491'200'000'000};
};

/// One text in one language (BCP 47). Views in these structs point to constants of the program.
struct Text {
    std::string_view language;
    std::string text;
    bool operator==(const Text&) const = default;
};
using Texts = std::vector<Text>;

/// The text in `language`, else in English, else the first; empty when there is none.
std::string_view text_in(const Texts& texts, std::string_view language);

enum class PriceDisplay { gross, net };
enum class TaxRounding { line, document };

/// A VAT rate from midnight of a day, in the market's time zone, until the next one.
struct TaxRate {
    std::chrono::year_month_day valid_from;
    BasisPoints rate;
};

struct TaxClass {
    std::string_view code;       ///< `standard` or `reduced`.
    std::vector<TaxRate> rates;  ///< By date, the earliest first.
};

struct Market {
    std::string_view code;     ///< `de`: also the path segment of the shop.
    std::string_view country;  ///< ISO 3166-1 alpha-2: `DE`.
    Texts names;
    Currency currency;
    std::vector<std::string_view> languages;  ///< BCP 47, the first is the default.
    std::string_view time_zone;               ///< IANA: `Europe/Berlin`.
    PriceDisplay display = PriceDisplay::gross;
    TaxRounding tax_rounding = TaxRounding::line;
    std::string_view legal_entity;
    std::vector<TaxClass> tax_classes;
};

/// A node of the category tree; a parent stands before its children.
struct Category {
    std::string_view code;    ///< Stable and a slug at once: `cordless-drills`.
    std::string_view parent;  ///< Empty for a root.
    int position = 0;         ///< Among its siblings, from 0.
    Texts names;              ///< de, en, fr, it, es, nl, sv.
};

enum class AttributeKind { number, option, flag };

struct AttributeDefinition {
    std::string_view name;  ///< Stable machine name: `voltage`.
    AttributeKind kind = AttributeKind::number;
    std::string_view unit;   ///< As people read it: `V`; empty without one.
    std::string_view rec20;  ///< UN/CEFACT Recommendation 20: `VLT`; empty without one.
    Texts labels;            ///< de, en, fr.
};

/// One value of an attribute. An option carries its stable code and what people read.
struct Attribute {
    std::string_view name;
    std::optional<Quantity> number{};
    std::string_view option{};  ///< `oak`, `true`.
    Texts labels{};             ///< The option's name in de, en, fr.
};

/// A price that a market's shoppers see, tax included where the market shows gross.
struct Price {
    std::string_view market;
    Money amount;
    std::optional<Timestamp> valid_from{};   ///< Without: since ever.
    std::optional<Timestamp> valid_until{};  ///< Exclusive. Without: for good.
};

struct Variant {
    std::string sku;   ///< `1000427-02`.
    std::string gtin;  ///< GTIN-13 in GS1's restricted range 20 to 29: in no other shop.
    std::vector<Attribute> attributes;  ///< What sets it apart from its siblings.
    Measure content;                    ///< What one sales unit holds, for the unit price.
    Unit sales_unit = units::piece;
    Quantity minimum{Quantity::scale};
    Quantity step{Quantity::scale};  ///< 0.05 for cable sold by the metre.
    std::string picture;             ///< `wall-paint-b4552d`: see picture().
    std::vector<Price> prices;       ///< The lasting one for each market, and sales.
};

struct Product {
    std::int64_t number = 0;  ///< 1 to Options::products.
    std::string code;         ///< `P1000427`.
    std::string slug;         ///< From the German name; unique.
    std::string_view family;
    std::string_view category;
    std::string_view brand;
    std::string model;
    std::string_view tax_class;
    Texts names;         ///< de, en, fr.
    Texts descriptions;  ///< de, en.
    std::vector<Attribute> attributes;
    std::vector<Variant> variants;  ///< 1 to 6.
    Timestamp created_at;
    int rank = 0;  ///< Business rank, 0 to 1000: a few sell much, most little.
};

struct Coordinates {
    double latitude = 0;  ///< WGS 84, degrees.
    double longitude = 0;
};

struct Address {
    std::string street;
    std::string postal_code;
    std::string_view city;
    std::string_view country;
};

enum class LocationKind { store, warehouse };

/// Where stock lies: an expert center or a region's warehouse, which alone serves online orders.
struct Location {
    std::string code;  ///< `de-007`, `warehouse-north`.
    LocationKind kind = LocationKind::store;
    std::string_view market;  ///< Where it stands.
    std::string name;
    Address address;
    Coordinates coordinates;
    std::string_view opening_hours;               ///< OpenStreetMap syntax; empty for a warehouse.
    std::vector<std::string_view> serves_online;  ///< Markets; empty for a store.
};

struct StockCell {
    std::string_view location;  ///< Points into the shop.
    Quantity on_hand;
};

/// The whole shop. Made once (milliseconds); after that const, so any thread may ask. Products are
/// made one by one from their number, so memory doesn't grow with them: about 20 us each.
class Shop {
public:
    /// Options outside their ranges throw std::invalid_argument, which says what to change.
    explicit Shop(const Options& options);
    ~Shop();
    Shop(Shop&&) noexcept;

    const Options& options() const;
    const std::vector<Market>& markets() const;
    const std::vector<Category>& categories() const;
    const std::vector<AttributeDefinition>& attributes() const;
    /// Warehouses first, then stores.
    const std::vector<Location>& locations() const;

    /// `number`: 1 to `options().products`.
    Product product(std::int64_t number) const;

    /// Where the variant lies and how much of it: every online warehouse, then stores, at most
    /// `stock_per_product` places in all. Some are empty: sold out, not unknown.
    std::vector<StockCell> stock(const Product& product, const Variant& variant) const;

private:
    struct Parts;
    std::unique_ptr<const Parts> parts_;
};

/// The picture's family and colour, `wall-paint-b4552d`, drawn as a square SVG of about 2 kB.
/// None for a name that no variant of any shop carries in its family part or an ill-formed colour.
std::optional<std::string> picture_svg(std::string_view picture);

}  // namespace kontor::seed
