#pragma once

#include <algorithm>
#include <string_view>

/// The shop's data stands in the source as small tables of text; these read them.
namespace kontor::seed {

/// Cuts off and returns what stands before `separator`; all of it when there is none.
constexpr std::string_view take(std::string_view& rest, char separator) {
    const auto end = std::min(rest.find(separator), rest.size());
    const auto part = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return part;
}

/// Calls `visit(line)` for each line that isn't empty.
template <class Visit>
constexpr void for_each_line(std::string_view table, Visit&& visit) {
    while (!table.empty()) {
        if (const auto line = take(table, '\n'); !line.empty()) {
            visit(line);
        }
    }
}

}  // namespace kontor::seed
