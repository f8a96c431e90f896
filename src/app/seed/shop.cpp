#include "app/seed/shop.hpp"

#include <algorithm>
#include <numeric>
#include <stdexcept>

#include <fmt/format.h>

#include "app/seed/attributes.hpp"
#include "app/seed/catalogue.hpp"
#include "app/seed/categories.hpp"
#include "app/seed/locations.hpp"
#include "app/seed/markets.hpp"
#include "app/seed/pictures.hpp"
#include "app/seed/products.hpp"

namespace kontor::seed {

namespace {

constexpr std::int64_t products_max = 2'000'000;

void check(std::string_view name, std::int64_t value, std::int64_t low, std::int64_t high) {
    if (value < low || value > high) {
        throw std::invalid_argument(fmt::format("{} {}: must be {} to {}", name, value, low, high));
    }
}

Options checked(const Options& options) {
    const auto markets_max = static_cast<std::int64_t>(market_profiles().size());
    check("products", options.products, 1, products_max);
    check("markets", options.markets, 1, markets_max);
    check("stores", options.stores, options.markets, 100'000);
    check("stock-per-product", options.stock_per_product, 0, 100'000);
    return options;
}

std::vector<Market> first_markets(std::int64_t count) {
    auto markets = all_markets();
    markets.erase(markets.begin() + count, markets.end());
    return markets;
}

/// Most places have a little, few have much, some are sold out. `plenty`: what sells fast lies
/// high.
Quantity choose_on_hand(Random& random, std::int64_t plenty, int sold_out_percent) {
    constexpr std::int64_t pieces_max = 2000;
    const auto chance = static_cast<int>(random.below(100));
    const auto pieces = std::min(plenty * 800 / random.between(1, 1000), pieces_max);
    return chance < sold_out_percent ? Quantity{} : Quantity::of(pieces);
}

std::size_t coprime_step(std::size_t wanted, std::size_t size) {
    auto step = wanted % size + 1;
    while (std::gcd(step, size) != 1) {
        step = step % size + 1;
    }
    return step;
}

}  // namespace

std::string_view text_in(const Texts& texts, std::string_view language) {
    for (const auto wanted : {language, std::string_view("en")}) {
        const auto found = std::ranges::find(texts, wanted, &Text::language);
        if (found != texts.end()) {
            return found->text;
        }
    }
    return texts.empty() ? std::string_view() : std::string_view(texts.front().text);
}

struct Shop::Parts {
    explicit Parts(const Options& wanted)
        : options(checked(wanted)),
          markets(first_markets(options.markets)),
          categories(all_categories()),
          attributes(all_attributes()),
          locations(make_locations(markets, options)),
          catalogue(attributes) {}

    Options options;
    std::vector<Market> markets;
    std::vector<Category> categories;
    std::vector<AttributeDefinition> attributes;
    std::vector<Location> locations;
    Catalogue catalogue;
};

Shop::Shop(const Options& options) : parts_(std::make_unique<const Parts>(options)) {}
Shop::~Shop() = default;
Shop::Shop(Shop&&) noexcept = default;

const Options& Shop::options() const {
    return parts_->options;
}
const std::vector<Market>& Shop::markets() const {
    return parts_->markets;
}
const std::vector<Category>& Shop::categories() const {
    return parts_->categories;
}
const std::vector<AttributeDefinition>& Shop::attributes() const {
    return parts_->attributes;
}
const std::vector<Location>& Shop::locations() const {
    return parts_->locations;
}

Product Shop::product(std::int64_t number) const {
    check("product number", number, 1, parts_->options.products);
    return make_product({parts_->options, parts_->markets, parts_->attributes, parts_->catalogue},
                        number);
}

std::vector<StockCell> Shop::stock(const Product& product, const Variant& variant) const {
    const auto& locations = parts_->locations;
    const auto warehouses = static_cast<std::size_t>(
        std::ranges::count(locations, LocationKind::warehouse, &Location::kind));
    const auto stores = locations.size() - warehouses;
    const auto wanted =
        std::min(static_cast<std::size_t>(parts_->options.stock_per_product), locations.size());
    SeededRandom choice(parts_->options.seed ^ static_cast<std::uint64_t>(product.number) << 20);
    SeededRandom amounts(std::stoull(variant.gtin) ^ parts_->options.seed);
    // What is sold by the metre lies on drums of many.
    const auto plenty = (1 + product.rank / 50) * (variant.sales_unit == units::metre ? 20 : 1);

    std::vector<StockCell> cells;
    for (std::size_t i = 0; i < warehouses; ++i) {
        cells.push_back({locations[i].code, choose_on_hand(amounts, plenty * 20, 4)});
    }
    const auto start = choice.below(stores);
    const auto step = coprime_step(choice.below(stores), stores);
    for (std::size_t i = 0; cells.size() < wanted; ++i) {
        const auto& store = locations[warehouses + (start + i * step) % stores];
        cells.push_back({store.code, choose_on_hand(amounts, plenty, 16)});
    }
    return cells;
}

std::optional<std::string> picture_svg(std::string_view picture) {
    constexpr std::size_t hex_digits = 6;
    const auto dash = picture.rfind('-');
    if (dash == std::string_view::npos || picture.size() - dash - 1 != hex_digits) {
        return std::nullopt;
    }
    const auto colour = picture.substr(dash + 1);
    if (colour.find_first_not_of("0123456789abcdef") != std::string_view::npos) {
        return std::nullopt;
    }
    for (const auto& department : {tool_families(), garden_families(), interior_families(),
                                   building_families(), technical_families()}) {
        const auto found = std::ranges::find(department, picture.substr(0, dash), &Family::code);
        if (found != department.end()) {
            return draw(found->icon, colour);
        }
    }
    return std::nullopt;
}

}  // namespace kontor::seed
