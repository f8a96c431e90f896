#include "services/discovery/dump.hpp"

#include <map>

#include "platform/describe/stored.hpp"
#include "services/discovery/documents.hpp"
#include "services/discovery/packing.hpp"
#include "services/discovery/projection_tables.hpp"
#include "services/pricing/events.hpp"

namespace kontor::discovery {

namespace {

using Line = std::function<void(std::string_view)>;

class Dumping {
public:
    Dumping(const lmdb::Transaction& reading, const Tables& tables, const Line& line)
        : reading_(reading), tables_(tables), line_(line) {}

    void all() {
        json("market", tables_.markets);
        json("store", tables_.stores);
        json("category", tables_.categories);
        products();
        prices();
        tax_rates();
        stock();
    }

private:
    template <class Visit>
    void each(lmdb::Table table, Visit visit) {
        reading_.each(table, {}, [&](std::string_view key, std::string_view value) {
            visit(key, value);
            return true;
        });
    }

    void json(std::string_view kind, lmdb::Table table) {
        each(table, [&](std::string_view key, std::string_view value) {
            line_(fmt::format("{}\t{}\t{}", kind, key, value));
        });
    }

    void products() {
        each(tables_.products, [&](std::string_view key, std::string_view value) {
            line_(
                fmt::format("product\t{}\t{}", to_text(catalog::ProductId{id_of_key(key)}), value));
        });
    }

    void prices() {
        const auto bound = [](std::int64_t at, std::int64_t open) {
            return at == open ? std::string() : std::to_string(at);
        };
        each(tables_.prices, [&](std::string_view sku, std::string_view windows) {
            each_price(windows, [&](const PackedPrice& price) {
                const Money amount{price.minor_units,
                                   parse_currency(text_of(price.currency)).value()};
                line_(fmt::format("price\t{}\t{}\t{}\t{}\t{}\t{}", sku, text_of(price.market),
                                  amount_text(amount), amount.currency.view(),
                                  bound(price.valid_from, INT64_MIN),
                                  bound(price.valid_until, INT64_MAX)));
            });
        });
    }

    void tax_rates() {
        each(tables_.taxes, [&](std::string_view market, std::string_view value) {
            for (const auto& rate : from_stored_json<pricing::TaxRatesChanged>(value).rates) {
                line_(fmt::format("tax_rate\t{}\t{}\t{}\t{}", market, rate.tax_class,
                                  percent_text(rate.rate), to_text(rate.valid_from)));
            }
        });
    }

    void stock() {
        std::map<std::uint64_t, std::string> ids;
        each(tables_.places, [&](std::string_view id, std::string_view number) {
            ids.emplace(Unpacker(number).number<std::uint64_t>(), id);
        });
        each(tables_.stock, [&](std::string_view sku, std::string_view cells) {
            std::map<std::string_view, Quantity> by_location;
            each_cell(cells, [&](const PackedCell& cell) {
                by_location[ids.at(cell.place)] = {cell.available_thousandths};
            });
            for (const auto& [location, available] : by_location) {
                line_(fmt::format("stock\t{}\t{}\t{}", sku, location, to_text(available)));
            }
        });
    }

    const lmdb::Transaction& reading_;
    const Tables& tables_;
    const Line& line_;
};

}  // namespace

void dump(const std::filesystem::path& folder, const Line& line) {
    lmdb::Environment environment(documents_folder(folder), lmdb::Durability::process);
    const Tables tables(environment);
    const lmdb::Reading reading(environment);
    Dumping(reading, tables, line).all();
}

}  // namespace kontor::discovery
