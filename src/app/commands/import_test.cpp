#include "services/imports/importing/import.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "app/deployment.hpp"
#include "platform/async/asio_loop.hpp"
#include "support/repository.hpp"
#include "support/temporary_folder.hpp"

namespace kontor::importing {

namespace {

class Importing : public ::testing::Test {
protected:
    Importing() {
        run(deployment_.start());
        run(all_of<stores::Stores>().put_markets({}, {{{.code = "at",
                                                        .country = "AT",
                                                        .name = {{"de", "Österreich"}},
                                                        .currency = Currency("EUR"),
                                                        .languages = {"de-AT"},
                                                        .time_zone = "Europe/Vienna",
                                                        .legal_entity = "Kontor GmbH"}}}));
        run(all_of<catalog::Catalog>().put_categories(
            {}, {{{.code = "drills", .name = {{"de", "Bohrer"}}}}}));
    }
    ~Importing() override { run(deployment_.stop()); }

    template <class Contract>
    Contract& all_of() {
        return deployment_.directory().get<Contract>();
    }

    template <class T>
    T run(Task<T> task) {
        return loop_.run_until_done(std::move(task));
    }
    void run(Task<void> task) {
        loop_.run_until_done([](Task<void> owned) -> Task<bool> {
            co_await std::move(owned);
            co_return true;
        }(std::move(task)));
    }

    Result<Summary> import(const std::filesystem::path& path, Wanted wanted) {
        FileBytes file(path);
        Rejects rejects(folder_.path() / "rejects.csv");
        auto summary = run(import_file(file, std::move(wanted),
                                       {all_of<stores::Stores>(), all_of<catalog::Catalog>(),
                                        all_of<pricing::Pricing>(), all_of<inventory::Inventory>()},
                                       {}, rejects, [](Pass, std::int64_t, const Summary&) {}));
        rejects.close();
        return summary;
    }
    Result<Summary> import_text(std::string_view text, Wanted wanted) {
        const auto path = folder_.path() / "rows";
        std::ofstream(path, std::ios::binary) << text;
        return import(path, std::move(wanted));
    }

    std::string rejects() const {
        std::stringstream text;
        text << std::ifstream(folder_.path() / "rejects.csv").rdbuf();
        return text.str();
    }
    std::int64_t products() {
        const auto page = run(all_of<catalog::Catalog>().products({}, {.limit = 500}));
        return static_cast<std::int64_t>(page.value().items.size());
    }

