#include "services/imports/importing/mapping.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/language.hpp"
#include "platform/config/toml_file.hpp"

namespace kontor::importing {

namespace {

using config::TomlValue;
using Names = std::span<const std::string_view>;

constexpr std::array<std::string_view, 13> product_names{
    "code",    "slug", "sku",        "gtin",    "brand",      "category", "tax_class",
    "content", "step", "sales_unit", "minimum", "created_at", "picture"};
constexpr std::array<std::string_view, 6> price_names{"sku",      "market",     "amount",
                                                      "currency", "valid_from", "valid_until"};
constexpr std::array<std::string_view, 4> stock_names{"sku", "location", "on_hand", "safety"};
constexpr std::array<std::string_view, 8> order_names{
    "number", "market", "placed_at", "sku", "name", "quantity", "gross", "tax_rate"};

std::string_view take(std::string_view& path) {
    const auto dot = std::min(path.find('.'), path.size());
    const auto part = path.substr(0, dot);
    path.remove_prefix(std::min(dot + 1, path.size()));
    return part;
}

bool is_one_of(std::string_view name, Names names) {
    return std::ranges::find(names, name) != names.end();
}

bool is_language(std::string_view text) {
    return parse_language_tag(text).has_value();
}

/// `name.de`, `attributes.voltage.number`, and the plain ones.
bool is_product_name(std::string_view name) {
    auto rest = name;
    const auto first = take(rest);
    if (first == "name" || first == "description") {
        return is_language(rest);
    }
    if (first == "attributes") {
        const bool named = !take(rest).empty();
        const auto member = take(rest);
        const bool plain = (member == "text" || member == "number" || member == "unit");
        const bool label = (member == "label" || member == "value_label") && is_language(rest);
        return named && ((plain && rest.empty()) || label);
    }
    return name == "rank" || is_one_of(name, product_names);
}

/// What is wrong with a value, if anything.
using Problem = std::optional<std::string>;

Problem put_pattern(Patterns& patterns, std::string_view name, const std::string& text) {
    auto pattern = Pattern::parse(text);
    if (!pattern) {
        return std::move(pattern).error();
    }
    patterns.insert_or_assign(std::string(name), *std::move(pattern));
    return std::nullopt;
}

template <class T>
Problem put(T& out, std::expected<T, std::string> parsed) {
    if (!parsed) {
        return std::move(parsed).error();
    }
    out = *std::move(parsed);
    return std::nullopt;
}

Problem put_flag(bool& out, const std::string& text) {
    out = text == "true";
    return out || text == "false" ? std::nullopt : Problem("must be true or false");
}

/// Fills a mapping value by value.
class Reader {
public:
    /// Takes one value of the file.
    Problem take_value(const TomlValue& value) {
        std::string_view path = value.path;
        const auto section = take(path);
        if (path.empty()) {
            return top(section, value.text);
        }
        if (section == "product") {
            return is_product_name(path) ? put_pattern(mapping_.product, path, value.text)
                                         : not_known();
        }
        if (section == "stock") {
            return is_one_of(path, stock_names) ? put_pattern(mapping_.stock, path, value.text)
                                                : not_known();
        }
        if (section == "orders") {
            return is_one_of(path, order_names) ? put_pattern(mapping_.orders, path, value.text)
                                                : not_known();
        }
        if (section == "price") {
            return price(path, value.text);
        }
        if (section == "values") {
            const auto table = take(path);
            mapping_.tables[std::string(table)][std::string(path)] = value.text;
            return std::nullopt;
        }
        if (section == "categories") {
            return category(take(path), path, value.text);
        }
        return section == "markets" ? market(take(path), path, value.text) : not_known();
    }

    /// What is wrong with the whole, if anything.
    Problem finish() {
        for (const auto* patterns : {&mapping_.product, &mapping_.stock, &mapping_.orders}) {
            if (auto problem = unknown_table(*patterns)) {
                return problem;
            }
        }
        if (mapping_.price) {
            if (auto problem = unknown_table(mapping_.price->patterns)) {
                return problem;
            }
        }
        for (auto& [code, market] : markets_) {
            mapping_.markets.push_back(std::move(market));
        }
        return sort_categories();
    }

    Mapping mapping() && { return std::move(mapping_); }

private:
    static Problem not_known() { return "is not known: see docs/imports.md"; }

    Problem top(std::string_view name, const std::string& text) {
        if (name == "format" && (text == "csv" || text == "jsonl")) {
            mapping_.format = text == "csv" ? Format::csv : Format::jsonl;
        } else if (name == "delimiter" && text.size() == 1 && text != "\"" && text != "\n") {
            mapping_.csv.delimiter = text.front();
        } else if (name == "decimal" && (text == "." || text == ",")) {
            mapping_.decimal = text.front();
        } else {
            return "must be format = \"csv\" or \"jsonl\", delimiter = one character, decimal = "
                   "\".\" or \",\", or stand in a table";
        }
        return std::nullopt;
    }

    Problem price(std::string_view name, const std::string& text) {
        auto& rule = mapping_.price ? *mapping_.price : mapping_.price.emplace();
        if (name == "each") {
            rule.each = text;
            return std::nullopt;
        }
        if (name == "chained") {
            return put_flag(rule.chained, text);
        }
        if (name == "zero_is_none") {
            return put_flag(rule.zero_is_none, text);
        }
        return is_one_of(name, price_names) ? put_pattern(rule.patterns, name, text) : not_known();
    }

