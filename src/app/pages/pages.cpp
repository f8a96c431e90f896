#include "app/pages/pages.hpp"

#include <algorithm>
#include <string>

#include "app/pages/embedded.hpp"
#include "platform/http/coding.hpp"
#include "platform/http/etag.hpp"

namespace kontor::pages {

namespace {

constexpr std::string_view assets = "/assets/";

// What is served where web/ was not built, for instance on a machine without Node.
constexpr std::string_view plain_page = R"html(<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Kontor</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>body{font:1rem/1.6 system-ui,sans-serif;max-width:40rem;margin:4rem auto;padding:0 1rem}</style>
</head><body><h1>Kontor runs.</h1>
<p>This program was built without its pages; <code>./dev build</code> makes both.</p>
<ul><li><a href="/openapi.json">openapi.json</a>: every route</li>
<li><a href="/shop/de/products?limit=3">/shop/de/products</a>: the shop</li>
<li><a href="/readyz">readyz</a>, <a href="/metrics">metrics</a></li></ul></body></html>
)html";

// Styles may be inline, because the API reference sets them on its elements.
constexpr std::string_view policy =
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

Page page_of(const EmbeddedFile& file) {
    const auto all = embedded_bytes();
    return {.content_type = file.content_type,
            .bytes = all.substr(file.offset, file.size),
            .gzip = all.substr(file.gzip_offset, file.gzip_size),
            .brotli = all.substr(file.brotli_offset, file.brotli_size),
            .etag = file.etag,
            .immutable = file.path.starts_with(assets)};
}

struct Chosen {
    http::Coding coding = http::Coding::identity;
    std::string_view bytes;
};

Chosen choose(const Page& page, std::string_view accept_encoding) {
    if (!page.brotli.empty() && http::has_token(accept_encoding, "br")) {
        return {http::Coding::brotli, page.brotli};
    }
    const auto wanted = http::choose_coding(accept_encoding);
    if (wanted == http::Coding::gzip && !page.gzip.empty()) {
        return {wanted, page.gzip};
    }
    return {http::Coding::identity, page.bytes};
}

}  // namespace

std::optional<Page> find(std::string_view path) {
    const auto files = embedded_files();
    const auto found = std::ranges::find(files, path, &EmbeddedFile::path);
    if (found != files.end()) {
        return page_of(*found);
    }
    if (files.empty() && path == "/") {
        return Page{.content_type = "text/html; charset=utf-8",
                    .bytes = plain_page,
                    .gzip = {},
                    .brotli = {},
                    .etag = "\"plain\"",
                    .immutable = false};
    }
    return std::nullopt;
}

http::Response respond(const Page& page, std::string_view accept_encoding) {
    const auto [coding, bytes] = choose(page, accept_encoding);
    auto response = http::Response::with(200, page.content_type, std::string(bytes));
    auto& headers = response.headers;
    if (coding == http::Coding::identity) {
        headers.set("ETag", page.etag);
    } else {
        headers.set("ETag", http::etag_with_coding(page.etag, http::name_of(coding)));
        headers.set("Content-Encoding", http::name_of(coding));
    }
    headers.set("Vary", "Accept-Encoding");
    headers.set("Cache-Control",
                page.immutable ? "public, max-age=31536000, immutable" : "no-cache");
    headers.set("Content-Security-Policy", policy);
    headers.set("X-Content-Type-Options", "nosniff");
    return response;
}

}  // namespace kontor::pages
