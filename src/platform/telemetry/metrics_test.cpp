#include "platform/telemetry/metrics.hpp"

#include <cstdlib>
#include <fstream>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/random.hpp"
#include "platform/telemetry/process_metrics.hpp"
#include "platform/telemetry/red_metrics.hpp"
#include "support/temporary_folder.hpp"

namespace kontor::telemetry {
namespace {

using ::testing::HasSubstr;

std::string scrape(const Registry& registry) {
    return registry.text(Exposition::prometheus);
}

TEST(A_counter, is_summed_over_all_threads_even_those_that_ended) {
    Registry registry;
    const auto counter = registry.counter("parcels_total", "Parcels.");
    for (int round = 0; round < 3; ++round) {
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([&] {
                for (int n = 0; n < 1'000; ++n) {
                    counter.add();
                }
            });
        }
        for (auto& thread : threads) {
            thread.join();
        }
    }
    counter.add(5);
    EXPECT_EQ(scrape(registry),
              "# HELP parcels_total Parcels.\n# TYPE parcels_total counter\nparcels_total 12005\n");
}

TEST(A_counter, of_one_registry_does_not_count_in_another) {
    Registry first;
    Registry second;
    const auto here = first.counter("a_total", "A.");
    const auto there = second.counter("a_total", "A.");
    for (int i = 0; i < 3; ++i) {
        here.add();
        there.add(2);
    }
    EXPECT_THAT(scrape(first), HasSubstr("a_total 3\n"));
    EXPECT_THAT(scrape(second), HasSubstr("a_total 6\n"));
}

TEST(A_counter, can_be_added_to_while_it_is_scraped_and_never_goes_back) {
    Registry registry;
    const auto counter = registry.counter("a_total", "A.");
    std::atomic<bool> stop = false;
    std::thread adder([&] {
        while (!stop) {
            counter.add();
        }
    });
    long last = 0;
    for (int i = 0; i < 200; ++i) {
        const auto text = scrape(registry);
        const auto now = std::stol(text.substr(text.rfind(' ')));
        EXPECT_GE(now, last);
        last = now;
    }
    stop = true;
    adder.join();
}

TEST(A_series, is_the_same_for_the_same_labels_and_another_for_others) {
    Registry registry;
    registry.counter("a_total", "A.", {{"route", "/x"}}).add();
    registry.counter("a_total", "A.", {{"route", "/x"}}).add();
    registry.counter("a_total", "A.", {{"route", "say \"hi\"\\\n"}}).add();
    EXPECT_THAT(scrape(registry), HasSubstr("a_total{route=\"/x\"} 2\n"));
    EXPECT_THAT(scrape(registry), HasSubstr("a_total{route=\"say \\\"hi\\\"\\\\\\n\"} 1\n"));
}

TEST(A_metric, with_a_bad_name_or_of_two_kinds_is_a_programming_error) {
    Registry registry;
    registry.gauge("level", "Level.");
    EXPECT_THROW(registry.histogram("level", "Level."), std::logic_error);
    EXPECT_THROW(registry.counter("level", "Level."), std::logic_error) << "without _total";
    EXPECT_THROW(registry.gauge("Level", "Level."), std::logic_error);
    EXPECT_THROW(registry.gauge("level2", ""), std::logic_error);
    EXPECT_THROW(registry.gauge("level3", "Level.", {{"9", "x"}}), std::logic_error);
}

TEST(A_gauge, goes_up_and_down_or_is_read_at_the_scrape) {
    Registry registry;
    const auto level = registry.gauge("level", "Level.");
    level.set(5);
    level.add(-7);
    registry.gauge_from("heat_celsius", "Heat.", {}, [] { return 36.6; });
    EXPECT_THAT(scrape(registry), HasSubstr("level -2\n"));
    EXPECT_THAT(scrape(registry), HasSubstr("heat_celsius 36.6\n"));
}

TEST(A_bucket, holds_what_lies_between_its_neighbours_bound_and_its_own) {
    SeededRandom random(2026);
    for (const auto& scale : {durations, counts, sizes}) {
        for (int i = 0; i < 20'000; ++i) {
            const auto value = random.u64() >> random.between(20, 63);
            const auto bucket = scale.bucket(value);
            if (bucket < scale.bounds()) {
                ASSERT_LE(value, scale.bound(bucket) * scale.divide) << value;
            }
            if (bucket > 0) {
                ASSERT_GT(value, scale.bound(bucket - 1) * scale.divide) << value;
            }
        }
    }
}

TEST(A_histogram, shows_cumulative_buckets_sum_and_count_in_seconds) {
    Registry registry;
    const auto histogram = registry.histogram("wait_seconds", "Wait.", {{"door", "a"}});
    histogram.observe(std::chrono::microseconds(16));
    histogram.observe(std::chrono::microseconds(20));
    histogram.observe(std::chrono::milliseconds(3));
    histogram.observe(std::chrono::minutes(1));
    const auto text = scrape(registry);
    EXPECT_THAT(text, HasSubstr("wait_seconds_bucket{door=\"a\",le=\"0.000016\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("wait_seconds_bucket{door=\"a\",le=\"0.000024\"} 2\n"));
    EXPECT_THAT(text, HasSubstr("wait_seconds_bucket{door=\"a\",le=\"0.002048\"} 2\n"));
    EXPECT_THAT(text, HasSubstr("wait_seconds_bucket{door=\"a\",le=\"0.003072\"} 3\n"));
    EXPECT_THAT(text, HasSubstr("wait_seconds_bucket{door=\"a\",le=\"16.777216\"} 3\n"));
    EXPECT_THAT(text, HasSubstr("wait_seconds_bucket{door=\"a\",le=\"+Inf\"} 4\n"));
    EXPECT_THAT(text, HasSubstr("wait_seconds_count{door=\"a\"} 4\n"));
    EXPECT_THAT(text, HasSubstr("wait_seconds_sum{door=\"a\"} 60.003036"));
}

TEST(A_timed_route, counts_requests_by_status_and_times_them) {
    Registry registry;
    RouteMetrics route(registry, "/shop/{market}/products", "GET");
    route.observe(200, std::chrono::milliseconds(1));
    route.observe(200, std::chrono::milliseconds(1));
    route.observe(404, std::chrono::milliseconds(1));
    const auto text = scrape(registry);
    EXPECT_THAT(text, HasSubstr("kontor_http_requests_total{route=\"/shop/{market}/products\","
                                "method=\"GET\",status=\"200\"} 2\n"));
    EXPECT_THAT(text, HasSubstr("status=\"404\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("kontor_http_request_duration_seconds_count{"
                                "route=\"/shop/{market}/products\",method=\"GET\"} 3\n"));
}

TEST(An_operation, is_counted_by_its_outcome_and_timed) {
    Registry registry;
    const OperationMetrics operation(registry, "inventory", "reserve");
    operation.observe(Outcome::refused, std::chrono::milliseconds(1));
    EXPECT_THAT(scrape(registry),
                AllOf(HasSubstr("kontor_operations_total{service=\"inventory\","
                                "operation=\"reserve\",outcome=\"refused\"} 1\n"),
                      HasSubstr("kontor_operation_duration_seconds_count{service=\"inventory\","
                                "operation=\"reserve\"} 1\n")));
}

/// The value of an unlabelled sample.
double value_of(const std::string& text, const std::string& name) {
    const auto line = text.find("\n" + name + " ");
    return line == text.npos ? -1 : std::stod(text.substr(line + name.size() + 2));
}

TEST(A_process, shows_its_memory_files_and_start) {
    Registry registry;
    add_process_metrics(registry);
    const auto text = scrape(registry);
    EXPECT_GT(value_of(text, "process_resident_memory_bytes"), 1e6);
    EXPECT_GE(value_of(text, "process_open_fds"), 3);
    EXPECT_GE(value_of(text, "process_threads"), 1);
    EXPECT_GT(value_of(text, "process_max_fds"), value_of(text, "process_open_fds"));
    const auto now = static_cast<double>(std::time(nullptr));
    EXPECT_NEAR(value_of(text, "process_start_time_seconds"), now, 3600);
    EXPECT_LE(value_of(text, "process_start_time_seconds"), now + 1);
}

TEST(An_exposition, in_OpenMetrics_names_counters_without_total_and_ends) {
    Registry registry;
    registry.counter("a_total", "A.").add();
    const auto text = registry.text(Exposition::open_metrics);
    EXPECT_EQ(text, "# HELP a A.\n# TYPE a counter\na_total 1\n# EOF\n");
    registry.gauge("b", "Say \"b\".").set(1);
    EXPECT_THAT(registry.text(Exposition::open_metrics), HasSubstr("# HELP b Say \\\"b\\\".\n"));
    EXPECT_EQ(exposition_for("application/openmetrics-text;version=1.0.0,text/plain;q=0.5"),
              Exposition::open_metrics);
    EXPECT_EQ(exposition_for("*/*"), Exposition::prometheus);
}

TEST(An_exposition, passes_promtools_check) {
    Registry registry;
    add_process_metrics(registry);
    registry.counter("a_total", "A \"quoted\" \\ help.", {{"x", "line\nbreak \"q\" \\"}}).add();
    RouteMetrics(registry, "/shop/{market}/products", "GET").observe(200, std::chrono::seconds(1));
    OperationMetrics(registry, "carts", "add_line").observe(Outcome::ok, std::chrono::seconds(1));
    const kontor::testing::TemporaryFolder folder;
    const auto file = folder.path() / "metrics.txt";
    std::ofstream(file) << scrape(registry);
    const auto answer = folder.path() / "answer.txt";
    const auto command =
        "promtool check metrics < " + file.string() + " > " + answer.string() + " 2>&1";
    const int status = std::system(command.c_str());
    std::stringstream said;
    said << std::ifstream(answer).rdbuf();
    EXPECT_EQ(status, 0) << said.str();
}

}  // namespace
}  // namespace kontor::telemetry
