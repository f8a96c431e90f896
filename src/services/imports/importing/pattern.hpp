#pragma once

#include <expected>
#include <map>

#include "services/imports/importing/fields.hpp"

namespace kontor::importing {

/// Tables that rewrite what a file calls something: by table, then by the file's value. The value
/// `*` stands for any that is not listed.
using ValueTables = std::map<std::string, std::map<std::string, std::string>, std::less<>>;

/// What a pattern is filled in from.
struct Scope {
    const Fields& row;
    const Fields* entry = nullptr;  ///< Of the list that is gone through, if any.
    const ValueTables& tables;
};

/// How a value is made from a row: text with fields in braces, as in `{quantity} {unit|units}`.
/// `{name}` is a field of the row, `{.name}` one of the list's entry, `{name|table}` is looked up
/// in a table. `{{` is a brace.
class Pattern {
public:
    /// The error says what was expected.
    static std::expected<Pattern, std::string> parse(std::string_view text);

    /// The text without blanks around it; nothing where one of its fields is missing or empty.
    std::expected<std::optional<std::string>, RowFault> fill(const Scope& scope) const;

    /// The row's fields that it uses, and the tables.
    std::vector<std::string> fields() const;
    std::vector<std::string> tables() const;

    /// Where to point when what it made is not good: its first field.
    const std::string& first_field() const;

private:
    struct Piece {
        std::string text;   ///< A field's name, or just text.
        std::string table;  ///< Where a field is looked up.
        enum class Kind { text, row_field, entry_field } kind = Kind::text;
    };

    static std::expected<Piece, std::string> parse_field(std::string_view inside);

    std::vector<Piece> pieces_;
};

}  // namespace kontor::importing
