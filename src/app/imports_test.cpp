#include <gmock/gmock.h>

#include "app/deployment.hpp"
#include "platform/async/asio_loop.hpp"
#include "platform/rest/gateway.hpp"
#include "services/catalog/api.hpp"
#include "services/imports/api.hpp"
#include "services/stores/api.hpp"
#include "support/temporary_folder.hpp"

namespace kontor::imports {
namespace {

using namespace std::string_view_literals;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class OneStaffToken final : public rest::Authenticator {
public:
    std::optional<Principal> principal_of(std::string_view token,
                                          rest::Scope scope) const override {
        return token == "staff" && scope == rest::Scope::staff
                   ? std::optional(Principal{Principal::Kind::staff, 1})
                   : std::nullopt;
    }
};

/// A shop whose staff upload files over HTTP.
class Uploading : public ::testing::Test {
protected:
    Uploading() {
        start();
        must(ask<stores::Stores>().put_markets({}, {{{.code = "at",
                                                      .country = "AT",
                                                      .name = {{"de", "Österreich"}},
                                                      .currency = Currency("EUR"),
                                                      .languages = {"de-AT"},
                                                      .time_zone = "Europe/Vienna",
                                                      .legal_entity = "Kontor GmbH"}}}));
        must(ask<catalog::Catalog>().put_categories(
            {}, {{{.code = "drills", .name = {{"de", "Bohrer"}}}}}));
    }
    ~Uploading() override { stop(); }

    void start() {
        deployment_.emplace(
            app::DeploymentOptions{
                .services = {"stores", "catalog", "pricing", "inventory", "payments", "discovery",
                             "carts", "orders", "imports"},
                .data = folder_.path()},
            nullptr, clock_, random_, silent_);
        gateway_.emplace(deployment_->routes(), tokens_,
                         [](http::Request&) -> Task<http::Response> {
                             co_return http::problem(refusal(refusals::not_found, "no such path"));
                         });
        run(deployment_->start());
    }
    void stop() {
        run(deployment_->stop());
        gateway_.reset();
        deployment_.reset();
    }

    template <class Contract>
    Contract& ask() {
        return deployment_->directory().get<Contract>();
    }
    template <class T>
    T must(Task<Result<T>> task) {
        return loop_.run_until_done(std::move(task)).value();
    }
    void run(Task<void> task) {
        loop_.run_until_done([](Task<void> owned) -> Task<bool> {
            co_await std::move(owned);
            co_return true;
        }(std::move(task)));
    }

    http::Response call(std::string_view method, std::string_view target,
                        std::string_view body = {}, std::string_view bearer = "Bearer staff") {
        http::Request request(method, target, {{"Authorization", bearer}}, body);
        return loop_.run_until_done(gateway_->handle(request));
    }
    static std::string body_of(const http::Response& response) {
        return std::get<std::string>(response.body);
    }
    template <class T>
    T get(std::string_view target) {
        return from_json<T>(body_of(call("GET", target))).value();
    }
    Import upload(std::string_view query, std::string_view file) {
        const auto answer = call("POST", fmt::format("/admin/imports?{}", query), file);
        EXPECT_EQ(answer.status, 201) << body_of(answer);
        return from_json<Import>(body_of(answer)).value();
    }
    /// The import once it is over.
    Import end_of(const Import& import) {
        for (;;) {
            auto now = get<Import>("/admin/imports/" + to_text(import.id));
            if (now.status == ImportStatus::finished || now.status == ImportStatus::failed) {
                return now;
            }
            run(sleep_for(std::chrono::milliseconds(5)));
        }
    }
    std::size_t products() {
        return must(ask<catalog::Catalog>().products({}, {.limit = 500})).items.size();
    }

