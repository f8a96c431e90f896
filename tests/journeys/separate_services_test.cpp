#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "journeys/assortment.hpp"
#include "platform/async/asio_loop.hpp"
#include "platform/events/nats_log.hpp"
#include "platform/http/client.hpp"
#include "services/discovery/api.hpp"
#include "support/nats.hpp"
#include "support/postgres.hpp"

/// The program as it is built, in two processes with settings files: discovery, and all others.
namespace kontor::journeys {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr auto staff = "staff-token-of-the-journey";

std::string settings(int port, const std::string& data, int node, const std::string& rest) {
    return fmt::format(R"(
[serve]
listen = "127.0.0.1:{}"
data = "{}"
node = {}
loops = 1
internal_token = "shown among the services of one deployment"
{}
[admin]
token = "{}"
)",
                       port, data, node, rest, staff);
}

/// One process of the program, with its settings in a file.
class Process {
public:
    Process(std::string name, int node, const std::filesystem::path& folder)
        : node_(node), data_(folder / name), port_(testing::free_port()) {
        std::filesystem::create_directories(data_);
    }

    void configure(const std::string& rest) {
        std::ofstream(data_ / "kontor.toml") << settings(port_, data_.string(), node_, rest);
    }
    void start() {
        program_.emplace(
            std::vector<std::string>{KONTOR_PROGRAM, "serve", "--config", data_ / "kontor.toml"},
            data_ / "output");
    }
    /// As a crash would.
    void kill() { program_->kill(); }
    int end() { return program_->end(); }
    /// The exit status of another verb with the same settings.
    int run(std::vector<std::string> words) const {
        words.insert(words.begin(), KONTOR_PROGRAM);
        words.insert(words.end(), {"--config", data_ / "kontor.toml"});
        return testing::Program(std::move(words), data_ / "output").wait();
    }
    int wait() { return program_->wait(); }

    std::string url() const { return fmt::format("http://127.0.0.1:{}", port_); }
    std::string output() const {
        std::ostringstream text;
        text << std::ifstream(data_ / "output").rdbuf();
        return text.str();
    }

private:
    int node_;
    std::filesystem::path data_;
    int port_;
    std::optional<testing::Program> program_;
};

class Separate_services : public ::testing::Test {
protected:
    Separate_services() {
        configure(discovery_.url());
        discovery_.configure(settings_of_discovery());
    }
    void configure(const std::string& discovery) {
        others_.configure(
            fmt::format("database = \"{}\"\nservices = [\"access\", \"stores\", \"catalog\", "
                        "\"pricing\", \"inventory\", \"payments\", \"carts\", \"orders\"]\n"
                        "[remote.urls]\ndiscovery = \"{}\"\n{}",
                        database_, discovery, events()));
    }
    std::string settings_of_discovery() const {
        return fmt::format("services = [\"discovery\"]\n{}{}", remotes(), events());
    }
    std::string events() const { return fmt::format("[events]\nnats = [\"{}\"]\n", nats_.url()); }
    std::string remotes() const {
        return fmt::format(
            "[remote.urls]\nstores = \"{0}\"\ncatalog = \"{0}\"\npricing = \"{0}\"\n"
            "inventory = \"{0}\"\n",
            others_.url());
    }
    void start_all() {
        others_.start();
        discovery_.start();
        ASSERT_TRUE(ready(others_)) << others_.output();
        ASSERT_TRUE(ready(discovery_)) << discovery_.output();
    }

    http::Answer send(std::string method, const std::string& url, std::string body = {}) {
        http::Call call{.method = std::move(method), .url = url, .body = std::move(body)};
        call.headers.add("Authorization", fmt::format("Bearer {}", staff));
        call.headers.add("Content-Type", "application/json");
        auto answer =
            loop_.run_until_done(client_->send({.deadline = loop_.now() + 10s}, std::move(call)));
        return answer ? *std::move(answer)
                      : http::Answer{answer.error().status, {}, answer.error().message};
    }
    /// Sends what must be taken.
    void put(const std::string& path, std::string body) {
        const auto answer = send("POST", others_.url() + path, std::move(body));
        ASSERT_EQ(answer.status, 200) << path << ": " << answer.body;
    }
    void put_assortment() {
        put("/admin/markets", to_json(assortment::markets()));
        put("/admin/stores", to_json(assortment::stores()));
        put("/admin/categories", to_json(assortment::categories()));
        put("/admin/products", to_json(assortment::products()));
        put("/admin/tax-rates", to_json(assortment::tax_rates()));
        put("/admin/prices", to_json(assortment::prices()));
        put("/admin/stock", to_json(assortment::stock()));
    }
    /// The status of the answer.
    int rename_drill(const std::string& name) {
        return send("PUT", others_.url() + "/admin/products/4711/name",
                    fmt::format(R"({{"name":{{"de":"{}"}}}})", name))
            .status;
    }
    /// What shoppers see it called; empty while they do not see it.
    std::string name_of_drill() {
        const auto answer = send("GET", discovery_.url() + "/shop/de/products?category=drills");
        const auto page = from_json<discovery::ProductPage>(answer.body);
        return page && page->items.size() == 1 ? page->items[0].name : std::string();
    }

