#include "app/seed/products.hpp"

#include <algorithm>
#include <array>
#include <chrono>

#include <fmt/format.h>

#include "app/seed/naming.hpp"
#include "app/seed/pictures.hpp"
#include "app/seed/prices.hpp"

namespace kontor::seed {

namespace {

constexpr std::int64_t variants_max = 6;

const AttributeDefinition& definition_of(const Workshop& workshop, std::string_view name) {
    return *std::ranges::find(workshop.attributes, name, &AttributeDefinition::name);
}

struct Chosen {
    std::vector<Attribute> attributes;
    std::vector<std::size_t> in_name;  ///< Which of them the name shows.
    std::int64_t quality = 0;          ///< 0 to 1000: how far up the lists the values stand.
};

Chosen choose_specs(const Plan& plan, Random& random) {
    Chosen chosen;
    std::int64_t positions = 0;
    for (const auto& spec : plan.specs) {
        const auto index = random.below(spec.size());
        positions +=
            spec.size() < 2 ? 500 : static_cast<std::int64_t>(1000 * index / (spec.size() - 1));
        if (spec.in_name()) {
            chosen.in_name.push_back(chosen.attributes.size());
        }
        chosen.attributes.push_back(spec.at(index));
    }
    const auto count = static_cast<std::int64_t>(std::max<std::size_t>(plan.specs.size(), 1));
    chosen.quality = positions / count;
    return chosen;
}

/// Euro cents: better values cost more, chance has its part, and most models are near the low end.
std::int64_t choose_base_price(const Family& family, std::int64_t quality, Random& random) {
    const auto place = (55 * quality + 45 * random.between(0, 1000)) / 100;
    return family.price_low + (family.price_high - family.price_low) * place * place / 1'000'000;
}

/// Permille of the base price, which is the middle variant's.
std::int64_t variant_price(const Spec& axis, std::size_t index) {
    constexpr std::array<std::int64_t, 3> by_scope{1000, 1450, 1800};
    if (axis.name() == "scope") {
        return by_scope.at(index);
    }
    const auto value = axis.at(index).number;
    if (!value) {
        return 1000;
    }
    const auto middle = axis.at(axis.size() / 2).number->thousandths;
    return 200 + 800 * value->thousandths / middle;
}

std::string_view picture_colour(const std::vector<Attribute>& variant,
                                const std::vector<Attribute>& product, std::string_view brand) {
    for (const auto* attributes : {&variant, &product}) {
        for (const auto& attribute : *attributes) {
            if (attribute.name == "colour") {
                return colour_hex(attribute.option);
            }
        }
    }
    constexpr std::array<std::string_view, 6> house{"2f6f8f", "c8553d", "3a7d5c",
                                                    "d99a2b", "5b5ea6", "8a3b52"};
    return house[brand.size() % house.size()];
}

std::string make_name(const Workshop& workshop, const Product& product, const Chosen& chosen,
                      std::string_view noun, std::string_view language) {
    auto name = fmt::format("{} {} {}", product.brand, noun, product.model);
    for (const auto index : chosen.in_name) {
        const auto& attribute = chosen.attributes[index];
        const auto value = value_text(attribute, definition_of(workshop, attribute.name), language);
        if (!value.empty()) {
            name += ", " + value;
        }
    }
    return name;
}

std::string make_description(const Workshop& workshop, const Product& product,
                             std::string_view text, std::string_view facts,
                             std::string_view language) {
    std::string description(text);
    std::string_view separator = " ";
    description += fmt::format(" {}", facts);
    for (const auto& attribute : product.attributes) {
        const auto& definition = definition_of(workshop, attribute.name);
        const auto value = definition.kind == AttributeKind::flag
                               ? std::string(text_in(attribute.labels, language))
                               : value_text(attribute, definition, language);
        description +=
            fmt::format("{}{}: {}", separator, text_in(definition.labels, language), value);
        separator = "; ";
    }
    return description + ".";
}

Variant make_variant(const Workshop& workshop, const Product& product, const Plan& plan,
                     std::size_t index, std::int64_t base_price, const Sale& sale) {
    const auto ordinal = static_cast<std::int64_t>(index);
    Variant variant;
    variant.sku = fmt::format("{:07}-{:02}", 1'000'000 + product.number, ordinal + 1);
    variant.gtin = gtin13(product.number * variants_max + ordinal);
    variant.content = plan.content;
    auto price = base_price;
    if (plan.variants) {
        variant.attributes.push_back(plan.variants->at(index));
        price = std::max<std::int64_t>(price * variant_price(*plan.variants, index) / 1000, 1);
        if (plan.content_by_variant) {
            variant.content.amount = *variant.attributes.front().number;
        }
    }
    variant.sales_unit = plan.sales_unit;
    variant.minimum = plan.minimum;
    variant.step = plan.step;
    variant.picture =
        fmt::format("{}-{}", product.family,
                    picture_colour(variant.attributes, product.attributes, product.brand));
    variant.prices = make_prices(price, sale, workshop.markets);
    return variant;
}

/// Some time in the last eight years; the range grows, so recent months have more.
Timestamp choose_creation(Random& random, Timestamp today) {
    constexpr std::int64_t days_max = 8 * 365;
    const auto place = random.between(0, 1000);
    const auto days = days_max * place * place / 1'000'000;
    return today + std::chrono::days(-days) + std::chrono::seconds(-random.between(0, 86'399));
}

int choose_rank(Random& random) {
    constexpr std::int64_t knee = 25;
    return static_cast<int>(1000 * knee / (knee + random.between(0, 999)));
}

std::string_view tax_class_of(const Family& family) {
    return family.category == "seeds" ? "reduced" : "standard";
}

}  // namespace

Product make_product(const Workshop& workshop, std::int64_t number) {
    const auto [plan, ordinal] = workshop.catalogue.place(number);
    const auto& family = *plan->family;
    SeededRandom random(workshop.options.seed * 0x9e3779b97f4a7c15 +
                        static_cast<std::uint64_t>(number));
    const auto group = brands(family.brands);

    Product product;
    product.number = number;
    product.code = fmt::format("P{:07}", 1'000'000 + number);
    product.family = family.code;
    product.category = family.category;
    product.brand = group[random.below(group.size())];
    product.model = fmt::format("{} {}", family.model, model_number(ordinal));
    product.tax_class = tax_class_of(family);
    product.slug = slug(fmt::format("{} {} {}", product.brand, family.name_de, product.model));
    const auto chosen = choose_specs(*plan, random);
    product.attributes = chosen.attributes;
    product.names = {{"de", make_name(workshop, product, chosen, family.name_de, "de")},
                     {"en", make_name(workshop, product, chosen, family.name_en, "en")},
                     {"fr", make_name(workshop, product, chosen, family.name_fr, "fr")}};
    product.descriptions = {
        {"de", make_description(workshop, product, family.text_de, "Technische Daten:", "de")},
        {"en", make_description(workshop, product, family.text_en, "Technical data:", "en")}};
    product.created_at = choose_creation(random, workshop.options.today);
    product.rank = choose_rank(random);

    const auto base_price = choose_base_price(family, chosen.quality, random);
    const auto sale = choose_sale(random, workshop.options.today);
    const auto variants = plan->variants ? plan->variants->size() : 1;
    for (std::size_t index = 0; index < variants; ++index) {
        product.variants.push_back(make_variant(workshop, product, *plan, index, base_price, sale));
    }
    return product;
}

}  // namespace kontor::seed
