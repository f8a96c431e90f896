#include "services/imports/importing/pattern.hpp"

#include <algorithm>

namespace kontor::importing {

namespace {

constexpr std::string_view blanks = " \t\r\n";

std::string_view trimmed(std::string_view text) {
    const auto begin = text.find_first_not_of(blanks);
    return begin == std::string_view::npos
               ? std::string_view()
               : text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

/// The table's word for `value`, or for anything.
std::optional<std::string> looked_up(const std::map<std::string, std::string>& table,
                                     const std::string& value) {
    for (const auto& key : {value, std::string("*")}) {
        if (const auto found = table.find(key); found != table.end()) {
            return found->second;
        }
    }
    return std::nullopt;
}

}  // namespace

std::expected<Pattern::Piece, std::string> Pattern::parse_field(std::string_view inside) {
    Piece piece{.kind = Piece::Kind::row_field};
    const auto bar = std::min(inside.find('|'), inside.size());
    auto name = trimmed(inside.substr(0, bar));
    if (bar < inside.size()) {
        piece.table = trimmed(inside.substr(bar + 1));
    }
    if (name.starts_with('.')) {
        piece.kind = Piece::Kind::entry_field;
        name.remove_prefix(1);
    }
    if (name.empty() || (bar < inside.size() && piece.table.empty())) {
        return std::unexpected(
            fmt::format("{{{}}}: must be {{field}}, {{.field}} or {{field|table}}", inside));
    }
    piece.text = name;
    return piece;
}

std::expected<Pattern, std::string> Pattern::parse(std::string_view text) {
    Pattern pattern;
    std::string plain;
    while (!text.empty()) {
        if (text.front() != '{' || text.starts_with("{{")) {
            plain += text.front();
            text.remove_prefix(text.front() == '{' ? 2 : 1);
            continue;
        }
        const auto end = text.find('}');
        if (end == std::string_view::npos) {
            return std::unexpected(fmt::format("{}: the brace is not closed", text));
        }
        auto piece = parse_field(text.substr(1, end - 1));
        if (!piece) {
            return std::unexpected(std::move(piece).error());
        }
        if (!plain.empty()) {
            pattern.pieces_.push_back({.text = std::exchange(plain, {})});
        }
        pattern.pieces_.push_back(*std::move(piece));
        text.remove_prefix(end + 1);
    }
    if (!plain.empty()) {
        pattern.pieces_.push_back({.text = std::move(plain)});
    }
    return pattern;
}

std::expected<std::optional<std::string>, RowFault> Pattern::fill(const Scope& scope) const {
    std::string text;
    for (const auto& piece : pieces_) {
        if (piece.kind == Piece::Kind::text) {
            text += piece.text;
            continue;
        }
        const auto* fields = piece.kind == Piece::Kind::row_field ? &scope.row : scope.entry;
        auto value = fields == nullptr ? std::nullopt : fields->text(piece.text);
        if (!value || trimmed(*value).empty()) {
            return std::nullopt;
        }
        if (!piece.table.empty()) {
            const auto table = scope.tables.find(piece.table);
            auto found =
                table == scope.tables.end() ? std::nullopt : looked_up(table->second, *value);
            if (!found) {
                return std::unexpected(
                    RowFault{piece.text, *value,
                             fmt::format("is not in the mapping's table values.{}", piece.table)});
            }
            value = std::move(found);
        }
        text += *value;
    }
    const auto result = trimmed(text);
    return result.empty() ? std::nullopt : std::optional(std::string(result));
}

std::vector<std::string> Pattern::fields() const {
    std::vector<std::string> names;
    for (const auto& piece : pieces_) {
        if (piece.kind == Piece::Kind::row_field) {
            names.push_back(piece.text);
        }
    }
    return names;
}

std::vector<std::string> Pattern::tables() const {
    std::vector<std::string> names;
    for (const auto& piece : pieces_) {
        if (!piece.table.empty()) {
            names.push_back(piece.table);
        }
    }
    return names;
}

const std::string& Pattern::first_field() const {
    static const std::string none;
    const auto found = std::ranges::find_if(
        pieces_, [](const Piece& piece) { return piece.kind != Piece::Kind::text; });
    return found == pieces_.end() ? none : found->text;
}

}  // namespace kontor::importing
