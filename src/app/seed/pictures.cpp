#include "app/seed/pictures.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

#include "app/seed/icons.hpp"

namespace kontor::seed {

namespace {

struct Colour {
    int red = 0;
    int green = 0;
    int blue = 0;
};

Colour read_colour(std::string_view hex) {
    int value = 0;
    std::from_chars(hex.data(), hex.data() + hex.size(), value, 16);
    return {value >> 16 & 0xff, value >> 8 & 0xff, value & 0xff};
}

/// `percent` of the way from `from` to `to`.
std::string mix(Colour from, Colour to, int percent) {
    const auto part = [&](int a, int b) { return a + (b - a) * percent / 100; };
    return fmt::format("#{:02x}{:02x}{:02x}", part(from.red, to.red), part(from.green, to.green),
                       part(from.blue, to.blue));
}

constexpr Colour ink{0x2d, 0x33, 0x40};
constexpr Colour paper{0xff, 0xff, 0xff};

/// What each letter after a `$` in a drawing stands for.
std::array<std::pair<char, std::string>, 9> palette(Colour colour) {
    // A light article needs a darker ground to stand out from.
    const bool light = 2 * colour.red + 5 * colour.green + colour.blue > 8 * 200;
    const auto ground = light ? mix(colour, {0x6b, 0x7f, 0x96}, 45) : mix(colour, paper, 84);
    return {{{'c', mix(colour, ink, 0)},
             {'d', mix(colour, ink, 28)},
             {'l', mix(colour, paper, 42)},
             {'k', "#2d3340"},
             {'m', "#8f9bab"},
             {'n', "#cdd5df"},
             {'w', "#fdfdfb"},
             {'b', ground},
             {'s', mix(colour, ink, 55)}}};
}

std::string_view body_of(std::string_view icon) {
    for (const auto& group : {outdoor_icons(), interior_icons(), building_icons()}) {
        const auto found = std::ranges::find(group, icon, &Icon::name);
        if (found != group.end()) {
            return found->body;
        }
    }
    throw std::logic_error("no drawing of " + std::string(icon));
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 31> colours{{
    {"anthracite", "3d444d"}, {"black", "26292e"},      {"blue", "2f6fb5"},
    {"brass", "c9a24a"},      {"brown", "7a5236"},      {"chrome", "b9c3ce"},
    {"cream", "f1e6cc"},      {"green", "3f8f54"},      {"grey", "9aa0a6"},
    {"natural", "d2a971"},    {"navy", "24365c"},       {"nickel", "a8a79e"},
    {"oak", "c49a62"},        {"olive", "75794a"},      {"orange", "e8823a"},
    {"pine", "dfbf86"},       {"red", "c8372d"},        {"rose", "dba3a4"},
    {"sage", "9caf88"},       {"sand", "d8c6a4"},       {"silver", "c3c9cf"},
    {"sky", "8dbfe0"},        {"smoked", "6e5440"},     {"steel", "aab2bb"},
    {"teak", "9a683b"},       {"terracotta", "b5654a"}, {"transparent", "d6e6ee"},
    {"walnut", "6b4a34"},     {"white", "f6f5f1"},      {"white_oiled", "e6dcc9"},
    {"yellow", "e9c13b"},
}};

}  // namespace

std::string_view colour_hex(std::string_view option) {
    const auto found =
        std::ranges::find(colours, option, [](const auto& pair) { return pair.first; });
    return found == colours.end() ? std::string_view() : found->second;
}

std::string draw(std::string_view icon, std::string_view colour) {
    const auto letters = palette(read_colour(colour));
    std::string svg =
        R"svg(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200"><rect width="200" )svg"
        R"svg(height="200" fill="$b"/><g transform="translate(20 20) scale(.8)">)svg";
    svg += body_of(icon);
    svg += "</g></svg>";
    for (const auto& [letter, value] : letters) {
        const std::string key{'$', letter};
        for (auto at = svg.find(key); at != std::string::npos; at = svg.find(key, at)) {
            svg.replace(at, key.size(), value);
        }
    }
    return svg;
}

}  // namespace kontor::seed
