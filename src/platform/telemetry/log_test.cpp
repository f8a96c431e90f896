#include "platform/telemetry/log.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <fstream>
#include <limits>
#include <map>
#include <sstream>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "platform/config/section.hpp"
#include "platform/describe/json.hpp"
#include "platform/telemetry/access_log.hpp"
#include "platform/telemetry/trace.hpp"
#include "support/temporary_folder.hpp"

namespace kontor::telemetry {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class Logging : public ::testing::Test {
protected:
    Logging() { open(LogFormat::json); }
    ~Logging() override {
        log.reset();
        ::close(file);
    }
    Logging(const Logging&) = delete;
    Logging& operator=(const Logging&) = delete;

    void open(LogFormat format, Level level = Level::info) {
        if (file < 0) {
            file = ::open(path.c_str(), O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
        }
        log = std::make_unique<StreamLog>(
            clock, StreamLog::Options{.level = level, .format = format, .descriptor = file});
    }
    std::string written() {
        log->flush();
        std::stringstream text;
        text << std::ifstream(path).rdbuf();
        return text.str();
    }
    std::vector<std::string> lines() {
        std::istringstream in(written());
        std::vector<std::string> all;
        for (std::string line; std::getline(in, line);) {
            all.push_back(line);
        }
        return all;
    }

    kontor::testing::TemporaryFolder folder;
    std::string path = folder.path() / "log";
    int file = -1;
    ManualClock clock{{1'795'467'342'123'000}};
    std::unique_ptr<StreamLog> log;
};

TEST_F(Logging, writes_one_JSON_object_a_line_with_the_trace_of_the_call) {
    Context context;
    context.trace = *parse_traceparent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    log->info(context, "order placed",
              {{"order", std::string("ord_1")},
               {"lines", 3},
               {"bytes", 12U},
               {"share", 0.25},
               {"guest", true},
               {"took_ms", std::chrono::microseconds(1500)}});
    EXPECT_EQ(written(),
              R"({"time":"2026-11-23T20:55:42.123Z","level":"info","message":"order placed",)"
              R"("trace_id":"0af7651916cd43dd8448eb211c80319c","span_id":"b7ad6b7169203331",)"
              R"("order":"ord_1","lines":3,"bytes":12,"share":0.25,"guest":true,"took_ms":1.5})"
              "\n");
}

TEST_F(Logging, keeps_a_line_one_JSON_object_whatever_is_in_it) {
    log->warning(
        "odd \"text\"\n",
        {{"a", "\x01\xff\"\\"}, {"nan", std::numeric_limits<double>::quiet_NaN()}, {"empty", ""}});
    ASSERT_EQ(lines().size(), 1U);
    EXPECT_THAT(written(), HasSubstr(R"("nan":null,"empty":"")"));
}

TEST_F(Logging, shows_no_secret) {
    log->info("signed in", {{"password", Secret("sesame")}});
    EXPECT_THAT(written(), HasSubstr(R"("password":"***")"));
    EXPECT_THAT(written(), Not(HasSubstr("sesame")));
}

TEST_F(Logging, leaves_out_what_is_below_the_level) {
    log->debug("noise");
    EXPECT_THAT(written(), IsEmpty());
    open(LogFormat::json, Level::error);
    log->warning("noise");
    log->error("trouble");
    EXPECT_EQ(lines().size(), 1U);
}

TEST_F(Logging, is_readable_for_people_as_text) {
    open(LogFormat::text);
    log->info("listening", {{"address", "127.0.0.1:8080"}, {"note", "two words"}, {"loops", 2}});
    EXPECT_EQ(written(),
              "20:55:42.123 info    listening address=127.0.0.1:8080 note=\"two words\" loops=2\n");
}

TEST_F(Logging, cuts_what_is_too_long_instead_of_losing_the_line) {
    log->info("long", {{"text", std::string(100'000, 'x')}});
    EXPECT_THAT(written(), HasSubstr("\"text\":\"" + std::string(4'000, 'x') + "\""));
    log->info("many", {{"a", std::string(4'000, 'a')},
                       {"b", std::string(4'000, 'b')},
                       {"c", std::string(4'000, 'c')}});
    EXPECT_EQ(lines().size(), 2U);
}

TEST_F(Logging, from_many_threads_loses_nothing_and_keeps_the_order_of_time) {
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&, t] {
            for (int i = 0; i < 500; ++i) {
                log->info("line", {{"thread", t}, {"i", i}});
            }
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    const auto all = lines();
    EXPECT_EQ(all.size(), 2'000U);
    std::map<std::string, int> last;
    for (const auto& line : all) {
        const auto thread = line.substr(line.find("\"thread\""), 10);
        const auto i = std::stoi(line.substr(line.find("\"i\":") + 4));
        EXPECT_EQ(i, last[thread]++) << line;
    }
}

TEST_F(Logging, into_a_pipe_nobody_reads_drops_and_says_so_but_keeps_every_error) {
    int ends[2];
    ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
    std::string read;
    {
        StreamLog piped(clock,
                        {.level = Level::info, .format = LogFormat::json, .descriptor = ends[1]});
        const std::string filler(1'000, 'x');
        const auto began = std::chrono::steady_clock::now();
        for (int i = 0; i < 2'000; ++i) {
            piped.info("filler", {{"text", filler}});
        }
        for (int i = 0; i < 100; ++i) {
            piped.error("trouble", {{"text", filler}});
        }
        EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(5));
        std::thread reader([&] {
            char buffer[65536];
            for (ssize_t got = 0; (got = ::read(ends[0], buffer, sizeof buffer)) > 0;) {
                read.append(buffer, static_cast<std::size_t>(got));
            }
        });
        piped.flush();
        piped.flush();
        ::close(ends[1]);
        reader.join();
    }
    ::close(ends[0]);
    std::size_t errors = 0;
    for (auto at = read.find("trouble"); at != read.npos; at = read.find("trouble", at + 1)) {
        ++errors;
    }
    EXPECT_EQ(errors, 100U);
    EXPECT_THAT(read, HasSubstr("log lines dropped"));
}

TEST_F(Logging, of_requests_takes_errors_and_slow_ones_unless_told_otherwise) {
    const auto count = [&](LoggedRequests mode) {
        const auto before = lines().size();
        const AccessLog access(*log, {.requests = mode});
        access.answered({}, {.method = "GET", .target = "/a?q=private", .status = 200});
        access.answered({}, {.status = 404});
        access.answered({}, {.status = 503});
        access.answered({}, {.status = 200, .span = std::chrono::seconds(1)});
        return lines().size() - before;
    };
    EXPECT_EQ(count(LoggedRequests::off), 0U);
    EXPECT_EQ(count(LoggedRequests::errors), 1U);
    EXPECT_EQ(count(LoggedRequests::slow), 2U);
    EXPECT_EQ(count(LoggedRequests::all), 4U);
    EXPECT_EQ(LogSettings{}.requests, LoggedRequests::slow);
    EXPECT_THAT(written(), HasSubstr(R"("path":"/a")"));
    EXPECT_THAT(written(), Not(HasSubstr("private")));
}

TEST_F(Logging, of_a_probe_that_is_told_no_warns_of_nothing) {
    const AccessLog access(*log, {.requests = LoggedRequests::errors});
    access.answered({}, {.status = 503, .probe = true});
    EXPECT_THAT(written(), HasSubstr(R"("level":"info")"));
    EXPECT_THAT(written(), Not(HasSubstr("warning")));
}

TEST(Log_settings, are_a_section_of_the_configuration) {
    const auto section = config::section<LogSettings>("log");
    EXPECT_EQ(section.check("requests", "all"), "");
    EXPECT_THAT(section.check("level", "loud"), HasSubstr("debug, info, warning, error"));
}

}  // namespace
}  // namespace kontor::telemetry
