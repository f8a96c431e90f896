#include "journeys/assortment.hpp"

namespace kontor::journeys::assortment {

namespace {

const Currency eur("EUR");

catalog::ProductDraft drill_draft() {
    return {.code = "4711",
            .slug = "akku-bohrschrauber-18-v",
            .name = {{"de", "Akku-Bohrschrauber 18 V"}, {"en", "Cordless drill 18 V"}},
            .brand = "Ferrox",
            .category = "drills",
            .attributes = {{.name = "voltage", .number = Quantity::of(18), .unit = "V"}},
            .variants = {{.sku = drill}}};
}

catalog::ProductDraft cable_draft() {
    return {.code = "0815",
            .slug = "mantelleitung-nym-j",
            .name = {{"de", "Mantelleitung NYM-J"}, {"en", "Sheathed cable NYM-J"}},
            .brand = "Ampera",
            .category = "cables",
            .variants = {{.sku = cable,
                          .content = Measure{Quantity::of(1), units::metre},
                          .sales_unit = units::metre,
                          .minimum = {500},
                          .step = {50}}}};
}

}  // namespace

stores::PutMarkets markets() {
    return {{{.code = "de",
              .country = Country("DE"),
              .name = {{"de", "Deutschland"}},
              .currency = eur,
              .languages = {"de", "en"},
              .time_zone = "Europe/Berlin",
              .legal_entity = "Kontor GmbH"}}};
}

stores::PutStores stores() {
    return {{{.id = "warehouse",
              .kind = stores::LocationKind::warehouse,
              .market = "de",
              .name = "Lager",
              .address = {"Hafen 1", "68159", "Mannheim", Country("DE")},
              .location = {49.50, 8.45},
              .opening_hours = {},
              .serves_online = {"de"}},
             {.id = "de-001",
              .market = "de",
              .name = "Mannheim",
              .address = {"Planken 2", "68161", "Mannheim", Country("DE")},
              .location = {49.487, 8.466},
              .opening_hours = "Mo-Sa 08:00-20:00"}}};
}

catalog::PutCategories categories() {
    return {{{.code = "tools", .name = {{"de", "Werkzeug"}}},
             {.code = "drills", .parent = "tools", .name = {{"de", "Bohrmaschinen"}}},
             {.code = "cables", .name = {{"de", "Kabel"}}}}};
}

catalog::PutProducts products() {
    return {{drill_draft(), cable_draft()}};
}

pricing::PutTaxRates tax_rates() {
    return {{{.market = "de",
              .tax_class = "standard",
              .rate = {1900},
              .valid_from = *parse_date("2007-01-01")}}};
}

pricing::PutPrices prices() {
    return {{{.sku = drill, .market = "de", .amount = {9999, eur}},
             {.sku = cable, .market = "de", .amount = {149, eur}}}};
}

inventory::PutStock stock() {
    return {{{.sku = drill, .location = "warehouse", .on_hand = Quantity::of(20)},
             {.sku = drill, .location = "de-001", .on_hand = Quantity::of(3)},
             {.sku = cable, .location = "warehouse", .on_hand = Quantity::of(500)}}};
}

}  // namespace kontor::journeys::assortment
