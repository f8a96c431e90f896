#include <gmock/gmock.h>

#include "platform/describe/sdl.hpp"
#include "platform/rest/openapi.hpp"
#include "platform/rest/route_parts.hpp"
#include "platform/rest/router.hpp"
#include "platform/rpc/remote.hpp"

namespace kontor::rest_sample {

struct FindBox {
    std::string box;
    std::optional<std::int64_t> size_max;
    std::vector<std::string> facets;
    std::map<std::string, std::string> attr;
    static constexpr auto describe() {
        return described<FindBox>("Finds a box.", field<&FindBox::box>("Its name."),
                                  field<&FindBox::size_max>("At most so large.", {.min = 1}),
                                  field<&FindBox::facets>("Counts wanted."),
                                  field<&FindBox::attr>("Attributes it must have."));
    }
};

struct FoundBox {
    std::string id;
    std::uint64_t version = 1;
    std::vector<std::string> facets;
    std::map<std::string, std::string> attr;
    static constexpr auto describe() {
        return described<FoundBox>(
            "A box.", field<&FoundBox::id>("Its id."), field<&FoundBox::version>("Its version."),
            field<&FoundBox::facets>("Counts."), field<&FoundBox::attr>("Its attributes."));
    }
};

class Boxes {
public:
    virtual ~Boxes() = default;
    virtual Task<Result<FoundBox>> find(Context context, FindBox wanted) = 0;
    virtual Task<Result<FoundBox>> fill(Context context, FindBox wanted) = 0;
    static constexpr auto contract() {
        return rpc::contract<Boxes>(
            "boxes", "Boxes.", rpc::read<&Boxes::find>("Finds one box.", {refusals::not_found}),
            rpc::change<&Boxes::fill>("Fills a box."));
    }
};

struct LocalBoxes final : Boxes {
    Task<Result<FoundBox>> find(Context, FindBox wanted) override {
        co_return FoundBox{wanted.box, 7, wanted.facets, wanted.attr};
    }
    Task<Result<FoundBox>> fill(Context, FindBox wanted) override {
        co_return FoundBox{wanted.box, 8, {}, {}};
    }
};

}  // namespace kontor::rest_sample

namespace kontor::rest_documents {

struct SignedNote {
    std::string text;
    std::string signature;
    static constexpr auto describe() {
        return described<SignedNote>("A note of somebody else's.",
                                     field<&SignedNote::text>("As it came."),
                                     field<&SignedNote::signature>("By whom.", {.max_length = 9}));
    }
};

class Notes {
public:
    virtual ~Notes() = default;
    virtual Task<Result<SignedNote>> take(Context context, SignedNote note) = 0;
    static constexpr auto contract() {
        return rpc::contract<Notes>("notes", "Notes.", rpc::change<&Notes::take>("Takes one."));
    }
};

struct Echo final : Notes {
    Task<Result<SignedNote>> take(Context, SignedNote note) override { co_return note; }
};

struct Pieces final : rest::BodyPieces {
    Task<Result<std::optional<std::string>>> next() override {
        if (left.empty()) {
            co_return std::optional<std::string>();
        }
        std::optional piece(left.front());
        left.erase(left.begin());
        co_return piece;
    }
    std::vector<std::string> left;
};

}  // namespace kontor::rest_documents

namespace kontor {

KONTOR_REMOTE(rest_sample::Boxes, find, fill)
KONTOR_REMOTE(rest_documents::Notes, take)

}  // namespace kontor

namespace kontor::rest {
namespace {

using rest_sample::Boxes;
using testing::HasSubstr;

struct A_route : testing::Test {
    rest_sample::LocalBoxes boxes;
    Table table;

