#include "platform/http/message.hpp"

#include <gmock/gmock.h>
#include <zlib.h>

#include <random>

#include <brotli/decode.h>

#include "platform/http/answer.hpp"
#include "platform/http/coding.hpp"
#include "platform/http/etag.hpp"

namespace kontor::http {
namespace {

using ::testing::HasSubstr;

TEST(Header_fields, keep_their_order_and_are_found_whatever_their_case) {
    Headers headers{{"A", "1"}, {"B", " 2 "}};
    headers.add("a", "3").set("b", "4");
    EXPECT_EQ(headers.rendered(), "A: 1\r\na: 3\r\nb: 4\r\n");
    EXPECT_EQ(headers.find("a"), "1");
    headers.remove("A");
    EXPECT_FALSE(headers.has("a"));
    EXPECT_EQ(headers.all().size(), 1);
}

TEST(Header_fields, cannot_smuggle_in_others) {
    Headers headers;
    EXPECT_THROW(headers.add("A", "1\r\nSet-Cookie: x"), std::invalid_argument);
    EXPECT_THROW(headers.add("A: b\r\nC", "1"), std::invalid_argument);
    EXPECT_THROW(headers.add("A", std::string(1, '\0')), std::invalid_argument);
    EXPECT_THROW(headers.add("", "1"), std::invalid_argument);
    EXPECT_TRUE(headers.empty());
}

TEST(A_problem, tells_a_refusal_as_RFC_9457_says) {
    Refusal conflict(refusals::conflict, "version \"7\"");
    conflict.errors = {{"/a/0", "is \\ wrong"}};
    conflict.state = R"({"version":8})";
    conflict.retry_after_s = 3;
    const auto response = problem(conflict);
    EXPECT_EQ(response.status, 409);
    EXPECT_EQ(response.headers.find("Content-Type"), "application/problem+json");
    EXPECT_EQ(response.headers.find("Retry-After"), "3");
    EXPECT_EQ(std::get<std::string>(response.body),
              R"({"type":"/problems/conflict","title":"Conflict","status":409,)"
              R"("detail":"version \"7\"","code":"conflict",)"
              R"("errors":[{"pointer":"/a/0","detail":"is \\ wrong"}],"state":{"version":8},)"
              R"("retry_after_s":3})");
}

TEST(An_entity_tag, is_found_in_a_list_by_either_comparison) {
    using enum Comparison;
    EXPECT_TRUE(names_etag(R"("6", "7")", R"("7")", strong));
    EXPECT_TRUE(names_etag(R"(W/"7")", R"("7")", weak));
    EXPECT_TRUE(names_etag("*", R"("7")", strong));
    EXPECT_TRUE(names_etag(R"("a,b")", R"("a,b")", strong));
    EXPECT_FALSE(names_etag(R"(W/"7")", R"("7")", strong));
    EXPECT_FALSE(names_etag(R"("7")", R"(W/"7")", strong));
    for (const auto* list : {"", "7", R"("77")", R"("7" x)", R"("7)", "\"6\" \"7\""}) {
        EXPECT_FALSE(names_etag(list, R"("7")", weak)) << list;
    }
}

TEST(An_entity_tag, of_a_compressed_answer_counts_as_that_of_the_plain_one) {
    EXPECT_EQ(etag_with_coding(R"("7")", "gzip"), R"("7-gzip")");
    EXPECT_EQ(etag_without_coding(R"("7-gzip")"), R"("7")");
    EXPECT_EQ(etag_without_coding(R"(W/"7-br")"), R"(W/"7")");
    EXPECT_EQ(etag_without_coding(R"("7")"), R"("7")");
    EXPECT_TRUE(names_etag(R"("7-gzip")", R"("7")", Comparison::strong));
}

TEST(A_coding, is_chosen_by_its_weight) {
    EXPECT_EQ(choose_coding("gzip, deflate, br"), Coding::gzip);
    EXPECT_EQ(choose_coding("gzip;q=0.5, br;q=0.8"), Coding::brotli);
    EXPECT_EQ(choose_coding("br"), Coding::brotli);
    EXPECT_EQ(choose_coding("*"), Coding::gzip);
    EXPECT_EQ(choose_coding("*;q=0.1, gzip;q=0"), Coding::brotli);
    EXPECT_EQ(choose_coding("GZIP ; q=0.001"), Coding::gzip);
    for (const auto* none : {"", "identity", "gzip;q=0", "gzip;q=0.000, br;q=0", "deflate", "*;q=0",
                             "identity;q=1, gzip;q=0.5", "gzip;q=2", "gzip;q=x", "gzip;level=1"}) {
        EXPECT_EQ(choose_coding(none), Coding::identity) << none;
    }
}

