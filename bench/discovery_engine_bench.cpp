// How fast the discovery engine answers over 10,000 products, beside SQLite FTS5 for text.
// The relevance of both is measured by discovery_relevance_bench.

#include <algorithm>
#include <ctime>
#include <filesystem>

#include <unistd.h>

#include <benchmark/benchmark.h>

#include "discovery_catalogue.hpp"
#include "fts5.hpp"
#include "services/discovery/engine/engine.hpp"

namespace kontor::bench {
namespace {

using namespace discovery::engine;

constexpr std::uint64_t products = 10'000;

/// A file that is gone when the program ends.
struct IndexFile {
    std::filesystem::path path =
        std::filesystem::temp_directory_path() / fmt::format("kontor-bench-{}.index", ::getpid());
    ~IndexFile() { std::filesystem::remove(path); }
};
const std::filesystem::path& index_file() {
    static const IndexFile file;
    return file.path;
}

const Engine& engine() {
    static const auto opened = [] {
        auto made = *Engine::open(index_file());
        Catalogue catalogue;
        for (std::uint64_t id = 1; id <= products; ++id) {
            made->upsert(catalogue.product(id));
        }
        made->merge("bench");
        return made;
    }();
    return *opened;
}

const Fts5& fts5() {
    static const auto filled = [] {
        auto made = std::make_unique<Fts5>();
        Catalogue catalogue;
        for (std::uint64_t id = 1; id <= products; ++id) {
            const auto product = catalogue.product(id);
            const auto& text = product.texts[0];
            std::string keys = product.brand;
            for (const auto* names : {&text.keywords, &text.category_names}) {
                for (const auto& name : *names) {
                    keys += " " + name;
                }
            }
            made->add(id, text.name, keys, text.description);
        }
        made->finish();
        return made;
    }();
    return *filled;
}

std::vector<std::string> searches() {
    Catalogue catalogue;
    std::vector<std::string> all;
    for (int i = 0; i < 200; ++i) {
        all.push_back(catalogue.search());
    }
    return all;
}

Query listing() {
    Query query{.market = "m3", .languages = {"de", "en"}, .now = Catalogue::now};
    query.facets = {{.of = FacetWanted::Of::brand},
                    {.of = FacetWanted::Of::price},
                    {.of = FacetWanted::Of::category},
                    {.of = FacetWanted::Of::attribute, .attribute = "voltage"}};
    return query;
}

void run(benchmark::State& state, const Query& query) {
    engine();
    std::uint64_t total = 0;
    for (auto _ : state) {
        const auto page = engine().reader().find(query);
        total = page->total;
        benchmark::DoNotOptimize(page);
    }
    state.counters["found"] = static_cast<double>(total);
}

void list_of_a_category(benchmark::State& state) {
    auto query = listing();
    query.category = 105;
    run(state, query);
}
void list_of_a_top_category_filtered(benchmark::State& state) {
    auto query = listing();
    query.category = 5;
    query.brands = {"Marke1", "Marke2", "Marke3"};
    query.attributes = {{.name = "voltage", .values = {"12", "18"}}};
    query.in_stock = true;
    run(state, query);
}
void list_of_all_by_price(benchmark::State& state) {
    auto query = listing();
    query.sort = Sort::price_ascending;
    run(state, query);
}
void list_of_all_by_name(benchmark::State& state) {
    auto query = listing();
    query.sort = Sort::name;
    run(state, query);
}
void list_of_all_by_rank(benchmark::State& state) {
    run(state, listing());
}

void list_of_all_within_prices(benchmark::State& state) {
    auto query = listing();
    query.price_at_least = 5'000;
    query.price_at_most = 25'000;
    run(state, query);
}

/// Of this thread: what others do on the machine does not count.
double cpu_micros() {
    timespec at{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &at);
    return static_cast<double>(at.tv_sec) * 1e6 + static_cast<double>(at.tv_nsec) / 1e3;
}

/// Adds the median and the 99th percentile of single answers.
template <class Answer>
void one_by_one(benchmark::State& state, std::size_t questions, Answer&& answer) {
    std::vector<double> micros;
    std::size_t at = 0;
    for (auto _ : state) {
        const double start = cpu_micros();
        benchmark::DoNotOptimize(answer(at++ % questions));
        micros.push_back(cpu_micros() - start);
    }
    std::ranges::sort(micros);
    state.counters["p50_us"] = micros[micros.size() / 2];
    state.counters["p99_us"] = micros[micros.size() * 99 / 100];
}

void search_engine(benchmark::State& state) {
    const auto texts = searches();
    engine();
    double found = 0;
    for (const auto& text : texts) {
        Query query{.market = "m3", .languages = {"de", "en"}, .now = Catalogue::now, .text = text};
        found += engine().reader().find(query)->total > 0;
    }
    one_by_one(state, texts.size(), [&](std::size_t i) {
        const Query query{
            .market = "m3", .languages = {"de", "en"}, .now = Catalogue::now, .text = texts[i]};
        return engine().reader().find(query)->total;
    });
    state.counters["found_%"] = 100 * found / static_cast<double>(texts.size());
}
void search_fts5_all_words(benchmark::State& state) {
    const auto texts = searches();
    fts5();
    one_by_one(state, texts.size(),
               [&](std::size_t i) { return fts5().find(texts[i], Fts5::Words::all, 24).size(); });
}
void search_fts5_any_word(benchmark::State& state) {
    const auto texts = searches();
    fts5();
    one_by_one(state, texts.size(),
               [&](std::size_t i) { return fts5().find(texts[i], Fts5::Words::any, 24).size(); });
}

void exact_code(benchmark::State& state) {
    const auto reader = engine().reader();
    std::uint64_t at = 0;
    for (auto _ : state) {
        at = at % products + 1;
        benchmark::DoNotOptimize(reader.by_code(fmt::format("kt{:05}{:02}", at, at % 97)));
    }
}
void suggestion(benchmark::State& state) {
    const std::vector<std::string> prefixes = {"a", "ak",        "akku", "akku b", "bohrham",
                                               "s", "stichsage", "mark", "leister"};
    one_by_one(state, prefixes.size(), [&](std::size_t i) {
        return engine().reader().suggest({"m3", {"de", "en"}, prefixes[i], 8}).size();
    });
}

void opening(benchmark::State& state) {
    engine();
    for (auto _ : state) {
        benchmark::DoNotOptimize(Engine::open(index_file()));
    }
    state.counters["file_MB"] =
        static_cast<double>(std::filesystem::file_size(index_file())) / (1 << 20);
}
void merging(benchmark::State& state) {
    Catalogue catalogue;
    const auto made = *Engine::open(std::filesystem::path());
    for (std::uint64_t id = 1; id <= products; ++id) {
        made->upsert(catalogue.product(id));
    }
    made->publish();
    for (auto _ : state) {
        made->merge("");
    }
}
void one_change_of_stock(benchmark::State& state) {
    const auto changed = *Engine::open(index_file());
    Catalogue catalogue;
    std::uint64_t at = 0;
    std::vector<Availability> somewhere;
    for (std::uint64_t id = 1; id <= 64; ++id) {
        somewhere.push_back(catalogue.product(id).availability);
    }
    for (auto _ : state) {
        changed->set_availability(1 + at % products, somewhere[at % somewhere.size()]);
        changed->publish();
        ++at;
    }
}
void one_change_of_texts(benchmark::State& state) {
    const auto changed = *Engine::open(index_file());
    Catalogue catalogue;
    std::uint64_t at = 0;
    for (auto _ : state) {
        changed->upsert(catalogue.product(1 + at++ % products));
        changed->publish();
    }
}

constexpr auto us = benchmark::kMicrosecond;
BENCHMARK(list_of_a_category)->Unit(us);
BENCHMARK(list_of_a_top_category_filtered)->Unit(us);
BENCHMARK(list_of_all_by_rank)->Unit(us);
BENCHMARK(list_of_all_by_price)->Unit(us);
BENCHMARK(list_of_all_by_name)->Unit(us);
BENCHMARK(list_of_all_within_prices)->Unit(us);
BENCHMARK(search_engine)->Unit(us);
BENCHMARK(search_fts5_all_words)->Unit(us);
BENCHMARK(search_fts5_any_word)->Unit(us);
BENCHMARK(exact_code);
BENCHMARK(suggestion)->Unit(us);
BENCHMARK(opening)->Unit(us);
BENCHMARK(merging)->Unit(benchmark::kMillisecond)->Iterations(2);
BENCHMARK(one_change_of_stock)->Unit(us)->Iterations(500);
BENCHMARK(one_change_of_texts)->Unit(us)->Iterations(500);

}  // namespace
}  // namespace kontor::bench
