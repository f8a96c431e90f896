// How well the discovery engine ranks, beside SQLite FTS5, by what people rated:
//     discovery_relevance_bench RATINGS.csv        query,docid,name,description,...,final_rating
// Prints the mean nDCG@10 over all queries for which something is right, and those where the two
// differ most.

#include <algorithm>

#include <fmt/core.h>

#include "fts5.hpp"
#include "relevance.hpp"
#include "services/discovery/engine/engine.hpp"

namespace kontor::bench {
namespace {

using namespace discovery::engine;

std::unique_ptr<Engine> indexed(const Ratings& ratings) {
    auto engine = *Engine::open(std::filesystem::path());
    for (const auto& rated : ratings.products) {
        IndexedProduct product;
        product.id = rated.id;
        product.texts.push_back({"en", rated.name, {}, {}, rated.description});
        product.offers.push_back({"us", true, {}});
        engine->upsert(std::move(product));
    }
    engine->merge("");
    return engine;
}

std::vector<std::uint64_t> first_ten(const Engine& engine, const std::string& text) {
    const auto page =
        *engine.reader().find({.market = "us", .languages = {"en"}, .text = text, .limit = 10});
    std::vector<std::uint64_t> ids;
    for (const auto& hit : page.hits) {
        ids.push_back(hit.id);
    }
    return ids;
}

struct Scores {
    std::string query;
    double engine;
    double all_words;
    double any_word;
};

void report(std::vector<Scores> scores) {
    Scores sum{"", 0, 0, 0};
    for (const auto& each : scores) {
        sum.engine += each.engine;
        sum.all_words += each.all_words;
        sum.any_word += each.any_word;
    }
    const auto count = static_cast<double>(scores.size());
    fmt::print("nDCG@10 over {} queries: engine {:.4f}, FTS5 all words {:.4f}, any word {:.4f}\n",
               scores.size(), sum.engine / count, sum.all_words / count, sum.any_word / count);
    std::ranges::sort(scores, {}, [](const Scores& each) {
        return each.engine - std::max(each.all_words, each.any_word);
    });
    for (const auto& each : scores) {
        if (std::abs(each.engine - std::max(each.all_words, each.any_word)) > 0.02) {
            fmt::print("{:<30} engine {:.3f}  all words {:.3f}  any word {:.3f}\n", each.query,
                       each.engine, each.all_words, each.any_word);
        }
    }
}

void compare(const Ratings& ratings) {
    const auto engine = indexed(ratings);
    Fts5 fts5;
    for (const auto& product : ratings.products) {
        fts5.add(product.id, product.name, "", product.description);
    }
    fts5.finish();
    std::vector<Scores> scores;
    for (const auto& [query, rated] : ratings.of_query) {
        if (std::ranges::any_of(rated, [](const auto& rating) { return rating.second > 0; })) {
            scores.push_back({query, ndcg_at_10(first_ten(*engine, query), rated),
                              ndcg_at_10(fts5.find(query, Fts5::Words::all, 10), rated),
                              ndcg_at_10(fts5.find(query, Fts5::Words::any, 10), rated)});
        }
    }
    report(std::move(scores));
}

}  // namespace
}  // namespace kontor::bench

int main(int count, char** arguments) {
    if (count < 2 || !std::filesystem::exists(arguments[1])) {
        fmt::print("skipped: no file of ratings given, or it is absent\n");
        return 0;
    }
    kontor::bench::compare(kontor::bench::read_ratings(arguments[1]));
}