    Problem category(std::string_view code, std::string_view member, const std::string& text) {
        auto& category = categories_[std::string(code)];
        category.code = code;
        if (member == "parent") {
            category.parent = text;
        } else if (member == "position") {
            const auto* end = text.data() + text.size();
            if (std::from_chars(text.data(), end, category.position).ptr != end) {
                return "must be a whole number";
            }
        } else if (take(member) == "name" && is_language(member)) {
            category.name.set(member, text);
        } else {
            return not_known();
        }
        return std::nullopt;
    }

    Problem market(std::string_view code, std::string_view member, const std::string& text) {
        auto& market = markets_[std::string(code)];
        market.code = code;
        const auto name = take(member);
        if (name == "country") {
            return put(market.country, parse_country(text));
        }
        if (name == "currency") {
            return put(market.currency, parse_currency(text));
        }
        if (name == "time_zone") {
            market.time_zone = text;
        } else if (name == "legal_entity") {
            market.legal_entity = text;
        } else if (name == "language") {
            market.languages = {text};
        } else if (name == "name" && is_language(member)) {
            market.name.set(member, text);
        } else if (name == "tax" && !member.empty()) {
            mapping_.tax_rates.push_back({.market = code, .tax_class = std::string(member)});
            return put(mapping_.tax_rates.back().rate, parse_percent(text));
        } else {
            return not_known();
        }
        return std::nullopt;
    }

    Problem unknown_table(const Patterns& patterns) const {
        for (const auto& [name, pattern] : patterns) {
            for (const auto& table : pattern.tables()) {
                if (!mapping_.tables.contains(table)) {
                    return fmt::format("{}: there is no table values.{}", name, table);
                }
            }
        }
        return std::nullopt;
    }

    /// Parents first.
    Problem sort_categories() {
        while (!categories_.empty()) {
            const auto before = categories_.size();
            std::erase_if(categories_, [&](const auto& entry) {
                const auto& category = entry.second;
                const bool ready = !category.parent || !categories_.contains(*category.parent);
                if (ready) {
                    mapping_.categories.push_back(category);
                }
                return ready;
            });
            if (categories_.size() == before) {
                return fmt::format("categories.{} is above itself", categories_.begin()->first);
            }
        }
        return std::nullopt;
    }

    Mapping mapping_;
    std::map<std::string, catalog::Category> categories_;
    std::map<std::string, stores::Market> markets_;
};

/// What native columns make, by kind.
Patterns& patterns_for(Mapping& mapping, Kind kind) {
    switch (kind) {
        case Kind::products:
            return mapping.product;
        case Kind::prices:
            return mapping.price.emplace().patterns;
        case Kind::orders:
            return mapping.orders;
        default:
            return mapping.stock;
    }
}

bool is_native(Kind kind, std::string_view column) {
    switch (kind) {
        case Kind::products:
            return is_product_name(column);
        case Kind::prices:
            return is_one_of(column, price_names);
        case Kind::orders:
            return is_one_of(column, order_names);
        default:
            return is_one_of(column, stock_names);
    }
}

std::vector<std::string_view> required_columns(Kind kind) {
    switch (kind) {
        case Kind::products:
            return {"sku", "category"};
        case Kind::prices:
            return {"sku", "amount"};
        case Kind::orders:
            return {"number", "placed_at", "sku", "quantity", "gross"};
        default:
            return {"sku", "location", "on_hand"};
    }
}

}  // namespace

namespace {

std::expected<Mapping, std::string> mapping_of(
    const std::expected<std::vector<TomlValue>, std::string>& values, const std::string& name) {
    if (!values) {
        return std::unexpected(values.error());
    }
    Reader reader;
    for (const auto& value : *values) {
        if (const auto problem = reader.take_value(value)) {
            return std::unexpected(fmt::format("{}:{}: {} = \"{}\": {}", name, value.line,
                                               value.path, value.text, *problem));
        }
    }
    if (const auto problem = reader.finish()) {
        return std::unexpected(fmt::format("{}: {}", name, *problem));
    }
    return std::move(reader).mapping();
}

}  // namespace

std::expected<Mapping, std::string> read_mapping(const std::filesystem::path& file) {
    return mapping_of(config::read_toml(file), file.string());
}

std::expected<Mapping, std::string> parse_mapping(const std::string& toml,
                                                  const std::string& name) {
    return mapping_of(config::parse_toml(toml, name), name);
}

std::expected<Mapping, std::string> native_mapping(Kind kind,
                                                   const std::vector<std::string>& header) {
    Mapping mapping;
    auto& patterns = patterns_for(mapping, kind);
    for (const auto& column : header) {
        if (!is_native(kind, column)) {
            return std::unexpected(fmt::format(
                "column {}: is not known; see docs/imports.md, or pass --mapping", column));
        }
        put_pattern(patterns, column, "{" + column + "}");
    }
    for (const auto column : required_columns(kind)) {
        if (!patterns.contains(column)) {
            return std::unexpected(fmt::format(
                "column {}: is missing; see docs/imports.md, or pass --mapping", column));
        }
    }
    return mapping;
}

std::set<std::string> fields_used(const Mapping& mapping, Kind kind) {
    std::set<std::string> used;
    const auto add = [&](const Patterns& patterns) {
        for (const auto& [name, pattern] : patterns) {
            for (auto& field : pattern.fields()) {
                used.insert(std::move(field));
            }
        }
    };
    if (kind == Kind::products) {
        add(mapping.product);
    }
    if (kind == Kind::stock) {
        add(mapping.stock);
    } else if (kind == Kind::orders) {
        add(mapping.orders);
    } else if (mapping.price) {
        add(mapping.price->patterns);
    }
    return used;
}

}  // namespace kontor::importing