    template <class Condition>
    bool eventually(Condition condition) {
        for (const auto until = loop_.now() + 60s; loop_.now() < until;) {
            if (condition()) {
                return true;
            }
            loop_.run_until_done([]() -> Task<bool> {
                co_await sleep_for(50ms);
                co_return true;
            }());
        }
        return false;
    }
    bool ready(const Process& process) {
        return eventually([&] { return send("GET", process.url() + "/readyz").status == 200; });
    }
    bool drill_is_called(const std::string& name) {
        return eventually([&] { return name_of_drill() == name; });
    }

    /// The versions of the drill in the order in which the log has its events.
    std::vector<std::int64_t> versions_in_log() {
        const auto log = events::open_nats({.urls = {nats_.url()}, .prefix = "kontor"});
        const auto all = loop_.run_until_done(log->read("catalog", 0, 10'000, 20s));
        std::vector<std::int64_t> versions;
        for (const auto& event : all.value()) {
            if (event.data.find("\"4711\"") != std::string::npos) {
                versions.push_back(event.aggregate_version);
            }
        }
        return versions;
    }
    static std::vector<std::int64_t> each_once(std::int64_t last) {
        std::vector<std::int64_t> versions;
        for (std::int64_t version = 1; version <= last; ++version) {
            versions.push_back(version);
        }
        return versions;
    }

    testing::TemporaryFolder folder_;
    testing::NatsServer nats_;
    std::string database_ = testing::fresh_postgres_database();
    AsioLoop loop_;
    std::unique_ptr<http::Client> client_ = http::make_client({&loop_});
    Process others_{"others", 1, folder_.path()};
    Process discovery_{"discovery", 2, folder_.path()};
};

TEST_F(Separate_services, show_in_the_shop_what_was_put_and_renamed_in_another_process) {
    start_all();
    put_assortment();
    EXPECT_TRUE(drill_is_called("Akku-Bohrschrauber 18 V"));
    EXPECT_EQ(rename_drill("Schrauber"), 200);
    EXPECT_TRUE(drill_is_called("Schrauber"));
    EXPECT_EQ(others_.end(), 0) << others_.output();
    EXPECT_EQ(discovery_.end(), 0) << discovery_.output();
}

TEST_F(Separate_services, lose_and_double_nothing_when_killed_between_commit_and_relay) {
    start_all();
    put_assortment();
    ASSERT_TRUE(drill_is_called("Akku-Bohrschrauber 18 V"));
    nats_.kill();
    for (int version = 2; version <= 6; ++version) {
        EXPECT_EQ(rename_drill(fmt::format("Bohrer {}", version)), 200) << "NATS is not needed";
    }
    others_.kill();
    nats_.start();
    others_.start();
    EXPECT_TRUE(drill_is_called("Bohrer 6")) << others_.output();
    EXPECT_EQ(versions_in_log(), each_once(6));
}

TEST_F(Separate_services, lose_and_double_nothing_when_killed_while_relaying) {
    start_all();
    put_assortment();
    int version = 1;
    for (int round = 0; round < 3; ++round) {
        const int last = version + 7 + round;  // the kill meets the relay at another point
        while (version < last) {
            ++version;
            ASSERT_EQ(rename_drill(fmt::format("Bohrer {}", version)), 200);
        }
        others_.kill();
        others_.start();
        ASSERT_TRUE(ready(others_)) << others_.output();
    }
    EXPECT_TRUE(drill_is_called(fmt::format("Bohrer {}", version)));
    EXPECT_EQ(versions_in_log(), each_once(version));
}

TEST_F(Separate_services, call_each_other_and_say_so_clearly_while_one_is_away) {
    start_all();
    put_assortment();
    ASSERT_TRUE(drill_is_called("Akku-Bohrschrauber 18 V"));
    const auto open_cart = [&] {
        return send(
            "POST", others_.url() + "/shop/de/carts",
            fmt::format(R"({{"lines":[{{"sku":"{}","quantity":"1"}}]}})", assortment::drill));
    };
    EXPECT_EQ(open_cart().status, 201);
    discovery_.kill();
    const auto refused = open_cart();
    EXPECT_EQ(refused.status, 503);
    EXPECT_THAT(refused.body, HasSubstr("\"code\":\"unavailable\""));
    EXPECT_EQ(send("GET", others_.url() + "/readyz").status, 200) << "it can still take payments";
    discovery_.start();
    EXPECT_TRUE(eventually([&] { return open_cart().status == 201; }));
}

TEST_F(Separate_services, ask_another_process_of_a_service_when_one_is_gone) {
    Process second("discovery-2", 3, folder_.path());
    configure(discovery_.url() + "," + second.url());
    second.configure(settings_of_discovery());
    second.start();
    start_all();
    ASSERT_TRUE(ready(second)) << second.output();
    put_assortment();
    ASSERT_TRUE(drill_is_called("Akku-Bohrschrauber 18 V"));
    const auto see_drill = [&] {
        return send("GET", others_.url() + "/shop/de/products?category=drills").status;
    };
    second.kill();
    for (int i = 0; i < 100; ++i) {
        ASSERT_EQ(see_drill(), 200) << i;
    }
    EXPECT_THAT(send("GET", others_.url() + "/metrics").body,
                HasSubstr("kontor_dependency_calls_total{dependency=\"discovery\","
                          "outcome=\"failed\"}"));
    second.start();
    ASSERT_TRUE(ready(second)) << second.output();
    discovery_.kill();
    EXPECT_TRUE(eventually([&] { return see_drill() == 200; }));
}

TEST_F(Separate_services, are_ready_once_their_projections_have_caught_up) {
    start_all();
    put_assortment();
    ASSERT_TRUE(drill_is_called("Akku-Bohrschrauber 18 V"));
    discovery_.kill();
    nats_.kill();
    others_.kill();
    discovery_.start();
    const auto alive = [&] { return send("GET", discovery_.url() + "/healthz").status == 200; };
    ASSERT_TRUE(eventually(alive)) << discovery_.output();
    const auto waiting = send("GET", discovery_.url() + "/readyz");
    EXPECT_EQ(waiting.status, 503);
    EXPECT_THAT(waiting.body, HasSubstr("\"waiting_for\":[\"discovery\"]"));
    nats_.start();
    EXPECT_TRUE(ready(discovery_));
    EXPECT_EQ(name_of_drill(), "Akku-Bohrschrauber 18 V") << "though the producers are away";
}

TEST_F(Separate_services, are_seeded_and_verified_by_verbs_with_the_same_settings) {
    start_all();
    ASSERT_EQ(others_.run({"seed", "--products", "40", "--stores", "4", "--markets", "1",
                           "--stock-per-product", "3"}),
              0)
        << others_.output();
    EXPECT_TRUE(eventually([&] { return others_.run({"verify"}) == 0; })) << others_.output();
    EXPECT_THAT(others_.output(), HasSubstr("40 products"));
}

TEST_F(Separate_services, refuse_to_start_with_an_address_that_is_none) {
    configure(discovery_.url() + ", ");
    others_.start();
    EXPECT_EQ(others_.wait(), 1);
    EXPECT_THAT(others_.output(), HasSubstr("remote.urls.discovery: \"\" is no address"));
}

TEST_F(Separate_services, refuse_to_start_where_their_events_would_not_arrive) {
    discovery_.configure("services = [\"discovery\"]\n" + remotes());
    discovery_.start();
    EXPECT_EQ(discovery_.wait(), 1);
    EXPECT_THAT(discovery_.output(), HasSubstr("discovery follows the events of stores"));
    EXPECT_THAT(discovery_.output(), HasSubstr("set events.nats"));
}

}  // namespace
}  // namespace kontor::journeys
