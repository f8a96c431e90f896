#pragma once

#include <random>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "services/discovery/engine/product.hpp"

namespace kontor::bench {

/// A generated DIY catalogue, the same every time: 19 markets, 270 stores with 80 of them stocking
/// a product, texts in German and English, 120 brands, 300 leaf categories, 4 attributes a product.
class Catalogue {
public:
    using Product = discovery::engine::IndexedProduct;

    Product product(std::uint64_t id) {
        Product made;
        made.id = id;
        made.slug = fmt::format("produkt-{}", id);
        made.brand = brand(below(below(120) + 1));
        const auto leaf = below(300);
        made.category_path = {1 + leaf % 10, 100 + leaf % 60, 1000 + leaf};
        const auto voltage = 6 * (1 + below(6));
        made.attributes = {{"voltage", static_cast<double>(voltage)},
                           {"weight", static_cast<double>(below(200)) / 10},
                           {"colour", of(colours)},
                           {"material", of(materials)}};
        made.texts = {text("de", made.brand, leaf, voltage), text("en", made.brand, leaf, voltage)};
        made.codes = {fmt::format("KT-{:05}-{:02}", id, id % 97), fmt::format("{:013}", 4e12 + id)};
        made.created_at = static_cast<std::int64_t>(below(1'000'000'000));
        made.rank = static_cast<std::uint32_t>(below(10'000));
        const auto price = static_cast<std::int64_t>(99 + 100 * below(500));
        for (int market = 0; market < 19; ++market) {
            made.offers.push_back({market_name(market), below(20) > 0, {{0, forever, price}}});
            if (below(10) == 0) {
                made.offers.back().windows.push_back({1000, 2000, price * 8 / 10});
            }
            if (below(3) > 0) {
                made.availability.online_in.push_back(market_name(market));
            }
        }
        for (std::uint32_t store = 0; store < 270; ++store) {
            if (below(270) < 80) {
                made.availability.stores.push_back(store);
            }
        }
        return made;
    }

    /// Two or three words, as shoppers type them; a tenth with a typing error.
    std::string search() {
        std::string text = of(adjectives) + " " + lower(of(modifiers) + of(heads));
        if (below(2) == 0) {
            text = lower(of(modifiers)) + " " + lower(of(heads)) + " " +
                   fmt::format("{} v", 6 * (1 + below(6)));
        }
        if (below(10) == 0) {
            text.erase(text.size() - 4, 1);
        }
        return text;
    }

    static std::string market_name(int market) { return fmt::format("m{}", market); }
    static std::string brand(std::uint64_t number) { return fmt::format("Marke{}", number); }
    static constexpr std::int64_t now = 1500;
    static constexpr auto forever = discovery::engine::forever;

private:
    std::uint64_t below(std::uint64_t end) {
        return std::uniform_int_distribution<std::uint64_t>(0, end - 1)(random_);
    }
    const std::string& of(const std::vector<std::string>& all) { return all[below(all.size())]; }
    static std::string lower(std::string text) {
        for (char& c : text) {
            c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        }
        return text;
    }

    discovery::engine::LocalizedText text(const std::string& language, const std::string& brand,
                                          std::uint64_t leaf, std::uint64_t voltage) {
        const auto noun = of(modifiers) + lower(of(heads));
        discovery::engine::LocalizedText made;
        made.language = language;
        made.name = fmt::format("{} {} {} {} V {}{}", brand, of(adjectives), noun, voltage,
                                of(series), below(900) + 100);
        made.keywords = {of(modifiers), noun};
        made.category_names = {of(heads), of(modifiers) + lower(of(heads)),
                               fmt::format("{} {}", of(heads), leaf)};
        for (std::uint64_t i = 20 + below(40); i > 0; --i) {
            made.description += below(4) == 0   ? of(modifiers) + lower(of(heads)) + " "
                                : below(2) == 0 ? of(fillers) + " "
                                                : fmt::format("wort{} ", below(below(6000) + 1));
        }
        return made;
    }

    std::mt19937_64 random_{42};
    std::vector<std::string> modifiers = {
        "Akku",  "Bohr",   "Schlag", "Stich",  "Kreis",   "Hand",  "Garten", "Holz",   "Metall",
        "Stein", "Werk",   "Schutz", "Arbeit", "Wasser",  "Strom", "Licht",  "Farb",   "Lack",
        "Wand",  "Decken", "Boden",  "Dach",   "Fenster", "Tür",   "Möbel",  "Küchen", "Bad"};
    std::vector<std::string> heads = {
        "Schrauber", "Hammer", "Säge",   "Bohrer", "Zange",  "Leiter",   "Lampe",  "Pinsel",
        "Rolle",     "Kelle",  "Leiste", "Platte", "Griff",  "Schloss",  "Halter", "Koffer",
        "Handschuh", "Brille", "Hose",   "Schuh",  "Pumpe",  "Schlauch", "Kabel",  "Stecker",
        "Schalter",  "Regal",  "Kleber", "Fräse",  "Messer", "Wagen"};
    std::vector<std::string> adjectives = {"rot",    "blau",    "groß",  "klein",
                                           "stark",  "leicht",  "neu",   "professionell",
                                           "robust", "kompakt", "leise", "schwer"};
    std::vector<std::string> series = {"GSR", "GBH", "DDF", "PSB", "TX", "HR", "WX", "EC"};
    std::vector<std::string> colours = {"rot", "blau", "grün", "schwarz", "weiß", "grau", "gelb"};
    std::vector<std::string> materials = {"Stahl", "Holz", "Aluminium", "Kunststoff", "Messing"};
    std::vector<std::string> fillers = {"und", "mit", "für", "der", "die", "das", "in", "aus"};
};

}  // namespace kontor::bench
