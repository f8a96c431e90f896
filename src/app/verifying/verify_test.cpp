#include "app/verifying/verify.hpp"

#include <gmock/gmock.h>

#include "app/deployment.hpp"
#include "app/seeding/load.hpp"
#include "app/verifying/expectation.hpp"
#include "platform/async/asio_loop.hpp"
#include "support/temporary_folder.hpp"

namespace kontor::verifying {

namespace {

using ::testing::IsEmpty;

/// Passes on what another tells, but for one lie.
class Liar : public discovery::Discovery {
public:
    explicit Liar(discovery::Discovery& honest) : honest_(honest) {}

    Task<Result<Raw<discovery::ProductView>>> product(Context context,
                                                      discovery::ProductWanted wanted) override {
        auto told = co_await honest_.product(context, wanted);
        if (told && !lie_.empty()) {
            const auto at = told->json.find(lie_);
            if (at != std::string::npos) {
                told->json.replace(at, lie_.size(), instead_);
                lie_.clear();
            }
        }
        co_return told;
    }
    Task<Result<Raw<discovery::ProductPage>>> products(Context context,
                                                       discovery::ProductsWanted wanted) override {
        auto told = TRY(co_await honest_.products(context, wanted));
        if (ghosts) {
            const auto at = told.json.find(R"("total":)");
            told.json.replace(at, 8, R"("total":9)");
        }
        co_return told;
    }
    Task<Result<discovery::SuggestionList>> suggestions(
        Context context, discovery::SuggestionsWanted wanted) override {
        return honest_.suggestions(context, wanted);
    }
    Task<Result<discovery::CategoryViews>> categories(Context context,
                                                      discovery::CategoriesWanted wanted) override {
        return honest_.categories(context, wanted);
    }
    Task<Result<discovery::StoreViews>> stores(Context context,
                                               discovery::StoresNear wanted) override {
        return honest_.stores(context, wanted);
    }
    Task<Result<discovery::AvailabilityList>> availability(
        Context context, discovery::AvailabilityWanted wanted) override {
        auto told = TRY(co_await honest_.availability(context, wanted));
        if (forgets_a_store && !told.items.empty()) {
            told.items.back().variants.pop_back();
            forgets_a_store = false;
        }
        co_return told;
    }
    Task<Result<discovery::OfferList>> offers(Context context,
                                              discovery::OffersWanted wanted) override {
        auto told = TRY(co_await honest_.offers(context, wanted));
        for (auto& answer : told.items) {
            if (cheap_offer && answer.offer) {
                answer.offer->price.minor_units -= 1;
                cheap_offer = false;
            }
        }
        co_return told;
    }

    void says(std::string instead, std::string of) {
        instead_ = std::move(instead);
        lie_ = std::move(of);
    }
    bool ghosts = false;
    bool forgets_a_store = false;
    bool cheap_offer = false;

private:
    discovery::Discovery& honest_;
    std::string lie_;
    std::string instead_;
};

class Verifying : public ::testing::Test {
protected:
    Verifying() {
        run([](app::Deployment& deployment) -> Task<bool> {
            co_await deployment.start();
            co_return true;
        }(deployment_));
        const seed::Shop shop(options);
        const auto loaded = run(load(shop));
        EXPECT_TRUE(loaded.has_value()) << loaded.error().message;
        loaded_ = loaded.value_or(seeding::Loaded());
        run([](app::Deployment& deployment) -> Task<bool> {
            while (!co_await deployment.settled()) {
                co_await sleep_for(std::chrono::milliseconds(5));
            }
            co_return true;
        }(deployment_));
    }
    ~Verifying() override {
        run([](app::Deployment& deployment) -> Task<bool> {
            co_await deployment.stop();
            co_return true;
        }(deployment_));
    }

    template <class T>
    T run(Task<T> task) {
        return loop_.run_until_done(std::move(task));
    }
    template <class Contract>
    Contract& ask() {
        return deployment_.directory().get<Contract>();
    }
    Task<Result<seeding::Loaded>> load(const seed::Shop& shop) {
        return seeding::load(shop,
                             {ask<stores::Stores>(), ask<catalog::Catalog>(),
                              ask<pricing::Pricing>(), ask<inventory::Inventory>()},
                             {}, [](std::int64_t) {});
    }
    Findings findings() {
        auto found = run(verify({ask<stores::Stores>(), ask<catalog::Catalog>(),
                                 ask<pricing::Pricing>(), ask<inventory::Inventory>(), liar_},
                                clock_, {}, [](std::int64_t) {}));
        EXPECT_TRUE(found.has_value()) << found.error().message;
        return found.value_or(Findings());
    }
    std::vector<std::string> told() {
        std::vector<std::string> all;
        for (const auto& one : findings().first) {
            all.push_back(fmt::format("{}: \"{}\", \"{}\"", one.what, one.recorded, one.shown));
        }
        return all;
    }

