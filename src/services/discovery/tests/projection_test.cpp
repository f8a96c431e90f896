#include "services/discovery/projection.hpp"

#include <fstream>

#include "services/discovery/dump.hpp"
#include "services/discovery/tests/discovery_shop.hpp"

namespace kontor::discovery {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct The_projection : DiscoveryShop {
    /// What the projection answers to many questions, and all that it holds, as one text.
    std::string everything() {
        std::string all;
        for (int id = 1; id <= 30; ++id) {
            const auto key = "p" + std::to_string(id) + "-1";
            for (const auto* in : {"de", "ch"}) {
                const auto raw = host_.run(discovery().product({.market = in}, {key}));
                all += raw ? raw->json : raw.error().message;
            }
        }
        all +=
            host_
                .run(discovery().products(
                    {.market = "de"},
                    {.sort = Sort::name, .facets = {"brand", "price", "category"}, .limit = 200}))
                .value()
                .json;
        all += to_json(host_.run(discovery().categories({.market = "de"}, {})).value());
        end();
        dump(folder_.path(), [&](std::string_view line) { all.append(line).append("\n"); });
        begin();
        return all;
    }

    void thirty_products() {
        for (std::uint64_t id = 1; id <= 30; ++id) {
            const auto code = "p" + std::to_string(id);
            has_stock(code + "-1", id % 2 == 0 ? "de-berlin" : "warehouse",
                      static_cast<std::int64_t>(id % 3));
            sells(product(id, code, "Produkt " + code));
            costs(code + "-1", {price("de", static_cast<std::int64_t>(id) * 1'000)});
        }
    }
};

TEST_F(The_projection, does_not_mind_events_that_come_again) {
    drill();
    catch_up();
    const auto before = page("drill-1").value();
    happens(catalog::ProductChanged{product(7, "drill", "Akku-Bohrschrauber")}, 3);
    has_stock("drill-1", "de-berlin", 3);
    catch_up();
    EXPECT_EQ(to_json(page("drill-1").value()), to_json(before));
    EXPECT_EQ(list({}).value().total, 1);
}

TEST_F(The_projection, goes_on_where_it_was_after_a_restart) {
    thirty_products();
    catch_up();
    const auto before = everything();
    catch_up();
    EXPECT_EQ(everything(), before);
    sells(product(31, "late", "Nachz\xC3\xBCgler"));
    costs("late-1", {price("de", 100)});
    catch_up();
    EXPECT_TRUE(page("late-slug"));
    EXPECT_EQ(list({}).value().total, 31);
}

TEST_F(The_projection, deleted_and_rebuilt_gives_the_same_answers) {
    thirty_products();
    catch_up();
    const auto before = everything();
    EXPECT_THAT(before, HasSubstr("stock\tp2-1\tde-berlin\t2\n"));
    end();
    std::filesystem::remove_all(folder_.path() / "documents");
    std::filesystem::remove_all(folder_.path() / "index");
    begin();
    catch_up();
    EXPECT_EQ(everything(), before);
}

TEST_F(The_projection, makes_a_lost_or_damaged_index_anew) {
    thirty_products();
    catch_up();
    end();
    std::filesystem::create_directories(folder_.path() / "index");
    std::ofstream(folder_.path() / "index" / "index") << "torn";
    begin();
    EXPECT_EQ(list({}).value().total, 30);
}

TEST_F(The_projection, begins_from_zero_after_a_crash_of_the_machine) {
    thirty_products();
    catch_up();
    end();
    std::ofstream(folder_.path() / "documents" / "state") << "the boot before";
    begin();
    catch_up();
    EXPECT_EQ(list({}).value().total, 30);
    EXPECT_TRUE(page("p30-slug"));
}

TEST_F(The_projection, names_a_category_anew_in_every_product_below) {
    drill();
    catch_up();
    EXPECT_THAT(slugs({.q = "heimwerken"}), IsEmpty());
    happens(catalog::CategoryChanged{{.code = "tools", .name = {{"de", "Heimwerken"}}}});
    catch_up();
    EXPECT_EQ(page("drill-1")->category_path.at(0).name, "Heimwerken");
    EXPECT_THAT(slugs({.q = "heimwerken"}), ElementsAre("drill-slug"));
}

TEST_F(The_projection, follows_a_store_that_begins_to_serve_a_market) {
    drill();
    has_stock("drill-1", "warehouse", 0);
    catch_up();
    EXPECT_THAT(slugs({.in_stock = true}), IsEmpty());
    store("de-berlin", stores::LocationKind::store, {52.52, 13.40}, {"de"});
    catch_up();
    EXPECT_THAT(slugs({.in_stock = true}), ElementsAre("drill-slug"));
    EXPECT_TRUE(page("drill-1")->variants.at(0).availability.online);
}

TEST_F(The_projection, puts_an_event_aside_that_cannot_be_read_and_goes_on) {
    ASSERT_TRUE(host_.run(log_.append("catalog", {{.id = "broken",
                                                   .source = "catalog",
                                                   .type = "catalog.product-changed",
                                                   .time = host_.clock.now(),
                                                   .aggregate = "prd_broken",
                                                   .sequence = ++ends_["catalog"],
                                                   .data = "{}"}})));
    drill();
    catch_up();
    EXPECT_TRUE(page("drill-1"));
}

}  // namespace
}  // namespace kontor::discovery
