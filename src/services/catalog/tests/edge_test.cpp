#include "services/catalog/edge/rest.hpp"

#include <gmock/gmock.h>

#include "platform/describe/sdl.hpp"
#include "platform/rest/gateway.hpp"
#include "platform/rest/openapi.hpp"
#include "services/catalog/service.hpp"
#include "services/catalog/tests/samples.hpp"
#include "support/test_host.hpp"

namespace kontor::catalog {
namespace {

using samples::drill;
using ::testing::HasSubstr;

class OneStaffToken final : public rest::Authenticator {
public:
    std::optional<Principal> principal_of(std::string_view token,
                                          rest::Scope scope) const override {
        return token == "staff" && scope == rest::Scope::staff
                   ? std::optional(Principal{Principal::Kind::staff, 1})
                   : std::nullopt;
    }
};

class The_catalogues_edge : public ::testing::Test {
protected:
    The_catalogues_edge() {
        directory_.add<Catalog>(catalog_);
        edge(table_, directory_);
        gateway_.emplace(table_, tokens_, [](http::Request&) -> Task<http::Response> {
            co_return http::problem(refusal(refusals::not_found, "no such path"));
        });
        host_.run(catalog_.put_products({}, {{drill()}})).value();
    }
    http::Response ask(std::string_view method, std::string_view target,
                       std::vector<http::Field> fields, std::string_view body = {}) {
        http::Request request(method, target, std::move(fields), body);
        return host_.run(gateway_->handle(request));
    }
    static std::string body_of(const http::Response& response) {
        return std::get<std::string>(response.body);
    }
    Product product() { return host_.run(catalog_.product({}, {"4711"})).value(); }

    static constexpr http::Field staff{"Authorization", "Bearer staff"};

    kontor::testing::TestHost host_{"catalog", sql::Engine::sqlite};
    LocalCatalog catalog_{host_.host()};
    Directory directory_;
    rest::Table table_;
    OneStaffToken tokens_;
    std::optional<rest::Gateway> gateway_;
};

TEST_F(The_catalogues_edge, answers_nobody_without_the_staff_token) {
    for (const auto& fields : {std::vector<http::Field>{},
                               std::vector<http::Field>{{"Authorization", "Bearer guest"}}}) {
        const auto refused = ask("GET", "/admin/products/4711-s", fields);
        EXPECT_EQ(refused.status, 401);
        EXPECT_THAT(body_of(refused), HasSubstr("unauthorized"));
    }
    EXPECT_EQ(ask("PUT", "/admin/products/4711-s/name", {}, R"({"name":{"de":"Säge"}})").status,
              401);
    EXPECT_EQ(product().version, 1);
}

TEST_F(The_catalogues_edge, answers_a_product_by_its_sku_with_its_version_as_etag) {
    const auto found = ask("GET", "/admin/products/4711-s", {staff});
    EXPECT_EQ(found.status, 200);
    EXPECT_EQ(found.headers.find("ETag"), "\"1\"");
    EXPECT_EQ(body_of(found), to_json(product()));
    EXPECT_EQ(ask("GET", "/admin/products/4712", {staff}).status, 404);
}

TEST_F(The_catalogues_edge, lists_products_page_by_page) {
    host_.run(catalog_.put_products({}, {{drill("4712")}})).value();
    const auto first =
        from_json<ProductList>(body_of(ask("GET", "/admin/products?limit=1", {staff})));
    ASSERT_TRUE(first) << first.error().message;
    ASSERT_TRUE(first->next);
    const auto target = "/admin/products?limit=1&cursor=" + *first->next;
    const auto second = from_json<ProductList>(body_of(ask("GET", target, {staff})));
    EXPECT_EQ(second.value().items.at(0).code, "4712");
    EXPECT_FALSE(second->next);
    EXPECT_EQ(ask("GET", "/admin/products?limit=0", {staff}).status, 422);
}

TEST_F(The_catalogues_edge, renames_only_the_version_that_if_match_names) {
    const auto rename = [&](std::string_view etag) {
        return ask("PUT", "/admin/products/4711-s/name", {staff, {"If-Match", etag}},
                   R"({"name":{"de":"Säge"}})");
    };
    const auto stale = rename("\"9\"");
    EXPECT_EQ(stale.status, 412);
    EXPECT_THAT(body_of(stale), HasSubstr("precondition_failed"));
    EXPECT_EQ(product().version, 1);
    const auto renamed = rename("\"1\"");
    EXPECT_EQ(renamed.status, 200);
    EXPECT_EQ(renamed.headers.find("ETag"), "\"2\"");
    EXPECT_EQ(body_of(renamed), to_json(product()));
    EXPECT_EQ(product().name.in("de"), "Säge");
}

TEST_F(The_catalogues_edge, names_the_member_of_a_body_that_is_missing) {
    const auto refused = ask("PUT", "/admin/products/4711-s/name", {staff}, "{}");
    EXPECT_EQ(refused.status, 422);
    EXPECT_THAT(body_of(refused), HasSubstr(R"("pointer":"/name")"));
}

TEST_F(The_catalogues_edge, stands_with_every_route_in_the_reference) {
    const auto document = rest::openapi(table_, {}, {"Kontor", "1", "A shop."});
    EXPECT_TRUE(json::Document::parse(document));
    EXPECT_EQ(table_.routes().size(), 6);
    for (const auto& route : table_.routes()) {
        EXPECT_THAT(document, HasSubstr(fmt::format(R"("{}":{{")", route.path)));
        EXPECT_THAT(document,
                    HasSubstr(fmt::format(R"("operationId":"catalog_{}")", route.operation.name)));
    }
    EXPECT_THAT(document, HasSubstr(refusals::precondition_failed.meaning));
    EXPECT_THAT(document, HasSubstr("The retailer's own code of the product; unique."));
}

TEST(A_product_in_graphql, is_printed_from_the_same_description) {
    describe::Sdl sdl;
    sdl.add(describe::type_info<Product>());
    const auto text = sdl.text();
    EXPECT_THAT(text, HasSubstr("\"\"\"A product as staff and other services see it.\"\"\"\n"
                                "type Product {\n"
                                "  \"\"\"Opaque, stable.\"\"\"\n"
                                "  id: ID!\n"));
    EXPECT_THAT(text, HasSubstr("  name: JSON!\n"));
    EXPECT_THAT(text, HasSubstr("  brand: String\n"));
    EXPECT_THAT(text, HasSubstr("  taxClass: String!\n"));
    EXPECT_THAT(text, HasSubstr("  variants: [Variant!]!\n"));
    EXPECT_THAT(text, HasSubstr("type Variant {\n"));
    EXPECT_THAT(text, HasSubstr("  salesUnit: String!\n"));
}

}  // namespace
}  // namespace kontor::catalog