    const seed::Options options{.products = 30, .stores = 8, .markets = 3, .stock_per_product = 6};
    const testing::TemporaryFolder folder_;
    ManualClock clock_{options.today};
    SystemRandom random_;
    telemetry::SilentLog silent_;
    AsioLoop loop_;
    app::Deployment deployment_{
        {.services = {"stores", "catalog", "pricing", "inventory", "discovery"},
         .data = folder_.path()},
        nullptr,
        clock_,
        random_,
        silent_};
    Liar liar_{deployment_.directory().get<discovery::Discovery>()};
    seeding::Loaded loaded_;
};

TEST_F(Verifying, a_seeded_shop_finds_no_difference) {
    const auto found = findings();
    EXPECT_THAT(told(), IsEmpty());
    EXPECT_EQ(found.differences, 0);
    EXPECT_EQ(found.products, 30);
    EXPECT_EQ(found.markets, 3);
    EXPECT_EQ(found.variants * 6, loaded_.stock.accepted);
    EXPECT_GT(found.compared, 30 * 3 * 10);
}

TEST_F(Verifying, a_shop_seeded_again_is_as_it_was) {
    const seed::Shop shop(options);
    const auto again = run(load(shop));
    ASSERT_TRUE(again.has_value());
    EXPECT_EQ(again->products.accepted + again->prices.accepted + again->stock.accepted, 0);
    EXPECT_EQ(again->products.unchanged, loaded_.products.accepted);
    EXPECT_EQ(again->prices.unchanged, loaded_.prices.accepted);
    EXPECT_EQ(again->stock.unchanged, loaded_.stock.accepted);
}

TEST_F(Verifying, each_thing_told_wrongly_is_a_difference) {
    liar_.says(R"("amount":"9)", R"("amount":")");
    EXPECT_EQ(findings().differences, 1);
    liar_.says(R"("name":"Not )", R"("name":")");
    EXPECT_EQ(findings().differences, 1);
    liar_.says(R"("online":false)", R"("online":true)");
    EXPECT_EQ(findings().differences, 1);
    liar_.says(R"("stores":9)", R"("stores":)");
    EXPECT_EQ(findings().differences, 1);
    liar_.cheap_offer = true;
    EXPECT_EQ(findings().differences, 1);
    liar_.forgets_a_store = true;
    EXPECT_EQ(findings().differences, 1);
    EXPECT_EQ(findings().differences, 0);
    liar_.ghosts = true;
    EXPECT_EQ(findings().differences, 3) << "one for each market";
}

TEST(Expecting, the_price_of_the_window_that_began_last_and_its_unit_price) {
    const Currency eur("EUR");
    const stores::Market market{.code = "de", .currency = eur, .languages = {"de"}};
    Recorded recorded;
    recorded.product.name = {{"de", "Farbe"}};
    recorded.product.variants.push_back(
        {.sku = "1", .content = Measure{Quantity::of(300), units::millilitre}});
    recorded.prices["1"] = {{.sku = "1", .market = "de", .amount = {999, eur}},
                            {.sku = "1", .market = "at", .amount = {1, eur}},
                            {.sku = "1",
                             .market = "de",
                             .amount = {499, eur},
                             .valid_from = Timestamp{10},
                             .valid_until = Timestamp{20}}};
    const auto at = [&](std::int64_t microseconds) {
        const auto expected = expected_of({}, recorded, market, Timestamp{microseconds});
        return expected.variants.at(0).price + ", " + expected.variants.at(0).unit_price;
    };
    EXPECT_EQ(at(9), "9.99 EUR, 33.30 EUR LTR");
    EXPECT_EQ(at(10), "4.99 EUR, 16.63 EUR LTR");
    EXPECT_EQ(at(20), "9.99 EUR, 33.30 EUR LTR");
}

}  // namespace

}  // namespace kontor::verifying