TEST(A_coding, gives_back_what_it_took) {
    std::string text;
    for (int i = 0; i < 5000; ++i) {
        text += std::to_string(i * i);
    }
    for (int round = 0; round < 2; ++round) {
        const auto zipped = compress(text, Coding::gzip);
        std::string back(text.size(), '\0');
        z_stream stream{};
        ASSERT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
        stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(zipped.data()));
        stream.avail_in = static_cast<uInt>(zipped.size());
        stream.next_out = reinterpret_cast<Bytef*>(back.data());
        stream.avail_out = static_cast<uInt>(back.size());
        EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
        inflateEnd(&stream);
        EXPECT_EQ(back, text);
    }
    const auto packed = compress(text, Coding::brotli);
    std::string back(text.size(), '\0');
    auto size = back.size();
    EXPECT_EQ(
        BrotliDecoderDecompress(packed.size(), reinterpret_cast<const std::uint8_t*>(packed.data()),
                                &size, reinterpret_cast<std::uint8_t*>(back.data())),
        BROTLI_DECODER_RESULT_SUCCESS);
    EXPECT_EQ(back, text);
}

std::string sent(const Request& request, Response response) {
    const auto framing = finish_answer(request, response, true, 1024);
    std::string out;
    append_head(out, response, framing, request.minor_version, "Date: now\r\n");
    return out;
}

Response tagged(std::size_t size) {
    auto response = Response::json(200, std::string(size, 'x'));
    response.headers.add("ETag", "\"7\"");
    return response;
}

TEST(An_answer, to_who_has_it_already_is_304_without_body_or_length) {
    for (const auto* method : {"GET", "HEAD"}) {
        const auto out =
            sent(Request(method, "/", {{"If-None-Match", "\"6\", W/\"7\""}}), tagged(9));
        EXPECT_THAT(out, ::testing::StartsWith("HTTP/1.1 304 Not Modified\r\n"));
        EXPECT_THAT(out, HasSubstr("ETag: \"7\"\r\n"));
        EXPECT_THAT(out, ::testing::Not(HasSubstr("Content-Length")));
    }
    EXPECT_THAT(sent(Request("POST", "/", {{"If-None-Match", "\"7\""}}), tagged(9)),
                HasSubstr("200 OK"));
    EXPECT_THAT(sent(Request("GET", "/", {{"If-None-Match", "\"6\""}}), tagged(9)),
                HasSubstr("200 OK"));
}

TEST(An_answer, is_compressed_where_asked_for_with_a_tag_and_length_of_its_own) {
    const auto out = sent(Request("GET", "/", {{"Accept-Encoding", "gzip"}}), tagged(5000));
    EXPECT_THAT(out, HasSubstr("Content-Encoding: gzip\r\n"));
    EXPECT_THAT(out, HasSubstr("Vary: Accept-Encoding\r\n"));
    EXPECT_THAT(out, HasSubstr("ETag: \"7-gzip\"\r\n"));
    EXPECT_THAT(out, ::testing::Not(HasSubstr("Content-Length: 5000")));
    const auto head = sent(Request("HEAD", "/", {{"Accept-Encoding", "gzip"}}), tagged(5000));
    EXPECT_EQ(head, out);
    const auto known =
        sent(Request("GET", "/", {{"Accept-Encoding", "gzip"}, {"If-None-Match", "\"7-gzip\""}}),
             tagged(5000));
    EXPECT_THAT(known, HasSubstr("304"));
    EXPECT_THAT(known, HasSubstr("ETag: \"7-gzip\"\r\n"));
}

TEST(An_answer, is_not_compressed_where_it_is_small_or_packed_or_nobody_asks) {
    const Request asking("GET", "/", {{"Accept-Encoding", "gzip"}});
    auto picture = Response::with(200, "image/png", std::string(5000, 'x'));
    auto packed = tagged(5000);
    packed.headers.add("Content-Encoding", "zstd");
    EXPECT_THAT(sent(asking, tagged(1023)), HasSubstr("Content-Length: 1023"));
    EXPECT_THAT(sent(asking, std::move(picture)), HasSubstr("Content-Length: 5000"));
    EXPECT_THAT(sent(asking, std::move(packed)), HasSubstr("Content-Length: 5000"));
    const auto plain = sent(Request("GET", "/"), tagged(5000));
    EXPECT_THAT(plain, HasSubstr("Content-Length: 5000"));
    EXPECT_THAT(plain, HasSubstr("Vary: Accept-Encoding\r\n"));
}

TEST(An_answer, has_the_servers_own_framing_and_not_the_handlers) {
    auto response = Response::text(200, "abc");
    response.headers.add("Content-Length", "7")
        .add("Transfer-Encoding", "x")
        .add("Connection", "close");
    const auto out = sent(Request("GET", "/"), std::move(response));
    EXPECT_EQ(out,
              "HTTP/1.1 200 OK\r\nDate: now\r\nContent-Length: 3\r\n"
              "Content-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n");
    EXPECT_EQ(sent(Request("GET", "/"), Response::empty(204)),
              "HTTP/1.1 204 No Content\r\nDate: now\r\n\r\n");
}

}  // namespace
}  // namespace kontor::http
