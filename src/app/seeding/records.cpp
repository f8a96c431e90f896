#include "app/seeding/records.hpp"

#include <algorithm>

namespace kontor::seeding {

namespace {

LocalizedText localized(const seed::Texts& texts) {
    LocalizedText localized;
    for (const auto& text : texts) {
        localized.set(text.language, text.text);
    }
    return localized;
}

std::optional<LocalizedText> localized_if_any(const seed::Texts& texts) {
    return texts.empty() ? std::nullopt : std::optional(localized(texts));
}

std::vector<catalog::Attribute> attributes_of(const seed::Shop& shop,
                                              const std::vector<seed::Attribute>& attributes) {
    std::vector<catalog::Attribute> all;
    all.reserve(attributes.size());
    for (const auto& attribute : attributes) {
        auto& made = all.emplace_back();
        made.name = attribute.name;
        made.number = attribute.number;
        if (!attribute.option.empty()) {
            made.text = attribute.option;
        }
        made.value_label = localized_if_any(attribute.labels);
        const auto defined =
            std::ranges::find(shop.attributes(), attribute.name, &seed::AttributeDefinition::name);
        if (defined != shop.attributes().end()) {
            made.label = localized_if_any(defined->labels);
            made.unit =
                defined->unit.empty() ? std::nullopt : std::optional(std::string(defined->unit));
        }
    }
    return all;
}

catalog::Variant variant_of(const seed::Shop& shop, const seed::Variant& variant) {
    return {.sku = variant.sku,
            .gtin = variant.gtin,
            .attributes = attributes_of(shop, variant.attributes),
            .content = variant.content,
            .sales_unit = variant.sales_unit,
            .minimum = variant.minimum,
            .step = variant.step,
            .picture = fmt::format("/media/{}.svg", variant.picture)};
}

Date date_of(std::chrono::year_month_day day) {
    return {static_cast<std::int32_t>(std::chrono::sys_days(day).time_since_epoch().count())};
}

}  // namespace

std::vector<stores::Market> markets_of(const seed::Shop& shop) {
    std::vector<stores::Market> all;
    for (const auto& market : shop.markets()) {
        all.push_back({.code = market.code,
                       .country = market.country,
                       .name = localized(market.names),
                       .currency = market.currency,
                       .languages = {market.languages.begin(), market.languages.end()},
                       .time_zone = std::string(market.time_zone),
                       .prices = market.display == seed::PriceDisplay::net
                                     ? stores::PriceDisplay::net
                                     : stores::PriceDisplay::gross,
                       .tax_rounding = market.tax_rounding == seed::TaxRounding::document
                                           ? stores::TaxRounding::document
                                           : stores::TaxRounding::line,
                       .legal_entity = std::string(market.legal_entity)});
    }
    return all;
}

std::vector<stores::Store> stores_of(const seed::Shop& shop) {
    std::vector<stores::Store> all;
    for (const auto& place : shop.locations()) {
        all.push_back({.id = place.code,
                       .kind = place.kind == seed::LocationKind::warehouse
                                   ? stores::LocationKind::warehouse
                                   : stores::LocationKind::store,
                       .market = place.market,
                       .name = place.name,
                       .address = {.street = place.address.street,
                                   .postal_code = place.address.postal_code,
                                   .city = std::string(place.address.city),
                                   .country = place.address.country},
                       .location = {place.coordinates.latitude, place.coordinates.longitude},
                       .opening_hours = std::string(place.opening_hours),
                       .serves_online = {place.serves_online.begin(), place.serves_online.end()}});
    }
    return all;
}

std::vector<pricing::TaxRate> tax_rates_of(const seed::Shop& shop) {
    std::vector<pricing::TaxRate> all;
    for (const auto& market : shop.markets()) {
        for (const auto& tax_class : market.tax_classes) {
            for (const auto& rate : tax_class.rates) {
                all.push_back({.market = market.code,
                               .tax_class = std::string(tax_class.code),
                               .rate = rate.rate,
                               .valid_from = date_of(rate.valid_from)});
            }
        }
    }
    return all;
}

std::vector<catalog::Category> categories_of(const seed::Shop& shop) {
    std::vector<catalog::Category> all;
    for (const auto& category : shop.categories()) {
        all.push_back({.code = std::string(category.code),
                       .parent = category.parent.empty()
                                     ? std::nullopt
                                     : std::optional(std::string(category.parent)),
                       .name = localized(category.names),
                       .position = category.position});
    }
    return all;
}

catalog::ProductDraft draft_of(const seed::Shop& shop, const seed::Product& product) {
    catalog::ProductDraft draft{.code = product.code,
                                .slug = product.slug,
                                .name = localized(product.names),
                                .description = localized_if_any(product.descriptions),
                                .brand = std::string(product.brand),
                                .category = std::string(product.category),
                                .tax_class = std::string(product.tax_class),
                                .attributes = attributes_of(shop, product.attributes),
                                .rank = product.rank,
                                .created_at = product.created_at};
    for (const auto& variant : product.variants) {
        draft.variants.push_back(variant_of(shop, variant));
    }
    return draft;
}

std::vector<pricing::Price> prices_of(const seed::Variant& variant) {
    std::vector<pricing::Price> all;
    all.reserve(variant.prices.size());
    for (const auto& price : variant.prices) {
        all.push_back({.sku = variant.sku,
                       .market = price.market,
                       .amount = price.amount,
                       .valid_from = price.valid_from,
                       .valid_until = price.valid_until});
    }
    return all;
}

std::vector<inventory::StockCount> stock_of(const seed::Shop& shop, const seed::Product& product,
                                            const seed::Variant& variant) {
    std::vector<inventory::StockCount> all;
    for (const auto& cell : shop.stock(product, variant)) {
        all.push_back(
            {.sku = variant.sku, .location = std::string(cell.location), .on_hand = cell.on_hand});
    }
    return all;
}

}  // namespace kontor::seeding
