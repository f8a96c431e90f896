#include <gmock/gmock.h>

#include "platform/async/asio_loop.hpp"
#include "platform/rpc/loopback.hpp"
#include "platform/rpc/wire.hpp"

namespace kontor::sample {

inline constexpr RefusalKind too_many{"too_many", 409, "More than there are."};

struct Take {
    std::int64_t count = 0;
    static constexpr auto describe() {
        return described<Take>("Takes some.", field<&Take::count>("How many.", {.min = 1}));
    }
};

struct Taken {
    std::int64_t left = 0;
    std::string by;
    static constexpr auto describe() {
        return described<Taken>("What is left.", field<&Taken::left>("How many are left."),
                                field<&Taken::by>("Who took."));
    }
};

class Shelf {
public:
    virtual ~Shelf() = default;
    virtual Task<Result<Taken>> take(Context context, Take wanted) = 0;

    static constexpr auto contract() {
        return rpc::contract<Shelf>("shelf", "A shelf.",
                                    rpc::change<&Shelf::take>("Takes from it.", {too_many}));
    }
};

class LocalShelf final : public Shelf {
public:
    Task<Result<Taken>> take(Context context, Take wanted) override {
        last = context;
        if (wanted.count > left) {
            auto refused = refusal(too_many, "{} wanted, {} left", wanted.count, left);
            refused.errors = {{"/count", "too many"}};
            refused.state = R"({"left":3})";
            co_return std::unexpected(std::move(refused));
        }
        left -= wanted.count;
        co_return Taken{left, std::string(context.market.view())};
    }
    std::int64_t left = 3;
    Context last;
};

}  // namespace kontor::sample

namespace kontor {
KONTOR_REMOTE(sample::Shelf, take)
}  // namespace kontor

namespace kontor {
namespace {

using ::testing::HasSubstr;

struct Calling_over_a_loopback : testing::Test {
    sample::LocalShelf local;
    rpc::Dispatcher dispatcher;
    rpc::LoopbackChannel channel{dispatcher};
    std::unique_ptr<sample::Shelf> remote = rpc::remote<sample::Shelf>(channel);
    AsioLoop loop;

    Calling_over_a_loopback() { dispatcher.expose<sample::Shelf>(local); }
};

TEST_F(Calling_over_a_loopback, answers_what_a_local_call_would) {
    const auto taken = loop.run_until_done(remote->take({.market = "at"}, {2}));
    ASSERT_TRUE(taken);
    EXPECT_EQ(taken->left, 1);
    EXPECT_EQ(taken->by, "at");
}

TEST_F(Calling_over_a_loopback, carries_a_refusal_whole) {
    const auto far = loop.run_until_done(remote->take({}, {9}));
    const auto near = loop.run_until_done(local.take({}, {9}));
    ASSERT_FALSE(far);
    EXPECT_EQ(far.error(), near.error());
}

TEST_F(Calling_over_a_loopback, carries_the_caller_and_shrinks_the_deadline) {
    Context context{.deadline = loop.now() + std::chrono::seconds(1),
                    .trace = {.trace_id = {1, 2}, .span_id = {3}, .sampled = true},
                    .principal = {Principal::Kind::guest, 0xabcdef0123456789},
                    .market = "ch",
                    .locale = "de-CH",
                    .dry_run = DryRun::yes,
                    .answer = Answer::minimal,
                    .if_match = 7,
                    .idempotency_key = "key",
                    .bearer = "secret"};
    ASSERT_TRUE(loop.run_until_done(remote->take(context, {1})));
    const auto lost = context.deadline - local.last.deadline;
    EXPECT_GE(lost, std::chrono::milliseconds(4));
    EXPECT_LE(lost, std::chrono::milliseconds(500));
    EXPECT_EQ(local.last.principal, context.principal);
    EXPECT_EQ(local.last.trace, context.trace);
    EXPECT_EQ(local.last.market, context.market);
    EXPECT_EQ(local.last.locale, context.locale);
    EXPECT_EQ(local.last.dry_run, context.dry_run);
    EXPECT_EQ(local.last.answer, context.answer);
    EXPECT_EQ(local.last.if_match, context.if_match);
    EXPECT_EQ(local.last.idempotency_key, context.idempotency_key);
    EXPECT_EQ(local.last.bearer, context.bearer);
}

TEST(A_preference, for_a_minimal_answer_is_found_among_others) {
    EXPECT_TRUE(rpc::prefers_minimal("return=minimal"));
    EXPECT_TRUE(rpc::prefers_minimal("respond-async, return=\"minimal\"; foo=bar"));
    EXPECT_FALSE(rpc::prefers_minimal("return=representation, wait=10"));
    EXPECT_FALSE(rpc::prefers_minimal(" ,;,"));
}

TEST_F(Calling_over_a_loopback, after_the_deadline_is_refused_without_running) {
    const auto taken = loop.run_until_done(remote->take({.deadline = loop.now()}, {1}));
    ASSERT_FALSE(taken);
    EXPECT_EQ(taken.error().code, "deadline_exceeded");
    EXPECT_EQ(local.left, 3);
}

TEST_F(Calling_over_a_loopback, with_a_request_out_of_limits_is_refused_by_the_other_side) {
    const auto taken = loop.run_until_done(remote->take({}, {0}));
    ASSERT_FALSE(taken);
    EXPECT_EQ(taken.error().code, "invalid");
    EXPECT_EQ(taken.error().errors.front().pointer, "/count");
}

TEST_F(Calling_over_a_loopback, and_calling_within_the_process_are_refused_alike) {
    const auto here = rpc::guarded<sample::Shelf>(local, nullptr);
    const std::vector<std::pair<Context, sample::Take>> calls{
        {{}, {0}}, {{}, {9}}, {{.deadline = loop.now()}, {1}}};
    for (const auto& [context, wanted] : calls) {
        const auto call = [&](sample::Shelf& shelf) -> Task<Result<sample::Taken>> {
            co_return co_await shelf.take(context, wanted);
        };
        const auto near = loop.run_until_done(call(*here));
        const auto far = loop.run_until_done(call(*remote));
        ASSERT_FALSE(near);
        ASSERT_FALSE(far);
        EXPECT_EQ(near.error(), far.error()) << near.error().message << far.error().message;
    }
    EXPECT_EQ(local.left, 3);
    EXPECT_TRUE(loop.run_until_done(here->take({}, {1})));
}

TEST_F(Calling_over_a_loopback, is_not_needed_for_calls_to_be_counted) {
    telemetry::Registry registry;
    const auto here = rpc::guarded<sample::Shelf>(local, &registry);
    EXPECT_TRUE(loop.run_until_done(here->take({}, {1})));
    EXPECT_FALSE(loop.run_until_done(here->take({}, {0})));
    EXPECT_FALSE(loop.run_until_done(here->take({}, {9})));

    const auto text = registry.text(telemetry::Exposition::prometheus);
    EXPECT_THAT(text, HasSubstr("operation=\"take\",outcome=\"ok\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("operation=\"take\",outcome=\"refused\"} 2\n"));
    EXPECT_THAT(text, HasSubstr("kontor_operation_duration_seconds_count{service=\"shelf\","
                                "operation=\"take\"} 3\n"));
}

}  // namespace
}  // namespace kontor
