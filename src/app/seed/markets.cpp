#include "app/seed/markets.hpp"

#include <array>

namespace kontor::seed {

namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::year;

constexpr TaxRate from(int y, unsigned m, unsigned d, int basis_points) {
    return {year(y) / month(m) / day(d), BasisPoints{basis_points}};
}

std::vector<TaxClass> taxes(std::vector<TaxRate> standard, std::vector<TaxRate> reduced) {
    return {{"standard", std::move(standard)}, {"reduced", std::move(reduced)}};
}

Texts named(std::string_view de, std::string_view en, std::string_view fr) {
    return {{"de", std::string(de)}, {"en", std::string(en)}, {"fr", std::string(fr)}};
}

// Rates and dates: European Commission, "Taxes in Europe" database (TEDB), and the national laws
// for Switzerland (MWSTG art. 25), Norway (merverdiavgiftsloven ch. 5) and Iceland (lög 50/1988).

Market germany() {
    return {.code = "de",
            .country = "DE",
            .names = named("Deutschland", "Germany", "Allemagne"),
            .currency = Currency("EUR"),
            .languages = {"de", "en"},
            .time_zone = "Europe/Berlin",
            .legal_entity = "Kontor Baumarkt Deutschland GmbH",
            .tax_classes =
                taxes({from(2007, 1, 1, 1900), from(2020, 7, 1, 1600), from(2021, 1, 1, 1900)},
                      {from(1983, 7, 1, 700), from(2020, 7, 1, 500), from(2021, 1, 1, 700)})};
}

Market austria() {
    return {.code = "at",
            .country = "AT",
            .names = named("Österreich", "Austria", "Autriche"),
            .currency = Currency("EUR"),
            .languages = {"de", "en"},
            .time_zone = "Europe/Vienna",
            .legal_entity = "Kontor Baumarkt Österreich GmbH",
            .tax_classes = taxes({from(1984, 1, 1, 2000)}, {from(1984, 1, 1, 1000)})};
}

Market switzerland() {
    return {
        .code = "ch",
        .country = "CH",
        .names = named("Schweiz", "Switzerland", "Suisse"),
        .currency = Currency("CHF"),
        .languages = {"de", "fr", "it", "en"},
        .time_zone = "Europe/Zurich",
        .tax_rounding = TaxRounding::document,
        .legal_entity = "Kontor Baumarkt Schweiz AG",
        .tax_classes = taxes({from(2011, 1, 1, 800), from(2018, 1, 1, 770), from(2024, 1, 1, 810)},
                             {from(2011, 1, 1, 250), from(2024, 1, 1, 260)})};
}

Market italy() {
    return {.code = "it",
            .country = "IT",
            .names = named("Italien", "Italy", "Italie"),
            .currency = Currency("EUR"),
            .languages = {"it", "de", "en"},
            .time_zone = "Europe/Rome",
            .legal_entity = "Kontor Bricolage Italia S.r.l.",
            .tax_classes =
                taxes({from(1997, 10, 1, 2000), from(2011, 9, 17, 2100), from(2013, 10, 1, 2200)},
                      {from(1995, 2, 24, 1000)})};
}

Market france() {
    return {.code = "fr",
            .country = "FR",
            .names = named("Frankreich", "France", "France"),
            .currency = Currency("EUR"),
            .languages = {"fr", "en"},
            .time_zone = "Europe/Paris",
            .legal_entity = "Kontor Bricolage France SAS",
            .tax_classes =
                taxes({from(2000, 4, 1, 1960), from(2014, 1, 1, 2000)}, {from(1982, 7, 1, 550)})};
}

Market spain() {
    return {.code = "es",
            .country = "ES",
            .names = named("Spanien", "Spain", "Espagne"),
            .currency = Currency("EUR"),
            .languages = {"es", "en"},
            .time_zone = "Europe/Madrid",
            .legal_entity = "Kontor Bricolaje España S.L.U.",
            .tax_classes =
                taxes({from(1995, 1, 1, 1600), from(2010, 7, 1, 1800), from(2012, 9, 1, 2100)},
                      {from(1995, 1, 1, 700), from(2010, 7, 1, 800), from(2012, 9, 1, 1000)})};
}

Market portugal() {
    return {.code = "pt",
            .country = "PT",
            .names = named("Portugal", "Portugal", "Portugal"),
            .currency = Currency("EUR"),
            .languages = {"pt", "en"},
            .time_zone = "Europe/Lisbon",
            .legal_entity = "Kontor Bricolage Portugal, Lda.",
            .tax_classes =
                taxes({from(2010, 7, 1, 2100), from(2011, 1, 1, 2300)}, {from(2010, 7, 1, 600)})};
}

Market netherlands() {
    return {.code = "nl",
            .country = "NL",
            .names = named("Niederlande", "Netherlands", "Pays-Bas"),
            .currency = Currency("EUR"),
            .languages = {"nl", "en"},
            .time_zone = "Europe/Amsterdam",
            .tax_rounding = TaxRounding::document,
            .legal_entity = "Kontor Bouwmarkt Nederland B.V.",
            .tax_classes = taxes({from(2001, 1, 1, 1900), from(2012, 10, 1, 2100)},
                                 {from(1986, 10, 1, 600), from(2019, 1, 1, 900)})};
}

Market belgium() {
    return {.code = "be",
            .country = "BE",
            .names = named("Belgien", "Belgium", "Belgique"),
            .currency = Currency("EUR"),
            .languages = {"nl", "fr", "de", "en"},
            .time_zone = "Europe/Brussels",
            .tax_rounding = TaxRounding::document,
            .legal_entity = "Kontor Bouwmarkt België NV",
            .tax_classes = taxes({from(1996, 1, 1, 2100)}, {from(1996, 1, 1, 600)})};
}

Market luxembourg() {
    return {.code = "lu",
            .country = "LU",
            .names = named("Luxemburg", "Luxembourg", "Luxembourg"),
            .currency = Currency("EUR"),
            .languages = {"fr", "de", "en"},
            .time_zone = "Europe/Luxembourg",
            .legal_entity = "Kontor Bricolage Luxembourg S.à r.l.",
            .tax_classes = taxes({from(1992, 1, 1, 1500), from(2015, 1, 1, 1700),
                                  from(2023, 1, 1, 1600), from(2024, 1, 1, 1700)},
                                 {from(1992, 1, 1, 600), from(2015, 1, 1, 800),
                                  from(2023, 1, 1, 700), from(2024, 1, 1, 800)})};
}

Market denmark() {
    // Denmark has one rate only, so its reduced class is taxed like the standard one.
    return {.code = "dk",
            .country = "DK",
            .names = named("Dänemark", "Denmark", "Danemark"),
            .currency = Currency("DKK"),
            .languages = {"da", "en"},
            .time_zone = "Europe/Copenhagen",
            .legal_entity = "Kontor Byggemarked Danmark ApS",
            .tax_classes = taxes({from(1992, 1, 1, 2500)}, {from(1992, 1, 1, 2500)})};
}

Market sweden() {
    return {.code = "se",
            .country = "SE",
            .names = named("Schweden", "Sweden", "Suède"),
            .currency = Currency("SEK"),
            .languages = {"sv", "en"},
            .time_zone = "Europe/Stockholm",
            .legal_entity = "Kontor Byggvaruhus Sverige AB",
            .tax_classes = taxes({from(1990, 7, 1, 2500)}, {from(1996, 1, 1, 1200)})};
}

Market norway() {
    return {.code = "no",
            .country = "NO",
            .names = named("Norwegen", "Norway", "Norvège"),
            .currency = Currency("NOK"),
            .languages = {"nb", "en"},
            .time_zone = "Europe/Oslo",
            .legal_entity = "Kontor Byggevarehus Norge AS",
            .tax_classes = taxes({from(2005, 1, 1, 2500)}, {from(2012, 1, 1, 1500)})};
}

Market finland() {
    return {.code = "fi",
            .country = "FI",
            .names = named("Finnland", "Finland", "Finlande"),
            .currency = Currency("EUR"),
            .languages = {"fi", "sv", "en"},
            .time_zone = "Europe/Helsinki",
            .legal_entity = "Kontor Rautakauppa Suomi Oy",
            .tax_classes =
                taxes({from(2010, 7, 1, 2300), from(2013, 1, 1, 2400), from(2024, 9, 1, 2550)},
                      {from(2013, 1, 1, 1400), from(2026, 1, 1, 1350)})};
}

Market iceland() {
    return {.code = "is",
            .country = "IS",
            .names = named("Island", "Iceland", "Islande"),
            .currency = Currency("ISK"),
            .languages = {"is", "en"},
            .time_zone = "Atlantic/Reykjavik",
            .legal_entity = "Kontor Byggingavörur Ísland ehf.",
            .tax_classes = taxes({from(2010, 1, 1, 2550), from(2015, 1, 1, 2400)},
                                 {from(2007, 3, 1, 700), from(2015, 1, 1, 1100)})};
}

Market poland() {
    return {.code = "pl",
            .country = "PL",
            .names = named("Polen", "Poland", "Pologne"),
            .currency = Currency("PLN"),
            .languages = {"pl", "en"},
            .time_zone = "Europe/Warsaw",
            .legal_entity = "Kontor Market Budowlany Polska Sp. z o.o.",
            .tax_classes = taxes({from(1993, 7, 5, 2200), from(2011, 1, 1, 2300)},
                                 {from(1993, 7, 5, 700), from(2011, 1, 1, 800)})};
}

Market czechia() {
    return {.code = "cz",
            .country = "CZ",
            .names = named("Tschechien", "Czechia", "Tchéquie"),
            .currency = Currency("CZK"),
            .languages = {"cs", "en"},
            .time_zone = "Europe/Prague",
            .legal_entity = "Kontor Hobby Market Česko s.r.o.",
            .tax_classes = taxes({from(2010, 1, 1, 2000), from(2013, 1, 1, 2100)},
                                 {from(2013, 1, 1, 1500), from(2024, 1, 1, 1200)})};
}

Market slovakia() {
    return {.code = "sk",
            .country = "SK",
            .names = named("Slowakei", "Slovakia", "Slovaquie"),
            .currency = Currency("EUR"),
            .languages = {"sk", "en"},
            .time_zone = "Europe/Bratislava",
            .legal_entity = "Kontor Hobby Market Slovensko s.r.o.",
            .tax_classes =
                taxes({from(2004, 1, 1, 1900), from(2011, 1, 1, 2000), from(2025, 1, 1, 2300)},
                      {from(2007, 1, 1, 1000), from(2025, 1, 1, 1900)})};
}

Market hungary() {
    return {.code = "hu",
            .country = "HU",
            .names = named("Ungarn", "Hungary", "Hongrie"),
            .currency = Currency("HUF"),
            .languages = {"hu", "en"},
            .time_zone = "Europe/Budapest",
            .legal_entity = "Kontor Barkácsáruház Magyarország Kft.",
            .tax_classes =
                taxes({from(2009, 7, 1, 2500), from(2012, 1, 1, 2700)}, {from(2009, 7, 1, 1800)})};
}

constexpr std::array<MarketProfile, 19> profiles{{
    {"de", "central", 92, 1000}, {"at", "central", 18, 1030}, {"ch", "central", 14, 1090},
    {"it", "south", 16, 1000},   {"fr", "west", 26, 1020},    {"es", "south", 18, 980},
    {"pt", "south", 8, 990},     {"nl", "west", 22, 1030},    {"be", "west", 12, 1040},
    {"lu", "west", 2, 1020},     {"dk", "north", 10, 8000},   {"se", "north", 15, 11600},
    {"no", "north", 10, 12400},  {"fi", "north", 8, 1080},    {"is", "north", 2, 178000},
    {"pl", "east", 15, 4200},    {"cz", "east", 10, 24600},   {"sk", "east", 5, 1010},
    {"hu", "east", 8, 398000},
}};

}  // namespace

std::vector<Market> all_markets() {
    return {germany(),     austria(), switzerland(), italy(),    france(), spain(),  portugal(),
            netherlands(), belgium(), luxembourg(),  denmark(),  sweden(), norway(), finland(),
            iceland(),     poland(),  czechia(),     slovakia(), hungary()};
}

std::span<const MarketProfile> market_profiles() {
    return profiles;
}

}  // namespace kontor::seed
