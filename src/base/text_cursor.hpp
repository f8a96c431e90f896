#pragma once

#include <optional>
#include <string_view>

#include "base/date.hpp"

namespace kontor {

/// Reads fixed-width parts off the front of a text; what does not fit leaves nothing.
class TextCursor {
public:
    explicit TextCursor(std::string_view text) : rest_(text) {}

    bool at_end() const { return rest_.empty(); }
    /// Takes one of `allowed`, or 0.
    char one_of(std::string_view allowed);
    /// Takes exactly `count` digits, with a value from `low` to `high`.
    std::optional<int> number(std::size_t count, int low, int high);
    /// Takes the digits at the front, whatever their number.
    std::string_view digits();
    /// Takes `YYYY-MM-DD`, if the month has that day.
    std::optional<Date> date();

private:
    std::string_view rest_;
};

}  // namespace kontor
