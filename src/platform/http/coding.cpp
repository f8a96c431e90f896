#include "platform/http/coding.hpp"

#include <brotli/encode.h>
#include <zlib.h>

#include <memory>
#include <new>

#include "platform/http/grammar.hpp"
#include "platform/http/message.hpp"

namespace kontor::http {

namespace {

/// A weight in thousandths: `;q=0.5` is 500, none is 1000, a malformed one 0 (RFC 9110, 12.4.2).
int weight_of(std::string_view parameters) noexcept {
    auto rest = grammar::trim(parameters);
    if (rest.empty()) {
        return 1000;
    }
    rest = grammar::trim(rest.substr(1));  // the semicolon
    if (rest.size() < 3 || (rest[0] != 'q' && rest[0] != 'Q') || rest[1] != '=') {
        return 0;
    }
    rest.remove_prefix(2);
    const bool one = rest[0] == '1';
    if ((!one && rest[0] != '0') || rest.size() > 5 || (rest.size() > 1 && rest[1] != '.')) {
        return 0;
    }
    int weight = one ? 1000 : 0;
    int place = 100;
    for (const char c : rest.substr(std::min<std::size_t>(rest.size(), 2))) {
        if (!grammar::is(c, grammar::digit)) {
            return 0;
        }
        weight += (c - '0') * place;
        place /= 10;
    }
    return weight <= 1000 ? weight : 0;
}

/// A deflater kept by each thread: its 256 KiB are costly to set up for every body.
class Deflater {
public:
    Deflater() {
        constexpr int gzip_window = 15 + 16;  // 16: with gzip's header and trailer
        if (deflateInit2(&stream_, 1, Z_DEFLATED, gzip_window, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
            throw std::bad_alloc();
        }
    }
    ~Deflater() { deflateEnd(&stream_); }
    Deflater(const Deflater&) = delete;
    Deflater& operator=(const Deflater&) = delete;

    std::string run(std::string_view body) {
        deflateReset(&stream_);
        std::string out(deflateBound(&stream_, body.size()), '\0');
        stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(body.data()));
        stream_.avail_in = static_cast<uInt>(body.size());
        stream_.next_out = reinterpret_cast<Bytef*>(out.data());
        stream_.avail_out = static_cast<uInt>(out.size());
        if (deflate(&stream_, Z_FINISH) != Z_STREAM_END) {
            throw std::bad_alloc();
        }
        out.resize(out.size() - stream_.avail_out);
        return out;
    }

private:
    z_stream stream_{};
};

std::string brotli(std::string_view body) {
    constexpr int quality = 2;
    std::size_t size = BrotliEncoderMaxCompressedSize(body.size());
    std::string out(size, '\0');
    if (BrotliEncoderCompress(quality, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, body.size(),
                              reinterpret_cast<const std::uint8_t*>(body.data()), &size,
                              reinterpret_cast<std::uint8_t*>(out.data())) != BROTLI_TRUE) {
        throw std::bad_alloc();
    }
    out.resize(size);
    return out;
}

}  // namespace

std::string_view name_of(Coding coding) noexcept {
    return coding == Coding::gzip ? "gzip" : coding == Coding::brotli ? "br" : "identity";
}

Coding choose_coding(std::string_view accept_encoding) noexcept {
    int any = 0;
    int gzip = -1;  // -1: not named, so that `*` speaks for it
    int br = -1;
    int identity = -1;
    for (auto rest = accept_encoding; !rest.empty();) {
        const auto member = grammar::next_member(rest);
        const auto semicolon = std::min(member.find(';'), member.size());
        const auto name = grammar::trim(member.substr(0, semicolon));
        const int weight = weight_of(member.substr(semicolon));
        if (equals_ignoring_case(name, "gzip") || equals_ignoring_case(name, "x-gzip")) {
            gzip = weight;
        } else if (equals_ignoring_case(name, "br")) {
            br = weight;
        } else if (equals_ignoring_case(name, "identity")) {
            identity = weight;
        } else if (name == "*") {
            any = weight;
        }
    }
    gzip = gzip < 0 ? any : gzip;
    br = br < 0 ? any : br;
    const int best = std::max(gzip, br);
    if (best == 0 || identity > best) {
        return Coding::identity;
    }
    return gzip >= br ? Coding::gzip : Coding::brotli;
}

bool is_compressible(std::string_view content_type) noexcept {
    const auto type = grammar::trim(content_type.substr(0, content_type.find(';')));
    return type.starts_with("text/") || type.ends_with("json") || type.ends_with("xml") ||
           type.ends_with("javascript");
}

std::string compress(std::string_view body, Coding coding) {
    if (coding == Coding::identity) {
        return std::string(body);
    }
    if (coding == Coding::brotli) {
        return brotli(body);
    }
    thread_local Deflater deflater;
    return deflater.run(body);
}

}  // namespace kontor::http
