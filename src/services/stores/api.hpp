#pragma once

#include "base/localized_text.hpp"
#include "platform/describe/put_outcome.hpp"
#include "platform/describe/values.hpp"
#include "platform/rpc/contract.hpp"

/// Where the retailer sells: markets with their rules, and the stores and warehouses in them.
namespace kontor::stores {

/// Whether a market's prices stand with their tax or without.
enum class PriceDisplay { gross, net };
BOOST_DESCRIBE_ENUM(PriceDisplay, gross, net)

/// What a market rounds its taxes over: each line, or each rate's sum of the whole document.
enum class TaxRounding { line, document };
BOOST_DESCRIBE_ENUM(TaxRounding, line, document)

enum class LocationKind { store, warehouse };
BOOST_DESCRIBE_ENUM(LocationKind, store, warehouse)

/// A country the retailer sells in.
struct Market {
    MarketCode code;
    Country country;
    LocalizedText name;
    Currency currency;
    std::vector<LocaleCode> languages;
    std::string time_zone;
    PriceDisplay prices = PriceDisplay::gross;
    TaxRounding tax_rounding = TaxRounding::line;
    std::string legal_entity;

    static constexpr auto describe() {
        return described<Market>(
            "A country the retailer sells in.",
            field<&Market::code>("Stable, lower case; part of the shop's addresses: `de`."),
            field<&Market::country>("Where it is."),
            field<&Market::name>("By language, at least one.", {.min_length = 1}),
            field<&Market::currency>("Of all its prices."),
            field<&Market::languages>("BCP 47; the first is the default.",
                                      {.min_length = 1, .max_length = 20}),
            field<&Market::time_zone>(
                "IANA name; its midnight begins a day's tax rates.",
                {.min_length = 1, .max_length = 60, .example = "\"Europe/Berlin\""}),
            field<&Market::prices>("Whether prices include their tax.", {.optional = true}),
            field<&Market::tax_rounding>("What taxes are rounded over.", {.optional = true}),
            field<&Market::legal_entity>("Who sells there, as on invoices.",
                                         {.min_length = 1, .max_length = 200}));
    }
};

struct StoreAddress {
    std::string street;
    std::string postal_code;
    std::string city;
    Country country;

    static constexpr auto describe() {
        return described<StoreAddress>(
            "Where a store or warehouse stands.",
            field<&StoreAddress::street>("With the number.", {.max_length = 200}),
            field<&StoreAddress::postal_code>("As the country writes it.", {.max_length = 20}),
            field<&StoreAddress::city>("The town.", {.min_length = 1, .max_length = 100}),
            field<&StoreAddress::country>("ISO 3166-1 alpha-2."));
    }
};

struct Coordinates {
    double lat = 0;
    double lon = 0;

    static constexpr auto describe() {
        return described<Coordinates>("A point on Earth, WGS 84.",
                                      field<&Coordinates::lat>("Degrees north, -90 to 90."),
                                      field<&Coordinates::lon>("Degrees east, -180 to 180."));
    }
};

/// A building with stock: an expert center that people visit, or a warehouse.
struct Store {
    std::string id;
    LocationKind kind = LocationKind::store;
    MarketCode market;
    std::string name;
    StoreAddress address;
    Coordinates location;
    std::string opening_hours;
    std::vector<MarketCode> serves_online;

    static constexpr auto describe() {
        return described<Store>(
            "A building with stock: a store that people visit, or a warehouse.",
            field<&Store::id>("Its code, called `location` where stock is counted.",
                              {.min_length = 1, .max_length = 64, .example = "\"de-007\""}),
            field<&Store::kind>("What it is.", {.optional = true}),
            field<&Store::market>("Where it stands."),
            field<&Store::name>("As people know it.", {.min_length = 1, .max_length = 200}),
            field<&Store::address>("Where to go."), field<&Store::location>("For distances."),
            field<&Store::opening_hours>("OpenStreetMap's opening_hours syntax.",
                                         {.max_length = 500, .optional = true}),
            field<&Store::serves_online>("Markets whose online orders its stock serves.",
                                         {.max_length = 100}));
    }
};

struct AllMarkets {
    static constexpr auto describe() { return described<AllMarkets>("Every market."); }
};

struct MarketKey {
    MarketCode code;
    static constexpr auto describe() {
        return described<MarketKey>("Names one market.", field<&MarketKey::code>("`de`"));
    }
};

struct MarketList {
    std::vector<Market> items;
    std::int64_t position = 0;
    static constexpr auto describe() {
        return described<MarketList>(
            "Every market, by code.", field<&MarketList::items>("The markets."),
            field<&MarketList::position>("Event log position that this is at least as new as."));
    }
};

struct PutMarkets {
    std::vector<Market> markets;
    static constexpr auto describe() {
        return described<PutMarkets>(
            "Makes or replaces markets by their code.",
            field<&PutMarkets::markets>("1 to 500.", {.min_length = 1, .max_length = 500}));
    }
};

struct ListStores {
    std::optional<MarketCode> market;
    static constexpr auto describe() {
        return described<ListStores>("Stores and warehouses.",
                                     field<&ListStores::market>("Only those that stand there."));
    }
};

struct StoreList {
    std::vector<Store> items;
    std::int64_t position = 0;
    static constexpr auto describe() {
        return described<StoreList>(
            "Stores and warehouses, by id.", field<&StoreList::items>("The stores."),
            field<&StoreList::position>("Event log position that this is at least as new as."));
    }
};

struct PutStores {
    std::vector<Store> stores;
    static constexpr auto describe() {
        return described<PutStores>(
            "Makes or replaces stores and warehouses by their id.",
            field<&PutStores::stores>("1 to 2,000; their markets must be known.",
                                      {.min_length = 1, .max_length = 2'000}));
    }
};

class Stores {
public:
    virtual ~Stores() = default;
    virtual Task<Result<MarketList>> markets(Context context, AllMarkets wanted) = 0;
    virtual Task<Result<Market>> market(Context context, MarketKey key) = 0;
    virtual Task<Result<PutOutcome>> put_markets(Context context, PutMarkets wanted) = 0;
    /// At most 10,000: all a retailer has, in one answer.
    virtual Task<Result<StoreList>> stores(Context context, ListStores wanted) = 0;
    virtual Task<Result<PutOutcome>> put_stores(Context context, PutStores wanted) = 0;

    static constexpr auto contract() {
        return rpc::contract<Stores>(
            "stores", "Where the retailer sells: markets, stores and warehouses.",
            rpc::read<&Stores::markets>("Lists every market."),
            rpc::read<&Stores::market>("Answers one market.", {refusals::not_found}),
            rpc::change<&Stores::put_markets>(
                "Makes or replaces markets; one at fault does not stop the others."),
            rpc::read<&Stores::stores>("Lists stores and warehouses."),
            rpc::change<&Stores::put_stores>(
                "Makes or replaces stores and warehouses; one at fault does not stop the others."));
    }
};

}  // namespace kontor::stores
