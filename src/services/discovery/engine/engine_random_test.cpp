#include <random>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/discovery/engine/engine.hpp"
#include "services/discovery/engine/tests/support/reference.hpp"
#include "support/temporary_folder.hpp"

namespace kontor::discovery::engine {
namespace {

using testing::Reference;

const std::vector<std::string> some_words = {"anvil", "beetle", "copper", "dynamo",
                                             "ember", "fjord",  "granite"};
const std::vector<std::string> markets = {"de", "at", "ch"};

/// Makes catalogues, changes and queries by chance; the same from the same seed.
class Chance {
public:
    explicit Chance(std::uint64_t seed) : random_(seed) {}

    int below(int end) { return std::uniform_int_distribution<int>(0, end - 1)(random_); }
    bool one_in(int n) { return below(n) == 0; }
    const std::string& of(const std::vector<std::string>& all) {
        return all[static_cast<std::size_t>(below(static_cast<int>(all.size())))];
    }

    MarketOffer offer(const std::string& market) {
        MarketOffer offer{market, !one_in(5), {}};
        for (int i = below(4); i > 0; --i) {
            const std::int64_t from = below(100);
            offer.windows.push_back({one_in(4) ? always : from,
                                     one_in(2) ? forever : from + 1 + below(50), below(150'000)});
        }
        // Windows that began at the same time would leave the price open.
        std::ranges::sort(offer.windows, {}, &PriceWindow::valid_from);
        const auto same = std::ranges::unique(offer.windows, {}, &PriceWindow::valid_from);
        offer.windows.erase(same.begin(), same.end());
        return offer;
    }
    std::vector<MarketOffer> offers() {
        std::vector<MarketOffer> offers;
        for (const auto& market : markets) {
            if (!one_in(4)) {
                offers.push_back(offer(market));
            }
        }
        return offers;
    }
    Availability availability() {
        Availability availability;
        for (const auto& market : markets) {
            if (one_in(2)) {
                availability.online_in.push_back(market);
            }
        }
        for (std::uint32_t store = 0; store < 4; ++store) {
            if (one_in(3)) {
                availability.stores.push_back(store * 100);
            }
        }
        return availability;
    }
    IndexedProduct product(ProductId id) {
        IndexedProduct made;
        made.id = id;
        made.slug = "p" + std::to_string(id);
        made.brand = one_in(5) ? "" : "brand" + std::to_string(below(4));
        const auto root = static_cast<CategoryId>(1 + below(3));
        made.category_path = {root, root * 10 + static_cast<CategoryId>(below(3))};
        made.texts.resize(1);
        made.texts[0].language = "xx";
        made.texts[0].name = of(some_words);
        for (int i = below(3); i > 0; --i) {
            made.texts[0].name += " " + of(some_words);
        }
        for (int i = below(4); i > 0; --i) {
            made.attributes.push_back({"size", static_cast<double>(below(6)) / 2});
        }
        if (one_in(2)) {
            made.attributes.push_back({"colour", of({"red", "green", "blue"})});
        }
        made.created_at = below(20);
        made.rank = static_cast<std::uint32_t>(below(4));
        made.offers = offers();
        made.availability = availability();
        return made;
    }

    Query query() {
        Query query;
        query.market = of(markets);
        query.languages = {"xx"};
        query.now = below(120);
        query.sort = static_cast<Sort>(below(5));
        query.limit = static_cast<std::uint32_t>(1 + below(30));
        query.in_stock = one_in(4);
        if (one_in(3)) {
            query.text = of(some_words) + (one_in(2) ? " " + of(some_words) : "");
        }
        if (one_in(4)) {
            query.category = one_in(2) ? 1 + below(4) : 10 + below(20);
        }
        if (one_in(4)) {
            query.store = static_cast<std::uint32_t>(below(5) * 100);
        }
        if (one_in(4)) {
            query.brands = {"brand1", "brand" + std::to_string(below(5))};
        }
        if (one_in(4)) {
            query.price_at_least = below(50'000);
        }
        if (one_in(4)) {
            query.price_at_most = below(150'000);
        }
        if (one_in(4)) {
            query.attributes.push_back({"colour", {"red", "blue"}, {}, {}});
        }
        if (one_in(4)) {
            query.attributes.push_back({"size", {"1.5"}, 2.0, {}});
        }
        using Of = FacetWanted::Of;
        query.facets = {{.of = Of::brand},
                        {.of = Of::price},
                        {.of = Of::category},
                        {.of = Of::attribute, .attribute = "size"},
                        {.of = Of::attribute, .attribute = "colour"}};
        return query;
    }

private:
    std::mt19937_64 random_;
};

/// Does the same to the engine and to the reference.
class Both {
public:
    Both(Chance& chance, Engine& engine, Reference& reference)
        : chance_(chance), engine_(engine), reference_(reference) {}

    void change() {
        const auto id = static_cast<ProductId>(1 + chance_.below(400));
        const auto known = reference_.products.find(id);
        if (known == reference_.products.end() || chance_.one_in(4)) {
            const auto product = chance_.product(id);
            engine_.upsert(product);
            reference_.products[id] = product;
        } else if (chance_.one_in(4)) {
            engine_.remove(id);
            reference_.products.erase(id);
        } else if (chance_.one_in(3)) {
            known->second.availability = chance_.availability();
            engine_.set_availability(id, known->second.availability);
        } else if (chance_.one_in(2)) {
            known->second.offers = chance_.offers();
            engine_.set_offers(id, known->second.offers);
        } else {
            const auto offer = chance_.offer(chance_.of(markets));
            std::erase_if(known->second.offers,
                          [&](auto& other) { return other.market == offer.market; });
            known->second.offers.push_back(offer);
            engine_.set_offer(id, offer);
        }
    }
    void change_many(int most) {
        for (int i = chance_.below(most) + 1; i > 0; --i) {
            change();
        }
        engine_.publish();
    }

private:
    Chance& chance_;
    Engine& engine_;
    Reference& reference_;
};

/// All pages of the query, as one answer. Every page must agree on the total.
Reference::Answer paged(const Engine& engine, Query query) {
    const auto reader = engine.reader();
    Reference::Answer answer;
    do {
        const auto page = *reader.find(query);
        for (const auto& hit : page.hits) {
            answer.ids.push_back(hit.id);
        }
        if (query.cursor.empty()) {
            for (const auto& facet : page.facets) {
                answer.facets.emplace_back();
                for (const auto& [value, count] : facet.values) {
                    answer.facets.back()[value] = count;
                }
            }
        }
        query.cursor = page.next;
    } while (!query.cursor.empty());
    EXPECT_EQ(reader.find(query)->total, answer.ids.size());
    if (query.sort == Sort::relevance && !query.text.empty()) {
        std::ranges::sort(answer.ids);
    }
    return answer;
}

void expect_same_answers(Chance& chance, const Engine& engine, const Reference& reference) {
    ASSERT_EQ(engine.reader().size(), reference.products.size());
    for (int i = 0; i < 20; ++i) {
        const auto query = chance.query();
        const auto expected = reference.find(query);
        const auto actual = paged(engine, query);
        ASSERT_EQ(actual.ids, expected.ids)
            << "text: " << query.text << ", sort: " << static_cast<int>(query.sort);
        ASSERT_EQ(actual.facets, expected.facets) << "text: " << query.text;
    }
}

std::uint64_t a_seed() {
    const std::uint64_t seed = std::random_device()();
    ::testing::Test::RecordProperty("seed", std::to_string(seed));
    std::printf("seed %llu\n", static_cast<unsigned long long>(seed));
    return seed;
}

TEST(EngineByChance, answers_as_brute_force_does_through_changes_merges_and_reopening) {
    Chance chance(a_seed());
    const kontor::testing::TemporaryFolder folder;
    const auto file = folder.path() / "index";
    auto engine = *Engine::open(file);
    Reference reference;
    for (int round = 0; round < 40; ++round) {
        Both(chance, *engine, reference).change_many(60);
        expect_same_answers(chance, *engine, reference);
        if (chance.one_in(6)) {
            engine->merge("round " + std::to_string(round));
            EXPECT_EQ(engine->unmerged(), 0);
            expect_same_answers(chance, *engine, reference);
        }
        if (chance.one_in(8)) {
            engine->merge("reopened " + std::to_string(round));
            engine.reset();
            engine = *Engine::open(file);
            EXPECT_EQ(engine->position(), "reopened " + std::to_string(round));
            expect_same_answers(chance, *engine, reference);
        }
        if (HasFatalFailure()) {
            return;
        }
    }
}

TEST(EngineByChance, ranks_once_merged_as_one_made_anew_does) {
    Chance chance(a_seed());
    const auto engine = *Engine::open(std::filesystem::path());
    Reference reference;
    for (int round = 0; round < 20; ++round) {
        Both(chance, *engine, reference).change_many(60);
    }
    engine->merge("");
    const auto anew = *Engine::open(std::filesystem::path());
    for (const auto& [id, product] : reference.products) {
        anew->upsert(product);
    }
    anew->merge("");
    const auto ranked = [](const Engine& asked, const Query& query) {
        std::vector<std::pair<ProductId, float>> hits;
        for (const auto& hit : asked.reader().find(query)->hits) {
            hits.emplace_back(hit.id, hit.score);
        }
        return hits;
    };
    for (int i = 0; i < 100; ++i) {
        auto query = chance.query();
        query.sort = Sort::relevance;
        query.text = chance.of(some_words);
        EXPECT_EQ(ranked(*engine, query), ranked(*anew, query)) << query.text;
    }
}

TEST(EngineByChance, changes_while_a_merge_runs_are_kept) {
    Chance chance(a_seed());
    const kontor::testing::TemporaryFolder folder;
    const auto engine = *Engine::open(folder.path() / "index");
    Reference reference;
    Both both(chance, *engine, reference);
    both.change_many(400);
    for (int round = 0; round < 6 && !HasFatalFailure(); ++round) {
        std::thread merging([&] { engine->merge("in between"); });
        for (int i = 0; i < 20; ++i) {
            both.change_many(10);
        }
        expect_same_answers(chance, *engine, reference);
        merging.join();
        expect_same_answers(chance, *engine, reference);
    }
}

TEST(EngineByChance, many_threads_may_read_while_one_changes) {
    Chance chance(a_seed());
    const auto engine = *Engine::open(std::filesystem::path());
    Reference reference;
    Both both(chance, *engine, reference);
    both.change_many(400);
    std::atomic<bool> done = false;
    std::vector<std::thread> readers;
    for (std::uint64_t reader = 0; reader < 3; ++reader) {
        readers.emplace_back([&, reader] {
            Chance own(reader);
            while (!done) {
                const auto query = own.query();
                const auto page = *engine->reader().find(query);
                EXPECT_LE(page.hits.size(), page.total);
                engine->reader().suggest({query.market, {"xx"}, own.of(some_words), 8});
            }
        });
    }
    for (int i = 0; i < 40; ++i) {
        both.change_many(10);
    }
    engine->merge("");
    done = true;
    for (auto& reader : readers) {
        reader.join();
    }
    expect_same_answers(chance, *engine, reference);
}

}  // namespace
}  // namespace kontor::discovery::engine