    const kontor::testing::TemporaryFolder folder_;
    const SystemClock clock_;
    SystemRandom random_;
    telemetry::SilentLog silent_;
    const OneStaffToken tokens_;
    AsioLoop loop_;
    std::optional<app::Deployment> deployment_;
    std::optional<rest::Gateway> gateway_;
};

std::string told(const ImportCounts& counts) {
    return fmt::format("{} = {} + {} + {}", counts.read, counts.accepted, counts.unchanged,
                       counts.rejected);
}

constexpr std::string_view three_products =
    "sku,name.de,category\n1,A,drills\n2,B,nowhere\n3,C,drills\n";

TEST_F(Uploading, takes_the_good_rows_of_a_file_in_and_its_counts_add_up) {
    const auto end = end_of(upload("kind=products", three_products));
    EXPECT_EQ(end.status, ImportStatus::finished) << end.problem.value_or("");
    EXPECT_EQ(told(end.records), "3 = 2 + 0 + 1");
    EXPECT_EQ(end.bytes, std::ssize(three_products));
    EXPECT_EQ(end.bytes_done, end.bytes);
    EXPECT_EQ(products(), 2);
    EXPECT_EQ(told(end_of(upload("kind=products", three_products)).records), "3 = 0 + 2 + 1");
}

TEST_F(Uploading, lists_what_was_rejected_page_by_page) {
    const auto end =
        end_of(upload("kind=products", "sku,name.de,category\n1,A,nowhere\n2,,drills\n3,C,no\n"));
    ASSERT_THAT(end.first_rejects, SizeIs(3));
    EXPECT_EQ(end.first_rejects.front().line, 2);
    EXPECT_EQ(end.first_rejects.front().field, "category");
    EXPECT_EQ(end.first_rejects.front().value, "nowhere");
    const auto all = "/admin/imports/" + to_text(end.id) + "/rejects?limit=2";
    const auto first = get<RejectList>(all);
    ASSERT_THAT(first.items, SizeIs(2));
    const auto second = get<RejectList>(all + "&cursor=" + first.next.value());
    ASSERT_THAT(second.items, SizeIs(1));
    EXPECT_EQ(second.items.front().line, 4);
    EXPECT_FALSE(second.next);
}

TEST_F(Uploading, a_file_that_is_not_text_changes_nothing_and_says_where) {
    const auto end =
        end_of(upload("kind=products", "sku,name.de,category\n1,A,drills\n\0\1\2\n"sv));
    EXPECT_EQ(end.status, ImportStatus::failed);
    EXPECT_THAT(end.problem.value_or(""), HasSubstr("line 3"));
    EXPECT_EQ(products(), 0);
}

TEST_F(Uploading, reads_the_rows_as_a_mapping_says) {
    const auto unknown = call("POST", "/admin/imports?kind=products&mapping=ours", "x");
    EXPECT_EQ(unknown.status, 404) << body_of(unknown);
    const auto put = call("PUT", "/admin/import-mappings/ours",
                          R"({"toml": "[product]\nsku = \"{nr}\"\ncategory = \"drills\"\n)"
                          R"(name.de = \"{text}\"\n"})");
    ASSERT_EQ(put.status, 200) << body_of(put);
    const auto end = end_of(upload("kind=products&mapping=ours", "nr,text\n4711,Bohrer\n"));
    EXPECT_EQ(told(end.records), "1 = 1 + 0 + 0") << end.problem.value_or("");
    EXPECT_EQ(must(ask<catalog::Catalog>().product({}, {"4711"})).name.in("de"), "Bohrer");
    EXPECT_THAT(get<MappingList>("/admin/import-mappings").items, SizeIs(1));
}

TEST_F(Uploading, a_mapping_that_means_nothing_is_refused_with_its_line) {
    const auto put = call("PUT", "/admin/import-mappings/ours", R"({"toml": "a =\n"})");
    EXPECT_EQ(put.status, 422);
    EXPECT_THAT(body_of(put), HasSubstr("ours:1"));
}

TEST_F(Uploading, goes_on_at_the_next_start_with_what_was_interrupted) {
    std::string file = "sku,name.de,category\n";
    for (int i = 0; i < 3000; ++i) {
        file += fmt::format("{},A,drills\n", i);
    }
    const auto import = upload("kind=products", file);
    stop();
    start();
    const auto end = end_of(import);
    EXPECT_EQ(end.status, ImportStatus::finished) << end.problem.value_or("");
    EXPECT_EQ(end.records.read, 3000);
    EXPECT_EQ(end.records.accepted + end.records.unchanged, 3000);
}

TEST_F(Uploading, lists_imports_the_latest_first) {
    const auto first = end_of(upload("kind=products", three_products));
    const auto second = end_of(upload("kind=stock", "sku,location,on_hand\n"));
    const auto page = get<ImportList>("/admin/imports?limit=1");
    ASSERT_THAT(page.items, SizeIs(1));
    EXPECT_EQ(page.items.front().id, second.id);
    const auto next = get<ImportList>("/admin/imports?limit=1&cursor=" + page.next.value());
    EXPECT_EQ(next.items.front().id, first.id);
    EXPECT_FALSE(next.next);
}

TEST_F(Uploading, is_for_staff_only) {
    for (const auto* target : {"/admin/imports?kind=products", "/admin/imports"}) {
        EXPECT_EQ(call("POST", target, three_products, "Bearer guest").status, 401);
        EXPECT_EQ(call("GET", target, {}, "").status, 401);
    }
    EXPECT_EQ(products(), 0);
}

TEST_F(Uploading, needs_to_know_what_the_rows_are) {
    const auto answer = call("POST", "/admin/imports", three_products);
    EXPECT_EQ(answer.status, 422);
    EXPECT_THAT(body_of(answer), HasSubstr("/kind"));
}

}  // namespace
}  // namespace kontor::imports
