#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "platform/http/message.hpp"

namespace kontor::http {

/// Takes a chunked body apart (RFC 9112, 7.1). Strict about line ends and sizes; extensions are
/// checked and ignored.
class ChunkDecoder {
public:
    enum class Step {
        need_more,  ///< Nothing whole in these bytes: come again with these and more.
        data,       ///< `data` is the next part of the body.
        done,       ///< The body and its trailers are over.
        broken,     ///< Not chunked; the connection cannot be used any more.
    };
    struct Next {
        Step step;
        std::size_t consumed;   ///< Take so many from the front of the bytes; also with need_more.
        std::string_view data;  ///< Part of the bytes given.
    };

    /// `bytes`: those not yet consumed.
    Next next(std::string_view bytes);
    /// The fields after the body, once done.
    const Headers& trailers() const { return trailers_; }
    Headers take_trailers() { return std::move(trailers_); }

    /// A chunk's line with extensions.
    static constexpr std::size_t line_bytes = std::size_t{4} * 1024;
    /// All trailers together.
    static constexpr std::size_t trailer_bytes = std::size_t{16} * 1024;
    /// Extensions of a body.
    static constexpr std::size_t overhead_bytes = std::size_t{64} * 1024;

private:
    enum class Place { size_line, data, data_end, trailers };

    Next size_line(std::string_view bytes);
    Next trailer_line(std::string_view bytes);

    Place place_ = Place::size_line;
    std::uint64_t left_ = 0;
    std::size_t extensions_ = 0;
    Headers trailers_;
};

}  // namespace kontor::http
