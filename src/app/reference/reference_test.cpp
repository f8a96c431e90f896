#include <gmock/gmock.h>

#include <fstream>
#include <regex>

#include <boost/json.hpp>

#include "app/front.hpp"
#include "app/reference/reference.hpp"
#include "platform/async/asio_loop.hpp"
#include "support/repository.hpp"
#include "support/temporary_folder.hpp"

namespace kontor::app::reference {
namespace {

std::string content_of(const std::filesystem::path& path) {
    const std::ifstream file(path);
    return (std::stringstream() << file.rdbuf()).str();
}

/// `GET /shop/{market}/products` of every route that may be called from outside.
std::set<std::string> routes_of(const rest::Table& table) {
    std::set<std::string> all;
    for (const auto& route : table.routes()) {
        if (route.scope != rest::Scope::internal) {
            all.insert(fmt::format("{} {}", route.method, route.path));
        }
    }
    return all;
}

/// The same of an OpenAPI document.
std::set<std::string> routes_of(std::string_view document) {
    std::set<std::string> all;
    const auto parsed = boost::json::parse(document);
    for (const auto& [path, operations] : parsed.at("paths").as_object()) {
        for (const auto& [method, operation] : operations.as_object()) {
            std::string verb(method);
            std::ranges::transform(verb, verb.begin(), [](unsigned char c) { return toupper(c); });
            all.insert(fmt::format("{} {}", verb, std::string_view(path)));
        }
    }
    return all;
}

TEST(The_reference_in_docs, says_what_the_descriptions_say) {
    for (const auto& page : pages()) {
        if (!page.file.empty()) {
            const auto kept = testing::repository() / "docs/reference" / page.file;
            EXPECT_EQ(content_of(kept), page.text()) << kept << " is out of date: ./dev reference";
        }
    }
}

TEST(The_reference_of_events, has_every_event_that_a_service_declares) {
    const auto page = events_page();
    const std::regex declared(R"(events::Type type\{"([^"]+)\")");
    int events = 0;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(testing::repository() / "src/services")) {
        if (entry.path().filename() != "events.hpp") {
            continue;
        }
        const auto source = content_of(entry.path());
        for (std::sregex_iterator at(source.begin(), source.end(), declared), end; at != end;
             ++at) {
            EXPECT_THAT(page, ::testing::HasSubstr("\n## " + (*at)[1].str() + "\n"));
            ++events;
        }
    }
    EXPECT_GE(events, 8);
}

TEST(The_OpenAPI_document, has_every_route_that_is_served_and_no_other) {
    const testing::TemporaryFolder folder;
    const SystemClock clock;
    SystemRandom random;
    AsioLoop loop;
    telemetry::SilentLog silent;
    const Deployment deployment({.data = folder.path()}, nullptr, clock, random, silent);
    auto served = routes_of(deployment.routes());
    for (const auto& route : fixed_routes()) {
        served.insert(fmt::format("GET {}", route.path));
    }
    for (const auto* fixed : {"/healthz", "/readyz", "/metrics", "/openapi.json"}) {
        EXPECT_TRUE(served.contains(fmt::format("GET {}", fixed))) << fixed;
    }
    EXPECT_EQ(routes_of(openapi_of(deployment.routes())), served);
    EXPECT_EQ(routes_of(openapi_of(Contracts().routes())), served);
}

TEST(A_contract_that_is_only_described, is_called_in_vain) {
    const Contracts contracts;
    AsioLoop loop;
    const auto& route = contracts.routes().routes().front();
    const auto answer = loop.run_until_done(route.run({}, {.body = "{}"}));
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, "unavailable");
}

}  // namespace
}  // namespace kontor::app::reference
