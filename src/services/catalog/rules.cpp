#include "services/catalog/rules.hpp"

#include <algorithm>
#include <set>

#include "base/gtin.hpp"

namespace kontor::catalog {

namespace {

constexpr std::size_t slug_bytes_max = 120;

struct Spelling {
    std::string_view letter;
    std::string_view ascii;
};

/// Letters that slugs spell out; any other beyond ASCII becomes a hyphen.
constexpr Spelling spellings[] = {
    {"ä", "ae"}, {"ö", "oe"}, {"ü", "ue"}, {"Ä", "ae"}, {"Ö", "oe"}, {"Ü", "ue"}, {"ß", "ss"},
    {"é", "e"},  {"è", "e"},  {"ê", "e"},  {"É", "e"},  {"à", "a"},  {"â", "a"},  {"á", "a"},
    {"ç", "c"},  {"ô", "o"},  {"ó", "o"},  {"ò", "o"},  {"î", "i"},  {"í", "i"},  {"ì", "i"},
    {"û", "u"},  {"ú", "u"},  {"ù", "u"},  {"ñ", "n"},  {"å", "a"},  {"Å", "a"},  {"ø", "o"},
    {"Ø", "o"},  {"æ", "ae"}, {"Æ", "ae"}, {"ř", "r"},  {"š", "s"},  {"ž", "z"},  {"č", "c"}};

std::string_view spelled_out(std::string_view rest, std::size_t& length) {
    for (const auto& [letter, ascii] : spellings) {
        if (rest.starts_with(letter)) {
            length = letter.size();
            return ascii;
        }
    }
    length = 1;
    return {};
}

bool is_slug(std::string_view text) {
    return std::ranges::all_of(
        text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

void check_variant(const Variant& variant, std::size_t index, std::set<std::string_view>& skus,
                   std::vector<FieldError>& errors) {
    const auto fault = [&](std::string_view member, std::string message) {
        errors.push_back({fmt::format("/variants/{}/{}", index, member), std::move(message)});
    };
    if (!skus.insert(variant.sku).second) {
        fault("sku", fmt::format("{} is given twice", variant.sku));
    }
    if (variant.gtin) {
        if (const auto gtin = parse_gtin(*variant.gtin); !gtin) {
            fault("gtin", gtin.error());
        }
    }
    if (variant.minimum <= Quantity{} || variant.step <= Quantity{}) {
        fault("minimum", "minimum and step must be more than 0");
    } else if (!variant.minimum.is_multiple_of(variant.step)) {
        fault("minimum", fmt::format("{} is not a multiple of the step {}",
                                     to_text(variant.minimum), to_text(variant.step)));
    }
}

}  // namespace

std::string slug_of(std::string_view name) {
    std::string slug;
    for (std::size_t i = 0, length = 1; i < name.size() && slug.size() < slug_bytes_max;
         i += length) {
        const char c = name[i];
        length = 1;
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            slug.push_back(c);
        } else if (c >= 'A' && c <= 'Z') {
            slug.push_back(static_cast<char>(c - 'A' + 'a'));
        } else if (const auto ascii = spelled_out(name.substr(i), length); !ascii.empty()) {
            slug.append(ascii);
        } else if (!slug.empty() && slug.back() != '-') {
            slug.push_back('-');
        }
    }
    while (slug.ends_with('-')) {
        slug.pop_back();
    }
    return slug;
}

std::vector<FieldError> faults(const ProductDraft& draft) {
    std::vector<FieldError> errors;
    if (draft.slug && !is_slug(*draft.slug)) {
        errors.push_back({"/slug", "must be lower-case letters, digits and hyphens"});
    }
    std::set<std::string_view> skus;
    for (std::size_t i = 0; i < draft.variants.size(); ++i) {
        check_variant(draft.variants[i], i, skus, errors);
    }
    return errors;
}

std::optional<Product> applied(const ProductDraft& draft, const std::optional<Product>& before,
                               ProductId new_id, Timestamp now) {
    Product product{.id = before ? before->id : new_id,
                    .version = before ? before->version : 0,
                    .code = draft.code,
                    .slug = {},
                    .name = draft.name,
                    .description = draft.description,
                    .brand = draft.brand,
                    .category = draft.category,
                    .tax_class = draft.tax_class,
                    .attributes = draft.attributes,
                    .variants = draft.variants,
                    .rank = draft.rank,
                    .created_at = draft.created_at.value_or(before ? before->created_at : now)};
    if (draft.slug) {
        product.slug = *draft.slug;
    } else {
        // The code keeps apart what is named alike, so that no import depends on another's order.
        product.slug =
            before ? before->slug
                   : fmt::format("{}-{}", slug_of(draft.name.resolve("de")), slug_of(draft.code));
    }
    if (before && to_json(*before) == to_json(product)) {
        return std::nullopt;
    }
    ++product.version;
    return product;
}

std::vector<std::string> codes_of(const Product& product) {
    std::set<std::string> codes;
    for (const auto& variant : product.variants) {
        codes.insert(variant.sku);
        if (variant.gtin) {
            codes.insert(*variant.gtin);
        }
    }
    return {codes.begin(), codes.end()};
}

}  // namespace kontor::catalog
