#include <gmock/gmock.h>

#include "platform/async/loop_pool.hpp"
#include "platform/http/client.hpp"
#include "platform/http/server.hpp"
#include "platform/rpc/http_channel.hpp"
#include "platform/rpc/loopback.hpp"
#include "services/catalog/service.hpp"
#include "services/catalog/tests/samples.hpp"
#include "services/catalog/tests/witness.hpp"
#include "support/other_process.hpp"
#include "support/test_host.hpp"

/// One story, told over every way that a call can take: the caller cannot tell them apart.
namespace kontor::catalog {
namespace {

using namespace std::chrono_literals;
using kontor::testing::OtherProcess;
using kontor::testing::OtherProcessBody;
using kontor::testing::ParentProcess;
using samples::drill;
using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr std::string_view internal_token = "between us";

/// A catalogue on its own records, and what other processes would reach of it.
struct Serving {
    kontor::testing::TestHost host{"catalog", sql::Engine::sqlite};
    LocalCatalog local{host.host()};
    Witness witness{local};
    rpc::Dispatcher dispatcher;

    Serving() { dispatcher.expose<Catalog>(witness); }
};

/// The other process: serves its catalogue on the port that it tells.
const OtherProcessBody serve_catalog{
    "serve_catalog", [](ParentProcess& parent, const std::vector<std::string>&) {
        LoopPool loops(1);
        Serving serving;
        http::Server server(loops.all(), [&](http::Request& request) {
            return rpc::serve_internal(serving.dispatcher, internal_token, request);
        });
        parent.tell(std::to_string(server.port()));
        parent.wait_until_done();
        server.stop();
    }};

/// How the caller, who has a loop of its own, comes to a catalogue.
class Way {
public:
    virtual ~Way() = default;
    virtual AsioLoop& loop() = 0;
    virtual Catalog& catalog() = 0;
};

class DirectCall final : public Way {
public:
    AsioLoop& loop() override { return serving_.host.loop; }
    Catalog& catalog() override { return serving_.witness; }

private:
    Serving serving_;
};

class Loopback final : public Way {
public:
    AsioLoop& loop() override { return serving_.host.loop; }
    Catalog& catalog() override { return *catalog_; }

private:
    Serving serving_;
    rpc::LoopbackChannel channel_{serving_.dispatcher};
    std::unique_ptr<Catalog> catalog_ = rpc::remote<Catalog>(channel_);
};

class OverHttp final : public Way {
public:
    explicit OverHttp(std::string_view token = internal_token)
        : channel_(*client_, "http://127.0.0.1:" + port_, std::string(token)) {}
    ~OverHttp() override {
        client_.reset();
        EXPECT_EQ(process_.finish(), 0);
    }
    AsioLoop& loop() override { return loop_; }
    Catalog& catalog() override { return *catalog_; }
    /// The answer to a POST, as somebody else than our channel might send it.
    http::Answer post(std::string_view path, http::Headers headers, std::string body) {
        return loop_
            .run_until_done(
                client_->send({}, {.method = "POST",
                                   .url = fmt::format("http://127.0.0.1:{}{}", port_, path),
                                   .headers = std::move(headers),
                                   .body = std::move(body)}))
            .value();
    }

private:
    AsioLoop loop_;
    OtherProcess process_{"serve_catalog"};
    std::string port_ = process_.read_line();
    std::unique_ptr<http::Client> client_ = http::make_client({&loop_});
    rpc::HttpChannel channel_;
    std::unique_ptr<Catalog> catalog_ = rpc::remote<Catalog>(channel_);
};

template <class Kind>
std::unique_ptr<Way> make() {
    return std::make_unique<Kind>();
}

struct NamedWay {
    const char* name;
    std::unique_ptr<Way> (*make)();
};

class The_spine : public ::testing::TestWithParam<NamedWay> {
protected:
    template <class T>
    T run(Task<T> task) {
        return way_->loop().run_until_done(std::move(task));
    }
    Catalog& catalog() { return way_->catalog(); }
    Context within(Duration time) { return {.deadline = way_->loop().now() + time}; }
    Arrived seen_of(const Context& context) {
        const auto answer = run(catalog().product(context, {"caller"}));
        return from_json<Arrived>(answer.error().state).value();
    }