    A_route() {
        table.route<&Boxes::find>("GET", "/shop/{market}/boxes/{box}", Scope::shopper, boxes)
            .route<&Boxes::fill>("PUT", "/admin/boxes/{box}", Scope::staff, boxes);
    }
    Result<Outbound> call(std::string_view method, std::string_view path, std::string_view query,
                          std::string_view body = {}) {
        const Router router(table);
        const auto match = TRY_NOW(router.find(method, path));
        return run_to_completion(match.route->run(
            {}, {.path = match.variables, .query = *parse_query(query), .body = body}));
    }
};

TEST_F(A_route, binds_path_and_query_to_the_members_of_the_request) {
    const auto answer =
        call("GET", "/shop/de/boxes/gr%C3%BCn", "size_max=3&facets=a,b&attr%5Bvoltage%5D=18&utm=x");
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(answer->json,
              R"({"id":"grün","version":7,"facets":["a","b"],"attr":{"voltage":"18"}})");
    EXPECT_EQ(answer->version, 7U);
}

TEST_F(A_route, names_the_parameter_that_is_wrong) {
    const auto answer = call("GET", "/shop/de/boxes/b", "size_max=0");
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().errors.front(), (FieldError{"/size_max", "is 0: must be at least 1"}));
}

TEST_F(A_route, takes_what_the_path_gave_as_given_when_it_reads_the_body) {
    EXPECT_TRUE(call("PUT", "/admin/boxes/b", "", R"({"size_max":4})"));
    EXPECT_TRUE(call("PUT", "/admin/boxes/b", ""));
}

TEST_F(A_route, that_does_not_exist_is_told_from_a_wrong_method) {
    EXPECT_EQ(call("GET", "/shop/de/crates/b", "").error().code, "not_found");
    EXPECT_EQ(call("POST", "/shop/de/boxes/b", "").error().code, "method_not_allowed");
    EXPECT_THAT(call("POST", "/shop/de/boxes/b", "").error().message, HasSubstr("use GET"));
    EXPECT_EQ(call("GET", "/shop/de/boxes/%zz", "").error().code, "malformed");
}

TEST_F(A_route, refuses_a_path_or_query_that_is_not_utf_8_as_it_would_such_a_body) {
    EXPECT_EQ(call("GET", "/shop/de/boxes/gr%FCn", "").error().code, "malformed");
    EXPECT_EQ(parse_query("attr[colour]=gr%FCn").error().code, "malformed");
    EXPECT_EQ(parse_query("gr%FCn=1").error().code, "malformed");
}

TEST_F(A_route, binds_what_the_path_names_whatever_the_query_says_of_it) {
    const auto answer = call("GET", "/shop/de/boxes/mine", "box=yours");
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_THAT(answer->json, HasSubstr(R"("id":"mine")"));
}

TEST_F(A_route, with_a_variable_that_no_member_takes_cannot_be_declared) {
    EXPECT_THROW(table.route<&Boxes::find>("GET", "/x/{crate}", Scope::shopper, boxes),
                 std::logic_error);
}

TEST_F(A_route, stands_in_the_reference_with_its_limits_and_refusals) {
    const auto document = openapi(table, {}, {"Kontor", "1", "A shop."});
    const auto parsed = json::Document::parse(document);
    ASSERT_TRUE(parsed) << parsed.error().message;
    EXPECT_THAT(document, HasSubstr(R"("/shop/{market}/boxes/{box}")"));
    EXPECT_THAT(document, HasSubstr(R"("name":"attr","in":"query","required":false)"));
    EXPECT_THAT(document, HasSubstr(R"("style":"deepObject")"));
    EXPECT_THAT(document, HasSubstr("Nothing has this key."));
    EXPECT_THAT(document, HasSubstr(R"("minimum":1)"));
}

struct A_document_route : testing::Test {
    rest_documents::Echo notes;
    Table table;

    A_document_route() {
        table.document<&rest_documents::Notes::take>(
            "/notes", Scope::shopper, notes, "text",
            {.bytes_max = 99, .media_types = {"text/plain"}}, {{"X-Signature", "signature"}});
    }
    Result<Outbound> post(std::vector<std::string> pieces, std::string signature,
                          std::string_view query = {}) {
        rest_documents::Pieces body;
        body.left = std::move(pieces);
        Inbound inbound{.path = {}, .query = *parse_query(query), .body = {}};
        inbound.query.emplace_back("signature", std::move(signature));
        return run_to_completion(table.routes().at(0).upload->run({}, inbound, body));
    }
};

TEST_F(A_document_route, takes_the_body_byte_for_byte_and_the_header_it_names) {
    EXPECT_EQ(post({"{\"a\": ", "1 }\n"}, "me")->json,
              R"({"text":"{\"a\": 1 }\n","signature":"me"})");
    EXPECT_EQ(post({"real"}, "me", "text=forged")->json, R"({"text":"real","signature":"me"})");
    EXPECT_EQ(post({}, "too long for it").error().code, "invalid");
}

TEST_F(A_document_route, stands_in_the_reference_with_its_header_and_no_other_parameter) {
    const auto parts = parameters_of(table.routes().at(0));
    ASSERT_EQ(parts.size(), 1U);
    EXPECT_EQ(parts[0].name, "X-Signature");
    EXPECT_EQ(parts[0].where, "header");
}

TEST(A_graphql_type, is_printed_with_meanings_camel_case_and_nullability) {
    describe::Sdl sdl;
    sdl.add(describe::type_info<rest_sample::FindBox>(), describe::Sdl::Direction::input);
    EXPECT_THAT(sdl.text(), HasSubstr("input FindBoxInput {"));
    EXPECT_THAT(sdl.text(), HasSubstr("  \"\"\"At most so large.\"\"\"\n  sizeMax: Long\n"));
    EXPECT_THAT(sdl.text(), HasSubstr("  box: String!\n"));
    EXPECT_THAT(sdl.text(), HasSubstr("  attr: JSON\n"));
}

}  // namespace
}  // namespace kontor::rest
