#include "platform/events/envelope.hpp"

#include <gmock/gmock.h>

#include "platform/describe/json.hpp"

namespace kontor::events {
namespace {

Envelope product_changed() {
    return {.id = "evt_0f3k8t2v9m1qd",
            .source = "catalog",
            .type = "catalog.product-changed",
            .time = {1'767'225'600'000'001},
            .schema_version = 2,
            .aggregate = "prd_0f3k8t2v9m1qe",
            .aggregate_version = 7,
            .sequence = 9'007'199'254'740'993,
            .trace = {.trace_id = {1, 2, 3}, .span_id = {4}, .sampled = true},
            .data = R"({"name":"Säge \"Profi\""})"};
}

std::string with(std::string_view from, std::string_view to) {
    auto json = to_cloud_event(product_changed());
    json.replace(json.find(from), from.size(), to);
    return json;
}

std::vector<std::string> pointers(const Result<Envelope>& result) {
    std::vector<std::string> names;
    for (const auto& error : result ? std::vector<FieldError>{} : result.error().errors) {
        names.push_back(error.pointer);
    }
    return names;
}

TEST(A_cloud_event, comes_back_as_it_was_written) {
    EXPECT_EQ(from_cloud_event(to_cloud_event(product_changed())), product_changed());
    auto untraced = product_changed();
    untraced.trace = {};
    EXPECT_EQ(from_cloud_event(to_cloud_event(untraced)), untraced);
}

// CloudEvents 1.0.2: required attributes, the type system's 32-bit Integer, attribute names of
// lower-case letters and digits, and data as a JSON value where it is JSON.
TEST(A_cloud_event, keeps_to_the_specification) {
    EXPECT_EQ(to_cloud_event(product_changed()),
              R"({"specversion":"1.0","id":"evt_0f3k8t2v9m1qd","source":"catalog",)"
              R"("type":"catalog.product-changed","datacontenttype":"application/json",)"
              R"("dataschema":"urn:kontor:event:catalog.product-changed:2",)"
              R"("subject":"prd_0f3k8t2v9m1qe","time":"2026-01-01T00:00:00.000001Z",)"
              R"("sequence":"9007199254740993","aggregateversion":"7",)"
              R"("traceparent":"00-01020300000000000000000000000000-0400000000000000-01",)"
              R"("data":{"name":"Säge \"Profi\""}})");
}

TEST(A_cloud_event, names_every_attribute_that_is_missing) {
    EXPECT_THAT(pointers(from_cloud_event("{}")),
                testing::UnorderedElementsAre("/specversion", "/id", "/source", "/type",
                                              "/dataschema", "/subject", "/time", "/sequence",
                                              "/aggregateversion", "/data"));
}

TEST(A_cloud_event, with_a_wrong_attribute_is_refused_by_its_name) {
    using testing::ElementsAre;
    const auto wrong = [](std::string_view from, std::string_view to) {
        return pointers(from_cloud_event(with(from, to)));
    };
    EXPECT_THAT(wrong("\"1.0\"", "\"0.3\""), ElementsAre("/specversion"));
    EXPECT_THAT(wrong("changed:2", "changed:x"), ElementsAre("/dataschema"));
    EXPECT_THAT(wrong("changed:2", "changed:0"), ElementsAre("/dataschema"));
    EXPECT_THAT(wrong("\"7\"", "\"-7\""), ElementsAre("/aggregateversion"));
    EXPECT_THAT(wrong("\"9007199254740993\"", "\"1x\""), ElementsAre("/sequence"));
    EXPECT_THAT(wrong("00-0102", "00-01zz"), ElementsAre("/traceparent"));
    EXPECT_THAT(wrong("application/json", "text/plain"), ElementsAre("/datacontenttype"));
    EXPECT_THAT(wrong("\"id\":\"evt_0f3k8t2v9m1qd\"", "\"id\":\"\""), ElementsAre("/id"));
}

TEST(A_cloud_event, of_a_later_program_is_read_without_what_is_unknown) {
    const auto read = from_cloud_event(with("\"data\":", "\"partitionkey\":\"7\",\"data\":"));
    EXPECT_EQ(read, product_changed());
}

TEST(A_cloud_event, that_is_not_json_is_malformed) {
    const auto read = from_cloud_event("<event/>");
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, "malformed");
}

}  // namespace
}  // namespace kontor::events
