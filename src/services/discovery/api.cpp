#include "services/discovery/api.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace kontor::describe {

using discovery::Coordinates;
using discovery::PriceRange;
using discovery::Sort;

namespace {

constexpr std::array<std::pair<Sort, std::string_view>, 5> sorts{{
    {Sort::relevance, "relevance"},
    {Sort::price_ascending, "price"},
    {Sort::price_descending, "-price"},
    {Sort::name, "name"},
    {Sort::newest, "newest"},
}};

bool read_degrees(std::string_view text, double limit, double& out) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    return error == std::errc{} && end == text.data() + text.size() && std::abs(out) <= limit;
}

bool is_amount(std::string_view text) {
    return text.find_first_not_of("0123456789.") == text.npos && !text.starts_with('.') &&
           !text.ends_with('.');
}

}  // namespace

void TextForm<Coordinates>::append(std::string& out, const Coordinates& point) {
    fmt::format_to(std::back_inserter(out), "{},{}", point.latitude, point.longitude);
}

std::expected<Coordinates, std::string> TextForm<Coordinates>::parse(std::string_view text) {
    const auto comma = text.find(',');
    Coordinates point;
    if (comma == text.npos || !read_degrees(text.substr(0, comma), 90, point.latitude) ||
        !read_degrees(text.substr(comma + 1), 180, point.longitude)) {
        return std::unexpected(
            fmt::format("must be latitude and longitude in degrees, as 49.49,8.47, not \"{}\"",
                        text.substr(0, 60)));
    }
    return point;
}

void TextForm<PriceRange>::append(std::string& out, const PriceRange& range) {
    out += range.at_least;
    out += "..";
    out += range.at_most;
}

std::expected<PriceRange, std::string> TextForm<PriceRange>::parse(std::string_view text) {
    const auto dots = text.find("..");
    if (dots != text.npos) {
        PriceRange range{std::string(text.substr(0, dots)), std::string(text.substr(dots + 2))};
        if (is_amount(range.at_least) && is_amount(range.at_most) &&
            !(range.at_least.empty() && range.at_most.empty())) {
            return range;
        }
    }
    return std::unexpected(
        fmt::format("must be a range as 10..50, 10.. or ..50, not \"{}\"", text.substr(0, 60)));
}

void TextForm<Sort>::append(std::string& out, Sort sort) {
    out += std::ranges::find(sorts, sort, &std::pair<Sort, std::string_view>::first)->second;
}

std::expected<Sort, std::string> TextForm<Sort>::parse(std::string_view text) {
    const auto found = std::ranges::find(sorts, text, &std::pair<Sort, std::string_view>::second);
    if (found == sorts.end()) {
        return std::unexpected(
            fmt::format("must be one of relevance, price, -price, name, newest, not \"{}\"",
                        text.substr(0, 60)));
    }
    return found->first;
}

}  // namespace kontor::describe
