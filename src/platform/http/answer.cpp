#include "platform/http/answer.hpp"

#include <charconv>
#include <ctime>

#include "platform/http/coding.hpp"
#include "platform/http/etag.hpp"
#include "platform/http/status.hpp"

namespace kontor::http {

namespace {

/// What the header fields of an answer say, gathered in one pass.
struct Said {
    std::string_view content_type;
    std::string_view etag;
    bool coded = false;
    bool dated = false;
    bool closes = false;
    bool reserved = false;  ///< Has fields that are ours to set.
};

bool is_reserved(std::string_view name) {
    return equals_ignoring_case(name, "Content-Length") ||
           equals_ignoring_case(name, "Transfer-Encoding") ||
           equals_ignoring_case(name, "Connection") || equals_ignoring_case(name, "Keep-Alive");
}

Said read_headers(const Headers& headers) {
    Said said;
    headers.each([&said](const Field& field) {
        if (equals_ignoring_case(field.name, "Content-Type")) {
            said.content_type = field.value;
        } else if (equals_ignoring_case(field.name, "ETag")) {
            said.etag = field.value;
        } else if (equals_ignoring_case(field.name, "Content-Encoding")) {
            said.coded = true;
        } else if (equals_ignoring_case(field.name, "Date")) {
            said.dated = true;
        } else if (is_reserved(field.name)) {
            said.reserved = true;
            said.closes = said.closes || (equals_ignoring_case(field.name, "Connection") &&
                                          has_token(field.value, "close"));
        }
        return false;
    });
    return said;
}

void drop_reserved(Headers& headers) {
    for (const std::string_view name :
         {"Content-Length", "Transfer-Encoding", "Connection", "Keep-Alive"}) {
        headers.remove(name);
    }
}

/// The bytes of a body that is there whole; nothing for one that is still to be made.
std::optional<std::string_view> whole_body(const Response& response) {
    if (const auto* text = std::get_if<std::string>(&response.body)) {
        return *text;
    }
    if (const auto* shared = std::get_if<SharedBody>(&response.body)) {
        return *shared ? std::string_view(**shared) : std::string_view();
    }
    return std::nullopt;
}

bool is_unchanged(const Request& request, const Response& response, std::string_view etag) {
    if (etag.empty() || response.status != 200) {
        return false;
    }
    const auto known = request.find("If-None-Match");
    return known && (request.method == "GET" || request.method == "HEAD") &&
           names_etag(*known, etag, Comparison::weak);
}

void encode(const Request& request, Response& response, const Said& said, bool unchanged) {
    const std::string etag(said.etag);  // a view into the headers, which change now
    response.headers.add("Vary", "Accept-Encoding");
    const auto accepted = request.find("Accept-Encoding");
    const auto coding = accepted ? choose_coding(*accepted) : Coding::identity;
    if (coding == Coding::identity) {
        return;
    }
    if (!etag.empty()) {
        // Another representation needs another strong tag, RFC 9110, 8.8.3.3.
        response.headers.set("ETag", etag_with_coding(etag, name_of(coding)));
    }
    if (!unchanged) {
        response.body = compress(*whole_body(response), coding);
        response.headers.add("Content-Encoding", name_of(coding));
    }
}

void append_number(std::string& out, std::uint64_t number) {
    char digits[20];
    const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
    out.append(digits, end);
}

}  // namespace

AnswerFraming finish_answer(const Request& request, Response& response, bool keep_alive,
                            std::size_t compress_from_bytes) {
    AnswerFraming framing;
    const auto said = read_headers(response.headers);
    framing.dated = said.dated;
    framing.keep_alive = keep_alive && !said.closes;
    const bool unchanged = is_unchanged(request, response, said.etag);
    const auto whole = whole_body(response);
    if (whole && whole->size() >= compress_from_bytes && !said.coded &&
        is_compressible(said.content_type)) {
        encode(request, response, said, unchanged);
    }
    if (said.reserved) {
        drop_reserved(response.headers);
    }
    if (unchanged) {
        response.status = 304;
    }
    const bool bodiless = response.status < 200 || response.status == 204 || response.status == 304;
    framing.body = !bodiless && request.method != "HEAD";
    if (bodiless) {
        return framing;
    }
    framing.length = whole ? whole_body(response)->size() : response.length;
    if (!framing.length) {
        framing.chunked = request.minor_version > 0;
        framing.keep_alive = framing.keep_alive && (framing.chunked || !framing.body);
    }
    return framing;
}

void append_head(std::string& out, const Response& response, const AnswerFraming& framing,
                 int minor_version, std::string_view date_line) {
    if (response.status == 200) {
        out += "HTTP/1.1 200 OK\r\n";
    } else {
        out += "HTTP/1.1 ";
        append_number(out, static_cast<std::uint64_t>(response.status));
        out.append(" ").append(reason_of(response.status)).append("\r\n");
    }
    out += framing.dated ? std::string_view() : date_line;
    if (framing.length) {
        out += "Content-Length: ";
        append_number(out, *framing.length);
        out += "\r\n";
    } else if (framing.chunked) {
        out += "Transfer-Encoding: chunked\r\n";
    }
    out += response.headers.rendered();
    if (!response.takeover && !framing.keep_alive) {
        out += "Connection: close\r\n";
    } else if (!response.takeover && minor_version == 0) {
        out += "Connection: keep-alive\r\n";
    }
    out += "\r\n";
}

std::string_view DateLine::now() {
    timespec now{};
    ::clock_gettime(CLOCK_REALTIME_COARSE, &now);  // 5 ns; its 4 ms do not show in a second
    if (now.tv_sec != second_) {
        second_ = now.tv_sec;
        std::tm parts{};
        ::gmtime_r(&now.tv_sec, &parts);
        char text[48];
        const auto size =
            std::strftime(text, sizeof text, "Date: %a, %d %b %Y %H:%M:%S GMT\r\n", &parts);
        line_.assign(text, size);
    }
    return line_;
}

}  // namespace kontor::http
