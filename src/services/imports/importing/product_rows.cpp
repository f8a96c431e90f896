#include <charconv>

#include "services/imports/importing/making.hpp"

namespace kontor::importing {

namespace {

std::expected<std::int64_t, std::string> whole_number(const std::string& text) {
    std::int64_t number = 0;
    const auto* end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc() || stopped != end) {
        return std::unexpected("must be a whole number");
    }
    return number;
}

RowResult<catalog::Variant> variant_of(const Making& make, std::string sku) {
    const auto quantity = [&](const std::string& text) {
        return parse_quantity(make.pointed(text));
    };
    catalog::Variant variant{.sku = std::move(sku)};
    variant.gtin = TRY_NOW(make.optional("gtin", any_text));
    variant.content = TRY_NOW(make.optional(
        "content", [&](const std::string& text) { return parse_measure(make.pointed(text)); }));
    if (variant.content && variant.content->amount <= Quantity{}) {
        return std::unexpected(
            make.fault("content", to_text(*variant.content), "must be more than 0"));
    }
    variant.sales_unit = TRY_NOW(make.optional("sales_unit", [](const std::string& text) {
                             return parse_unit(text);
                         })).value_or(variant.sales_unit);
    variant.minimum = TRY_NOW(make.optional("minimum", quantity)).value_or(variant.minimum);
    variant.step = TRY_NOW(make.optional("step", quantity)).value_or(variant.step);
    variant.picture = TRY_NOW(make.optional("picture", any_text));
    return variant;
}

/// `name.de` and the like.
RowResult<LocalizedText> localized(const Making& make, const std::string& prefix) {
    LocalizedText texts;
    const auto& patterns = make.patterns();
    for (auto at = patterns.lower_bound(prefix);
         at != patterns.end() && at->first.starts_with(prefix); ++at) {
        if (const auto text = TRY_NOW(make.text(at->first))) {
            texts.set(at->first.substr(prefix.size()), *text);
        }
    }
    return texts;
}

std::optional<LocalizedText> if_any(LocalizedText texts) {
    return texts.empty() ? std::nullopt : std::optional(std::move(texts));
}

RowResult<std::vector<catalog::Attribute>> attributes_of(const Making& make) {
    constexpr std::string_view prefix = "attributes.";
    std::set<std::string> names;
    for (const auto& [name, pattern] : make.patterns()) {
        if (name.starts_with(prefix)) {
            names.insert(name.substr(prefix.size(), name.find('.', prefix.size()) - prefix.size()));
        }
    }
    std::vector<catalog::Attribute> all;
    for (const auto& name : names) {
        const auto path = fmt::format("{}{}.", prefix, name);
        catalog::Attribute attribute{.name = name};
        attribute.text = TRY_NOW(make.optional(path + "text", any_text));
        attribute.number = TRY_NOW(make.optional(path + "number", [&](const std::string& text) {
            return parse_quantity(make.pointed(text));
        }));
        attribute.unit = TRY_NOW(make.optional(path + "unit", any_text));
        attribute.label = if_any(TRY_NOW(localized(make, path + "label.")));
        attribute.value_label = if_any(TRY_NOW(localized(make, path + "value_label.")));
        if (attribute.text || attribute.number) {
            all.push_back(std::move(attribute));
        }
    }
    return all;
}

RowResult<void> check_category(const catalog::ProductDraft& draft, const Known& known) {
    if (!known.categories.contains(draft.category)) {
        return std::unexpected(
            RowFault{"category", draft.category, "there is no such category: make it first"});
    }
    return {};
}

RowResult<catalog::ProductDraft> draft_of(const Making& make, const Known& known) {
    auto code = TRY_NOW(make.optional("code", any_text));
    auto sku = TRY_NOW(make.optional("sku", any_text));
    if (!code && !sku) {
        return std::unexpected(make.fault("sku", "", "sku and code are missing"));
    }
    catalog::ProductDraft draft{.code = code.value_or(sku.value_or(""))};
    draft.slug = TRY_NOW(make.optional("slug", any_text));
    draft.name = TRY_NOW(localized(make, "name."));
    draft.description = if_any(TRY_NOW(localized(make, "description.")));
    draft.brand = TRY_NOW(make.optional("brand", any_text));
    draft.category = TRY_NOW(make.required("category", any_text));
    draft.tax_class = TRY_NOW(make.optional("tax_class", any_text)).value_or(draft.tax_class);
    draft.rank = TRY_NOW(make.optional("rank", whole_number)).value_or(0);
    draft.created_at = TRY_NOW(
        make.optional("created_at", [](const std::string& text) { return parse_timestamp(text); }));
    draft.attributes = TRY_NOW(attributes_of(make));
    draft.variants.push_back(TRY_NOW(variant_of(make, sku.value_or(draft.code))));
    TRY_NOW(check_limits(draft, draft.code));
    TRY_NOW(check_category(draft, known));
    return draft;
}

}  // namespace

RowResult<ProductRow> product_of(const Mapping& mapping, const Known& known, const Fields& row) {
    const Making make(mapping, mapping.product, {row, nullptr, mapping.tables});
    ProductRow made{TRY_NOW(draft_of(make, known)), {}};
    if (mapping.price) {
        made.prices = TRY_NOW(prices_of(mapping, known, row, made.draft.variants.front().sku));
    }
    return made;
}

RowResult<ProductRow> native_product(const Known& known, std::string_view line) {
    ProductRow made{TRY_NOW(read_native<catalog::ProductDraft>(line)), {}};
    TRY_NOW(check_category(made.draft, known));
    return made;
}

}  // namespace kontor::importing
