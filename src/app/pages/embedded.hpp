#pragma once

#include <cstddef>
#include <span>
#include <string_view>

/// What cmake/embed_pages.cpp wrote into the program.
namespace kontor::pages {

/// A file of web/dist; its bytes lie in embedded_bytes(). Size 0: there is no such variant.
struct EmbeddedFile {
    std::string_view path;  ///< As requested: `/`, `/reference`, `/assets/index-3f2a.js`.
    std::string_view content_type;
    std::string_view etag;
    std::size_t offset;
    std::size_t size;
    std::size_t gzip_offset;
    std::size_t gzip_size;
    std::size_t brotli_offset;
    std::size_t brotli_size;
};

/// In the order of their files' names; empty where the pages were not built.
std::span<const EmbeddedFile> embedded_files();
std::string_view embedded_bytes();

}  // namespace kontor::pages
