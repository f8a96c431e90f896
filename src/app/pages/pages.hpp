#pragma once

#include <optional>
#include <string_view>

#include "platform/http/message.hpp"

/// The pages for people: the start page and the API reference, built in web/ and carried inside the
/// program. A program that was built without them serves a plain start page.
namespace kontor::pages {

/// A page or a file of one. All views live as long as the program.
struct Page {
    std::string_view content_type;
    std::string_view bytes;
    std::string_view gzip;    ///< The same compressed; empty where that makes it hardly smaller.
    std::string_view brotli;  ///< Likewise.
    std::string_view etag;    ///< Strong, quoted, of `bytes`.
    bool immutable = false;   ///< Its path changes with its content: may be kept for a year.
};

/// `path`: of a request, without query: `/`, `/reference`, `/assets/...`. Nothing for another path.
std::optional<Page> find(std::string_view path);

/// The answer to a GET: brotli where the client takes it, else gzip, else as it is; with ETag,
/// Cache-Control and a Content-Security-Policy that lets nothing in from another origin.
http::Response respond(const Page& page, std::string_view accept_encoding);

}  // namespace kontor::pages
