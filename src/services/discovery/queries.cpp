#include "services/discovery/queries.hpp"

#include <algorithm>
#include <charconv>

#include "services/discovery/index_documents.hpp"

namespace kontor::discovery {

namespace {

using Of = engine::FacetWanted::Of;

template <class... Args>
std::unexpected<Refusal> at_fault(std::string_view member, fmt::format_string<Args...> message,
                                  Args&&... args) {
    auto refused = refusal(refusals::invalid, message, std::forward<Args>(args)...);
    refused.errors.push_back({"/" + std::string(member), refused.message});
    return std::unexpected(std::move(refused));
}

Result<std::optional<std::int64_t>> bound(const std::string& text, Currency currency) {
    if (text.empty()) {
        return std::nullopt;
    }
    const auto amount = parse_amount(text, currency);
    if (!amount) {
        return at_fault("price", "\"{}\" {}", text, amount.error());
    }
    return amount->minor_units;
}

std::optional<double> number_in(std::string_view text) {
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool good = error == std::errc{} && end == text.data() + text.size();
    return good ? std::optional(number) : std::nullopt;
}

/// `18`, `18,20` or `10..20`.
engine::AttributeFilter attribute_filter(const std::string& name, std::string_view text) {
    engine::AttributeFilter filter{.name = name};
    if (const auto dots = text.find(".."); dots != text.npos) {
        filter.at_least = number_in(text.substr(0, dots));
        filter.at_most = number_in(text.substr(dots + 2));
        if (filter.at_least || filter.at_most) {
            return filter;
        }
    }
    while (!text.empty()) {
        const auto comma = text.find(',');
        filter.values.emplace_back(text.substr(0, comma));
        text = comma == text.npos ? std::string_view() : text.substr(comma + 1);
    }
    return filter;
}

Result<engine::FacetWanted> facet_wanted(std::string_view name) {
    constexpr std::string_view attribute = "attr[";
    if (name == "brand") {
        return engine::FacetWanted{.of = Of::brand};
    }
    if (name == "price") {
        return engine::FacetWanted{.of = Of::price};
    }
    if (name == "category") {
        return engine::FacetWanted{.of = Of::category};
    }
    if (name.starts_with(attribute) && name.ends_with(']')) {
        const auto inner = name.substr(attribute.size(), name.size() - attribute.size() - 1);
        return engine::FacetWanted{.of = Of::attribute, .attribute = std::string(inner)};
    }
    return at_fault("facets", "\"{}\": must be brand, price, category or attr[name]", name);
}

engine::Sort engine_sort(Sort sort) {
    switch (sort) {
        case Sort::relevance:
            return engine::Sort::relevance;
        case Sort::price_ascending:
            return engine::Sort::price_ascending;
        case Sort::price_descending:
            return engine::Sort::price_descending;
        case Sort::name:
            return engine::Sort::name;
        case Sort::newest:
            return engine::Sort::newest;
    }
    return engine::Sort::relevance;
}

std::string facet_name(const engine::Facet& facet) {
    switch (facet.of) {
        case Of::brand:
            return "brand";
        case Of::price:
            return "price";
        case Of::category:
            return "category";
        case Of::attribute:
            return "attr[" + facet.attribute + "]";
    }
    return {};
}

/// `1000..2500`, without its end, as the price filter takes it: `10.00..24.99`.
std::string price_range(std::string_view minor_units, Currency currency) {
    std::string range;
    const auto dots = minor_units.find("..");
    std::int64_t amount = 0;
    const auto from = minor_units.substr(0, dots);
    std::from_chars(from.data(), from.data() + from.size(), amount);
    decimal::append(range, amount, currency.digits(), decimal::Zeros::keep);
    range += "..";
    const auto until = dots == minor_units.npos ? std::string_view() : minor_units.substr(dots + 2);
    if (!until.empty()) {
        std::from_chars(until.data(), until.data() + until.size(), amount);
        decimal::append(range, amount - 1, currency.digits(), decimal::Zeros::keep);
    }
    return range;
}

void append_value(std::string& out, Of of, const engine::FacetValue& value, View& view) {
    out += R"({"value":)";
    if (of == Of::price) {
        json::append_string(out, price_range(value.value, view.market().rules.currency));
    } else if (of == Of::category) {
        std::uint64_t id = 0;
        std::from_chars(value.value.data(), value.value.data() + value.value.size(), id);
        const auto* entry = view.world().category_by_id(id);
        json::append_string(out, entry == nullptr ? "" : entry->category.code);
        if (entry != nullptr) {
            out += R"(,"label":)";
            json::append_string(out, view.languages().choose(entry->category.name));
        }
    } else {
        json::append_string(out, value.value);
    }
    out += R"(,"count":)";
    decimal::append(out, value.count, 0, decimal::Zeros::keep);
    out += '}';
}

}  // namespace

std::vector<std::string> search_languages(const View& view) {
    std::vector<std::string> languages{primary_language(view.locale())};
    const auto add = [&](std::string language) {
        if (std::ranges::find(languages, language) == languages.end()) {
            languages.push_back(std::move(language));
        }
    };
    for (const auto language : view.market().languages) {
        add(primary_language(language));
    }
    add("en");
    return languages;
}

Result<engine::Query> query_of(const ProductsWanted& wanted, const View& view) {
    const auto& market = view.market().rules;
    engine::Query query{.market = std::string(market.code.view()),
                        .languages = search_languages(view),
                        .now = view.now().microseconds,
                        .text = wanted.q.value_or(""),
                        .brands = wanted.brand,
                        .in_stock = wanted.in_stock.value_or(false),
                        .sort = engine_sort(wanted.sort.value_or(Sort::relevance)),
                        .limit = static_cast<std::uint32_t>(wanted.limit),
                        .cursor = wanted.cursor.value_or("")};
    if (wanted.category) {
        const auto* category = view.world().category(*wanted.category);
        if (category == nullptr) {
            return at_fault("category", "no category \"{}\": see the list of categories",
                            *wanted.category);
        }
        query.category = category->id;
    }
    if (wanted.store) {
        const auto place = view.world().place(*wanted.store);
        if (!place) {
            return at_fault("store", "no store \"{}\": see the list of stores", *wanted.store);
        }
        query.store = static_cast<std::uint32_t>(*place);
    }
    if (wanted.price) {
        query.price_at_least = TRY_NOW(bound(wanted.price->at_least, market.currency));
        query.price_at_most = TRY_NOW(bound(wanted.price->at_most, market.currency));
    }
    for (const auto& [name, text] : wanted.attr) {
        query.attributes.push_back(attribute_filter(name, text));
    }
    for (const auto& facet : wanted.facets) {
        query.facets.push_back(TRY_NOW(facet_wanted(facet)));
    }
    return query;
}

void append_facets(std::string& out, const std::vector<engine::Facet>& facets, View& view) {
    out += '[';
    json::write_separated(out, facets, [&](const engine::Facet& facet) {
        out += R"({"name":)";
        json::append_string(out, facet_name(facet));
        out += R"(,"values":[)";
        json::write_separated(out, facet.values, [&](const engine::FacetValue& value) {
            append_value(out, facet.of, value, view);
        });
        out += "]}";
    });
    out += ']';
}

}  // namespace kontor::discovery
