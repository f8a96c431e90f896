#include "app/pages/pages.hpp"

#include <variant>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/pages/embedded.hpp"
#include "platform/http/coding.hpp"

namespace kontor::pages {

namespace {

using testing::HasSubstr;
using testing::Not;

std::string body_of(const http::Response& response) {
    return std::get<std::string>(response.body);
}

std::string header(const http::Response& response, std::string_view name) {
    return std::string(response.headers.find(name).value_or(""));
}

/// One that has every variant, whether the real pages were built or not.
constexpr Page page{.content_type = "text/html; charset=utf-8",
                    .bytes = "plain",
                    .gzip = "zipped",
                    .brotli = "packed",
                    .etag = "\"7\"",
                    .immutable = false};

}  // namespace

TEST(Pages, have_a_start_page_whether_web_was_built_or_not) {
    const auto start = find("/");
    ASSERT_TRUE(start);
    EXPECT_EQ(start->content_type, "text/html; charset=utf-8");
    EXPECT_THAT(std::string(start->bytes), HasSubstr("Kontor"));
    EXPECT_TRUE(start->etag.starts_with('"') && start->etag.ends_with('"')) << start->etag;
    EXPECT_FALSE(start->immutable);
}

TEST(Pages, do_not_answer_for_paths_that_are_none_of_theirs) {
    for (const std::string_view path : {"", "/nothing", "/../etc/passwd", "/shop/de/products"}) {
        EXPECT_FALSE(find(path)) << path;
    }
}

TEST(Pages, that_are_built_come_with_all_their_files_intact) {
    for (const auto& file : embedded_files()) {
        const auto found = find(file.path);
        ASSERT_TRUE(found) << file.path;
        EXPECT_FALSE(found->bytes.empty()) << file.path;
        EXPECT_EQ(found->immutable, file.path.starts_with("/assets/")) << file.path;
        EXPECT_THAT(std::string(found->bytes), Not(HasSubstr("https://fonts.googleapis")));
        EXPECT_LT(found->brotli.size(), found->bytes.size());
        EXPECT_LT(found->gzip.size(), found->bytes.size());
    }
}

TEST(Pages, go_out_as_small_as_the_client_can_read) {
    EXPECT_EQ(body_of(respond(page, "gzip, deflate, br")), "packed");
    EXPECT_EQ(header(respond(page, "gzip, deflate, br"), "Content-Encoding"), "br");
    EXPECT_EQ(body_of(respond(page, "gzip")), "zipped");
    EXPECT_EQ(header(respond(page, "gzip"), "ETag"), "\"7-gzip\"");
    EXPECT_EQ(body_of(respond(page, "gzip, br;q=0")), "zipped");
    EXPECT_EQ(body_of(respond(page, "")), "plain");
    EXPECT_EQ(header(respond(page, ""), "ETag"), "\"7\"");
    EXPECT_EQ(header(respond(page, ""), "Vary"), "Accept-Encoding");
}

TEST(Pages, let_nothing_in_from_another_origin) {
    EXPECT_THAT(header(respond(page, ""), "Content-Security-Policy"),
                HasSubstr("default-src 'self'"));
}

TEST(Pages, are_kept_by_browsers_only_where_their_path_changes_with_their_content) {
    auto asset = page;
    asset.immutable = true;
    EXPECT_THAT(header(respond(asset, ""), "Cache-Control"), HasSubstr("immutable"));
    EXPECT_EQ(header(respond(page, ""), "Cache-Control"), "no-cache");
}

}  // namespace kontor::pages
