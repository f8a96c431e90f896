// Run by the build: embed_pages FOLDER OUTPUT.cpp OUTPUT.bin
// Puts the files of web/dist into one blob, each as it is and compressed as far as that helps, and
// writes the list of what lies where. Without the folder the list is empty, and the program serves
// its plain page instead.
#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include <brotli/encode.h>
#include <fmt/format.h>
#include <zlib.h>

namespace {

namespace fs = std::filesystem;

std::string read_file(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        throw std::runtime_error(path.string() + ": cannot be read");
    }
    return {std::istreambuf_iterator<char>(file), {}};
}

std::string gzip(const std::string& bytes) {
    constexpr int gzip_window_bits = 15 + 16;
    constexpr int memory_level = 9;
    z_stream stream{};
    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, gzip_window_bits, memory_level,
                     Z_DEFAULT_STRATEGY) != Z_OK) {
        throw std::runtime_error("zlib does not start");
    }
    std::string out(deflateBound(&stream, bytes.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const int status = deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    if (status != Z_STREAM_END) {
        throw std::runtime_error("zlib does not finish");
    }
    return out;
}

std::string brotli(const std::string& bytes) {
    auto size = BrotliEncoderMaxCompressedSize(bytes.size());
    std::string out(size, '\0');
    if (BrotliEncoderCompress(BROTLI_MAX_QUALITY, BROTLI_MAX_WINDOW_BITS, BROTLI_MODE_TEXT,
                              bytes.size(), reinterpret_cast<const std::uint8_t*>(bytes.data()),
                              &size, reinterpret_cast<std::uint8_t*>(out.data())) == BROTLI_FALSE) {
        throw std::runtime_error("brotli does not finish");
    }
    out.resize(size);
    return out;
}

/// FNV-1a (draft-eastlake-fnv): a validator, not a proof.
std::uint64_t fingerprint(const std::string& bytes) {
    std::uint64_t hash = 0xcbf29ce484222325;
    for (const char c : bytes) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    }
    return hash;
}

std::string content_type(const fs::path& path) {
    static const std::map<std::string, std::string> types{
        {".html", "text/html; charset=utf-8"}, {".js", "text/javascript; charset=utf-8"},
        {".css", "text/css; charset=utf-8"},   {".svg", "image/svg+xml"},
        {".json", "application/json"},         {".woff2", "font/woff2"},
        {".txt", "text/plain; charset=utf-8"},
    };
    const auto found = types.find(path.extension().string());
    if (found == types.end()) {
        throw std::runtime_error(path.string() + ": no media type for this ending; add it here");
    }
    return found->second;
}

class Blob {
public:
    /// Where it lies: `offset, size`.
    std::string add(const std::string& bytes) {
        const auto place = fmt::format("{}, {}", bytes_.size(), bytes.size());
        bytes_ += bytes;
        return place;
    }
    const std::string& bytes() const { return bytes_; }

private:
    std::string bytes_;
};

/// A variant that is hardly smaller is left out.
std::string add_if_smaller(Blob& blob, const std::string& packed, const std::string& plain) {
    return packed.size() + packed.size() / 10 < plain.size() ? blob.add(packed) : "0, 0";
}

/// `index.html` is `/`, `reference.html` is `/reference`.
std::string served_path(const fs::path& file, const fs::path& folder) {
    auto path = "/" + fs::relative(file, folder).generic_string();
    if (path.ends_with(".html")) {
        path.resize(path.size() - std::string(".html").size());
    }
    return path == "/index" ? "/" : path;
}

std::vector<fs::path> files_below(const fs::path& folder) {
    std::vector<fs::path> files;
    if (fs::is_directory(folder)) {
        for (const auto& entry : fs::recursive_directory_iterator(folder)) {
            if (entry.is_regular_file()) {
                files.push_back(entry.path());
            }
        }
    }
    std::ranges::sort(files);
    return files;
}

void embed(const fs::path& folder, const fs::path& source, const fs::path& blob_file) {
    Blob blob;
    std::string entries;
    for (const auto& file : files_below(folder)) {
        const auto bytes = read_file(file);
        const auto type = content_type(file);
        // One order of evaluation, whatever the compiler: the blob must come out the same.
        const auto plain = blob.add(bytes);
        const auto zipped = add_if_smaller(blob, gzip(bytes), bytes);
        const auto packed = add_if_smaller(blob, brotli(bytes), bytes);
        entries +=
            fmt::format("    {{\"{}\", \"{}\", \"\\\"{:016x}\\\"\", {}, {}, {}}},\n",
                        served_path(file, folder), type, fingerprint(bytes), plain, zipped, packed);
    }
    std::ofstream(blob_file, std::ios::binary) << blob.bytes() << '\n';
    std::ofstream(source) << fmt::format(
        R"text(// Generated from web/dist; edits are lost. The blob's fingerprint: {:016x}.
#include <array>

#include "app/pages/embedded.hpp"

namespace kontor::pages {{

namespace {{
const char bytes[] = {{
#embed "{}"
}};
constexpr std::array<EmbeddedFile, {}> files{{{{
{}}}}};
}}  // namespace

std::span<const EmbeddedFile> embedded_files() {{
    return files;
}}
std::string_view embedded_bytes() {{
    return {{bytes, sizeof bytes}};
}}

}}  // namespace kontor::pages
)text",
        fingerprint(blob.bytes()), blob_file.filename().string(), std::ranges::count(entries, '\n'),
        entries);
}

}  // namespace

int main(int argc, char** argv) {
    constexpr int arguments = 4;
    if (argc != arguments) {
        std::cerr << "usage: embed_pages FOLDER OUTPUT.cpp OUTPUT.bin\n";
        return 2;
    }
    try {
        embed(argv[1], argv[2], argv[3]);
    } catch (const std::exception& error) {
        std::cerr << "embed_pages: " << error.what() << '\n';
        return 1;
    }
}