    std::unique_ptr<Way> way_ = GetParam().make();
};

TEST_P(The_spine, carries_a_read_a_list_and_a_change_with_their_answers) {
    const auto put = run(catalog().put_products(within(20s), {{drill("1"), drill("2")}}));
    ASSERT_TRUE(put) << put.error().message;
    EXPECT_EQ(put->accepted, 2);
    const auto product = run(catalog().product(within(20s), {"1-m"})).value();
    EXPECT_EQ(product.name, drill("1").name);
    EXPECT_EQ(product.attributes.at(0).number, Quantity::of(18));
    EXPECT_THAT(product.variants, SizeIs(2));

    const auto renamed = run(catalog().rename_product({.if_match = 1}, {"1-m", {{"de", "Säge"}}}));
    ASSERT_TRUE(renamed) << renamed.error().message;
    EXPECT_EQ(renamed->version, 2);
    EXPECT_EQ(renamed->id, product.id);

    const auto first = run(catalog().products({}, {.limit = 1})).value();
    ASSERT_THAT(first.items, SizeIs(1));
    EXPECT_EQ(to_json(first.items[0]), to_json(*renamed));
    const auto second = run(catalog().products({}, {1, first.next})).value();
    ASSERT_THAT(second.items, SizeIs(1));
    EXPECT_EQ(second.items[0].code, "2");
    EXPECT_EQ(second.next, std::nullopt);
}

TEST_P(The_spine, carries_the_refusals_of_a_service_word_for_word) {
    const auto unknown = run(catalog().product({}, {"größe 9"})).error();
    EXPECT_EQ(unknown, refusal(refusals::not_found,
                               "no product has the id, slug, code, SKU or GTIN \"größe 9\""));
    run(catalog().put_products({}, {{drill("1")}})).value();
    const auto stale = run(catalog().rename_product({.if_match = 4}, {"1", {{"de", "Säge"}}}));
    EXPECT_EQ(stale.error(), refusal(refusals::precondition_failed,
                                     "If-Match \"4\": the product's version is 1; read it again"));
    EXPECT_EQ(run(catalog().product({}, {"1"}))->version, 1);
}

TEST_P(The_spine, carries_every_member_of_a_refusal) {
    auto refused = run(catalog().product({}, {"caller"})).error();
    EXPECT_TRUE(from_json<Arrived>(refused.state)) << refused.state;
    refused.state.clear();
    EXPECT_EQ(refused, Witness::refusal());
}

TEST_P(The_spine, carries_the_caller) {
    const auto seen = seen_of({.deadline = way_->loop().now() + 20s,
                               .principal = {Principal::Kind::staff, 0x2bcdef0123456789},
                               .market = "ch",
                               .locale = "de-CH",
                               .dry_run = DryRun::yes,
                               .if_match = 7,
                               .idempotency_key = "order 9",
                               .bearer = "secret"});
    EXPECT_EQ(seen.principal_kind, static_cast<std::int64_t>(Principal::Kind::staff));
    EXPECT_EQ(seen.principal_subject, 0x2bcdef0123456789);
    EXPECT_EQ(seen.market, "ch");
    EXPECT_EQ(seen.locale, "de-CH");
    EXPECT_EQ(seen.idempotency_key, "order 9");
    EXPECT_EQ(seen.bearer, "secret");
    EXPECT_EQ(seen.if_match, 7);
    EXPECT_TRUE(seen.dry_run);
    EXPECT_EQ(seen_of({}).principal_kind, static_cast<std::int64_t>(Principal::Kind::anonymous));
}

TEST_P(The_spine, leaves_the_service_less_time_than_the_caller_has) {
    const auto left = std::chrono::microseconds(seen_of(within(20s)).left_us);
    EXPECT_GT(left, 0s);
    EXPECT_LT(left, 20s);
}

TEST_P(The_spine, refuses_a_call_whose_time_is_spent_and_does_nothing) {
    run(catalog().put_products({}, {{drill("1")}})).value();
    const auto late = run(catalog().rename_product(within(0s), {"1", {{"de", "Säge"}}}));
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code, "deadline_exceeded");
    EXPECT_EQ(late.error().status, 504);
    EXPECT_EQ(run(catalog().product({}, {"1"}))->version, 1);
}

INSTANTIATE_TEST_SUITE_P(Over, The_spine,
                         ::testing::Values(NamedWay{"direct_call", make<DirectCall>},
                                           NamedWay{"loopback", make<Loopback>},
                                           NamedWay{"two_processes", make<OverHttp>}),
                         [](const auto& given) { return given.param.name; });

TEST(A_process_that_serves_others, refuses_who_does_not_have_the_token_of_the_deployment) {
    OverHttp stranger("guessed");
    const auto answer = stranger.loop().run_until_done(stranger.catalog().product({}, {"caller"}));
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, "unauthorized");
    EXPECT_EQ(answer.error().status, 401);
    EXPECT_EQ(stranger.post("/internal/catalog/product", {}, R"({"product":"caller"})").status,
              401);
}

TEST(A_process_that_serves_others, refuses_what_arrives_after_its_time_or_names_no_operation) {
    OverHttp way;
    const auto bearer = "Bearer " + std::string(internal_token);
    const auto late =
        way.post("/internal/catalog/product",
                 {{"Authorization", bearer}, {"Kontor-Deadline-Ms", "0"}}, R"({"product":"x"})");
    EXPECT_EQ(late.status, 504);
    EXPECT_THAT(late.body, HasSubstr("deadline_exceeded"));
    EXPECT_EQ(way.post("/internal/catalog/paint", {{"Authorization", bearer}}, "{}").status, 404);
    EXPECT_EQ(way.post("/internal/catalog/product", {{"Authorization", bearer}}, "{").status, 400);
}

TEST(A_process_that_serves_others, is_unavailable_once_it_is_gone) {
    AsioLoop loop;
    OtherProcess process("serve_catalog");
    const auto port = process.read_line();
    const auto client = http::make_client({&loop});
    rpc::HttpChannel channel(*client, "http://127.0.0.1:" + port, std::string(internal_token));
    const auto catalog = rpc::remote<Catalog>(channel);
    EXPECT_EQ(loop.run_until_done(catalog->product({}, {"caller"})).error().code, "conflict");
    process.kill();
    EXPECT_EQ(loop.run_until_done(catalog->product({}, {"caller"})).error().code, "unavailable");
}

}  // namespace
}  // namespace kontor::catalog
