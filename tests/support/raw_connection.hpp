#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace kontor::testing {

/// One answer as it came over the wire.
struct RawAnswer {
    int status = 0;
    std::string head;  ///< Status line and fields, without the empty line.
    std::string body;  ///< Chunks joined.
    std::string trailers;

    /// The value of the first such field, or `(none)`. Case of the name does not count.
    std::string field(std::string_view name) const;
};

/// A blocking TCP connection that sends exactly the bytes it is given, well-formed or not. Every
/// wait ends after 10 s with an exception.
class RawConnection {
public:
    explicit RawConnection(std::uint16_t port);
    ~RawConnection();
    RawConnection(RawConnection&& other) noexcept;
    RawConnection& operator=(RawConnection&&) = delete;

    /// Goes on even if the other end has closed.
    void send(std::string_view bytes);
    void finish_writing();
    /// The next answer; throws where the connection ends before it is whole. `to_head`: without
    /// its body.
    RawAnswer receive(bool to_head = false);
    /// All that comes until the other end closes.
    std::string receive_all();
    /// Whatever has come after at most `wait`; empty at the end and where nothing came.
    std::string receive_some(std::chrono::milliseconds wait);
    /// Whether the other end has closed, after at most `wait`.
    bool is_closed(std::chrono::milliseconds wait = std::chrono::seconds(10));

private:
    bool fill(std::chrono::milliseconds wait);
    void need_more();
    std::string take_line();
    std::string take(std::size_t size);

    int socket_;
    std::string unread_;
    bool at_end_ = false;
};

}  // namespace kontor::testing