    const testing::TemporaryFolder folder_;
    const SystemClock clock_;
    SystemRandom random_;
    telemetry::SilentLog silent_;
    AsioLoop loop_;
    app::Deployment deployment_{{.services = {"stores", "catalog", "pricing", "inventory"},
                                 .data = folder_.path() / "data"},
                                nullptr,
                                clock_,
                                random_,
                                silent_};
};

std::string told(const Tally& tally) {
    return fmt::format("{} = {} + {} + {}", tally.read, tally.accepted, tally.unchanged,
                       tally.rejected);
}

std::string told(const Result<Summary>& summary) {
    return summary ? told(summary->records) : summary.error().message;
}

constexpr std::string_view two_products =
    "sku,name.de,category,gtin,content,attributes.voltage.number\r\n"
    "4711,\"Säge, groß\",drills,4006381333931,750 MLT,18\r\n"
    "4712,Öl,drills,,,\r\n";

TEST_F(Importing, products_of_native_columns_are_there_afterwards) {
    EXPECT_EQ(told(import_text(two_products, {})), "2 = 2 + 0 + 0");
    const auto product = run(all_of<catalog::Catalog>().product({}, {"4711"}));
    ASSERT_TRUE(product.has_value());
    EXPECT_EQ(product->name.in("de"), "Säge, groß");
    EXPECT_EQ(to_text(*product->variants.at(0).content), "750 MLT");
    EXPECT_EQ(product->attributes.at(0).name, "voltage");
}

TEST_F(Importing, the_same_file_again_changes_nothing) {
    ASSERT_TRUE(import_text(two_products, {}).has_value());
    EXPECT_EQ(told(import_text(two_products, {})), "2 = 0 + 2 + 0");
}

TEST_F(Importing, rows_at_fault_are_taken_down_and_the_others_taken) {
    const auto summary = import_text(
        "sku,name.de,category,gtin\n"
        "1,A,drills,\n"
        "2,B,nowhere,\n"
        "3,C,drills,4006381333932\n"
        "4,D\n"
        "5,\"E\"x,drills,\n"
        "6,,drills,\n"
        "7,G,drills,\n",
        {});
    EXPECT_EQ(told(summary), "7 = 2 + 0 + 5");
    const auto text = rejects();
    EXPECT_TRUE(text.starts_with("line,field,value,reason\r\n")) << text;
    EXPECT_NE(text.find("\r\n3,category,nowhere,"), std::string::npos) << text;
    EXPECT_NE(text.find("\r\n5,\"\",4,has 2 fields where the header has 4"), std::string::npos)
        << text;
    for (const auto* line : {"\r\n4,", "\r\n6,", "\r\n7,"}) {
        EXPECT_NE(text.find(line), std::string::npos) << text;
    }
}

TEST_F(Importing, a_key_that_comes_again_takes_the_later_row) {
    EXPECT_EQ(
        told(import_text("sku,amount,market\n1,2.00,at\n1,3.00,at\n", {.kind = Kind::prices})),
        "2 = 2 + 0 + 0");
    const auto prices = run(all_of<pricing::Pricing>().prices({}, {{"1"}, {}}));
    ASSERT_EQ(prices.value().items.size(), 1U);
    EXPECT_EQ(to_text(prices.value().items[0].amount), "3.00 EUR");
}

TEST_F(Importing, prices_without_a_market_are_of_the_one_that_is_named) {
    constexpr std::string_view text = "sku,amount,valid_from\n1,2.00,2026-01-01\n";
    EXPECT_EQ(told(import_text(text, {.kind = Kind::prices, .market = "at"})), "1 = 1 + 0 + 0");
    EXPECT_EQ(told(import_text(text, {.kind = Kind::prices})), "1 = 0 + 0 + 1");
    EXPECT_EQ(told(import_text(text, {.kind = Kind::prices, .market = "xx"})),
              "there is no market xx: make it first");
}

TEST_F(Importing, stock_is_counted_where_it_lies) {
    EXPECT_EQ(told(import_text("sku,location,on_hand\n1,at-001,2.5\n1,at-002,-1\n",
                               {.kind = Kind::stock})),
              "2 = 1 + 0 + 1");
    const auto stock = run(all_of<inventory::Inventory>().stock({}, {"1"}));
    ASSERT_EQ(stock.value().items.size(), 1U);
    EXPECT_EQ(to_text(stock.value().items[0].on_hand), "2.5");
}

TEST_F(Importing, json_lines_in_the_shape_of_the_api_need_no_mapping) {
    const auto summary =
        import_text(R"({"code": "P1", "name": {"de": "A"}, "category": "drills",)"
                    R"( "variants": [{"sku": "1"}, {"sku": "2"}]})"
                    "\n"
                    R"({"code": "P2", "name": {"de": "A"}, "category": "drills", "variants": []})"
                    "\n[]\n{\n",
                    {.format = Format::jsonl});
    EXPECT_EQ(told(summary), "4 = 1 + 0 + 3");
    EXPECT_EQ(run(all_of<catalog::Catalog>().product({}, {"2"})).value().code, "P1");
}

TEST_F(Importing, files_that_are_no_good_change_nothing_and_say_where) {
    const std::string good(two_products);
    const auto refused = [&](std::string text, Format format = Format::csv) {
        const auto summary = import_text(text, {.format = format});
        EXPECT_FALSE(summary.has_value()) << text;
        EXPECT_EQ(products(), 0);
        return summary ? "" : summary.error().message;
    };
    EXPECT_NE(refused(good + std::string("\0", 1))
                  .find(fmt::format("line 4, byte {}: has a NUL byte", good.size())),
              std::string::npos);
    EXPECT_NE(refused(good + "4713,S\xE4ge,drills,,,\n").find("not UTF-8"), std::string::npos);
    EXPECT_NE(refused(good + "4713,\"S").find("cut short"), std::string::npos);
    EXPECT_NE(refused(good + "4713,S").find("cut short"), std::string::npos);
    EXPECT_NE(refused("").find("no header"), std::string::npos);
    EXPECT_NE(refused("sku,sku\n").find("a name of its own"), std::string::npos);
    EXPECT_NE(refused(R"({"code": "P1", "na)", Format::jsonl).find("cut short"), std::string::npos);
}

TEST_F(Importing, a_mapping_brings_its_market_and_categories_along) {
    Mapping mapping = read_mapping(testing::repository() / "docs/imports/mpreis.toml").value();
    const auto summary = import_text(
        R"({"id": "503302", "name": "Premium Äpfel", "category": "00", "unit": "g",)"
        R"( "quantity": 900, "bio": false, "price": 3.19, "priceHistory":)"
        R"( [{"date": "2024-02-11", "price": 3.19}, {"date": "2023-09-13", "price": 2.99}]})"
        "\n"
        R"({"id": "2", "name": "?", "category": "00", "unit": "oz", "quantity": 1})"
        "\n",
        {.format = Format::jsonl, .mapping = std::move(mapping)});
    ASSERT_EQ(told(summary), "2 = 1 + 0 + 1");
    EXPECT_EQ(told(summary->prices), "2 = 2 + 0 + 0");
    const auto product = run(all_of<catalog::Catalog>().product({}, {"503302"}));
    EXPECT_EQ(product.value().category, "obst");
    EXPECT_EQ(product.value().tax_class, "reduced");
    EXPECT_NE(rejects().find("\r\n2,unit,oz,is not in the mapping's table values.unit"),
              std::string::npos);
}

struct Catalogue {
    std::string_view name;
    std::int64_t products;
    std::int64_t prices;
};

class ImportingRealCatalogues : public Importing,
                                public ::testing::WithParamInterface<Catalogue> {};

TEST_P(ImportingRealCatalogues, takes_every_product_and_price_and_nothing_the_second_time) {
    const auto& [name, count, prices] = GetParam();
    const auto file = testing::test_data() / "catalogue" / fmt::format("{}.jsonl", name);
    if (!std::filesystem::exists(file)) {
        GTEST_SKIP() << file << " is not there";
    }
    const auto wanted = [&] {
        return Wanted{.format = Format::jsonl,
                      .mapping = read_mapping(testing::repository() / "docs/imports" /
                                              fmt::format("{}.toml", name))
                                     .value()};
    };
    const auto first = import(file, wanted());
    EXPECT_EQ(told(first), fmt::format("{0} = {0} + 0 + 0", count));
    EXPECT_EQ(told(first->prices), fmt::format("{0} = {0} + 0 + 0", prices));
    const auto again = import(file, wanted());
    EXPECT_EQ(told(again), fmt::format("{0} = 0 + {0} + 0", count));
    EXPECT_EQ(told(again->prices), fmt::format("{0} = 0 + {0} + 0", prices));
}

INSTANTIATE_TEST_SUITE_P(Of, ImportingRealCatalogues,
                         ::testing::Values(Catalogue{"mpreis", 26'039, 56'145},
                                           Catalogue{"bipa", 14'451, 25'923}),
                         [](const auto& info) { return std::string(info.param.name); });

}  // namespace

}  // namespace kontor::importing
