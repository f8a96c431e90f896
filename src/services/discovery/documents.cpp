#include "services/discovery/documents.hpp"

#include <algorithm>

#include "platform/describe/json.hpp"
#include "services/discovery/page_program.hpp"

namespace kontor::discovery {

namespace {

void add_head(ProgramWriter& page, const catalog::Product& product) {
    page.literal(R"({"id":)").json_string(to_text(product.id));
    page.literal(R"(,"slug":)").json_string(product.slug);
    page.literal(R"(,"name":)").text(product.name);
}

void add_brand_and_path(ProgramWriter& page, const catalog::Product& product) {
    if (product.brand) {
        page.literal(R"(,"brand":)").json_string(*product.brand);
    }
    page.literal(R"(,"category_path":[)").category_path(product.category).literal("]");
}

void add_text(ProgramWriter& page, const std::optional<LocalizedText>& text,
              std::string_view otherwise) {
    if (text && !text->empty()) {
        page.text(*text);
    } else {
        page.json_string(otherwise);
    }
}

void add_attributes(ProgramWriter& page, const std::vector<catalog::Attribute>& attributes) {
    page.literal(R"(,"attributes":[)");
    std::string_view separator;
    for (const auto& attribute : attributes) {
        page.literal(separator).literal(R"({"name":)").json_string(attribute.name);
        page.literal(R"(,"label":)");
        add_text(page, attribute.label, attribute.name);
        page.literal(R"(,"value":)");
        add_text(page, attribute.value_label,
                 attribute.number ? to_text(*attribute.number) : attribute.text.value_or(""));
        if (attribute.unit) {
            page.literal(R"(,"unit":)").json_string(*attribute.unit);
        }
        page.literal("}");
        separator = ",";
    }
    page.literal("]");
}

enum class Detail : bool { lean, full };

void add_variant(ProgramWriter& page, const catalog::Variant& variant, Detail detail) {
    page.literal(R"({"sku":)").json_string(variant.sku);
    if (variant.gtin) {
        page.literal(R"(,"gtin":)").json_string(*variant.gtin);
    }
    page.live(variant.sku, variant.content);
    if (detail == Detail::full) {
        add_attributes(page, variant.attributes);
    }
    page.literal(R"(,"sales_unit":)").json_string(variant.sales_unit.view());
    page.literal(R"(,"minimum":)").json_string(to_text(variant.minimum));
    page.literal(R"(,"step":)").json_string(to_text(variant.step));
    if (variant.picture) {
        page.literal(R"(,"picture":)").json_string(*variant.picture);
    }
    page.literal("}");
}

void add_variants(ProgramWriter& page, const catalog::Product& product, Detail detail) {
    page.literal(R"(,"variants":[)");
    std::string_view separator;
    for (const auto& variant : product.variants) {
        page.literal(separator);
        add_variant(page, variant, detail);
        separator = ",";
    }
    page.literal("]}");
}

PackedPrice packed(const pricing::Price& price) {
    PackedPrice packed{};
    price.market.view().copy(packed.market, sizeof packed.market);
    price.amount.currency.view().copy(packed.currency, sizeof packed.currency);
    packed.minor_units = price.amount.minor_units;
    packed.valid_from = price.valid_from ? price.valid_from->microseconds : INT64_MIN;
    packed.valid_until = price.valid_until ? price.valid_until->microseconds : INT64_MAX;
    return packed;
}

}  // namespace

std::string page_program(const catalog::Product& product) {
    ProgramWriter page;
    add_head(page, product);
    if (product.description && !product.description->empty()) {
        page.literal(R"(,"description":)").text(*product.description);
    }
    add_brand_and_path(page, product);
    add_attributes(page, product.attributes);
    add_variants(page, product, Detail::full);
    return std::move(page).finish();
}

std::string item_program(const catalog::Product& product) {
    ProgramWriter page;
    add_head(page, product);
    add_brand_and_path(page, product);
    add_variants(page, product, Detail::lean);
    return std::move(page).finish();
}

std::string variant_record(const catalog::Product& product, const catalog::Variant& variant) {
    ProgramWriter name;
    name.text(product.name, TextForm::plain);
    Packer record;
    record.number(product.id.value)
        .text(product.slug)
        .text(product.tax_class)
        .text(variant.sales_unit.view())
        .number(variant.minimum.thousandths)
        .number(variant.step.thousandths)
        .text(variant.picture.value_or(""))
        .text(std::move(name).finish());
    return std::move(record.bytes);
}

VariantRecord read_variant_record(std::string_view bytes) {
    Unpacker from(bytes);
    VariantRecord record;
    record.product.value = from.number<std::uint64_t>();
    record.slug = from.text();
    record.tax_class = from.text();
    record.sales_unit = Unit(from.text());
    record.minimum.thousandths = from.number<std::int64_t>();
    record.step.thousandths = from.number<std::int64_t>();
    record.picture = from.text();
    record.name_program = from.text();
    return record;
}

std::string packed_prices(std::vector<pricing::Price> prices) {
    std::ranges::sort(prices, {}, [](const pricing::Price& price) {
        return std::pair(price.market, price.valid_from);
    });
    std::string bytes;
    for (const auto& price : prices) {
        const auto one = packed(price);
        bytes.append(reinterpret_cast<const char*>(&one), sizeof one);
    }
    return bytes;
}

void append_windows(std::string_view packed, MarketCode market, std::vector<pricing::Price>& out) {
    char wanted[8] = {};
    market.view().copy(wanted, sizeof wanted);
    each_price(packed, [&](const PackedPrice& price) {
        if (std::memcmp(price.market, wanted, sizeof wanted) != 0) {
            return;
        }
        auto& window = out.emplace_back();
        window.market = market;
        window.amount = {price.minor_units, parse_currency(text_of(price.currency)).value()};
        if (price.valid_from != INT64_MIN) {
            window.valid_from = Timestamp{price.valid_from};
        }
        if (price.valid_until != INT64_MAX) {
            window.valid_until = Timestamp{price.valid_until};
        }
    });
}

}  // namespace kontor::discovery
