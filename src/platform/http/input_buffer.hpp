#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>

namespace kontor::http {

/// Bytes received and not yet used up. A pinned front (the head of the request being answered)
/// stays where it is, so that views into it hold; what follows moves behind it as room is needed.
class InputBuffer {
public:
    std::string_view unread() const noexcept { return {bytes_.get() + begin_, end_ - begin_}; }
    bool empty() const noexcept { return begin_ == end_; }
    void consume(std::size_t count) noexcept { begin_ += count; }

    /// Room for at least `count` more bytes, filled in place and then committed. May move what is
    /// unread; grows only while nothing is pinned.
    char* room(std::size_t count) {
        if (begin_ == end_) {
            begin_ = end_ = pinned_;
        }
        if (capacity_ - end_ < count && begin_ > pinned_) {
            std::memmove(bytes_.get() + pinned_, bytes_.get() + begin_, end_ - begin_);
            end_ -= begin_ - pinned_;
            begin_ = pinned_;
        }
        if (capacity_ - end_ < count && pinned_ == 0) {
            grow(std::max(end_ + count, capacity_ * 2));
        }
        return bytes_.get() + end_;
    }
    std::size_t room_size() const noexcept { return capacity_ - end_; }
    void commit(std::size_t count) noexcept { end_ += count; }

    /// Before its head is parsed: takes `head_bytes` from the front and keeps them in place until
    /// unpin; behind them there is then room for `body_room` bytes at least.
    std::string_view pin(std::size_t head_bytes, std::size_t body_room) {
        if (capacity_ - begin_ < head_bytes + body_room) {
            if (capacity_ < head_bytes + body_room) {
                grow(begin_ + head_bytes + body_room);
            }
            std::memmove(bytes_.get(), bytes_.get() + begin_, end_ - begin_);
            end_ -= begin_;
            begin_ = 0;
        }
        const std::string_view head{bytes_.get() + begin_, head_bytes};
        begin_ += head_bytes;
        pinned_ = begin_;
        return head;
    }
    void unpin() noexcept { pinned_ = 0; }

    /// Gives back what a large request made it take. Only while empty and nothing is pinned.
    void shrink(std::size_t to) {
        if (capacity_ > to) {
            bytes_.reset();
            capacity_ = begin_ = end_ = 0;
        }
    }

private:
    void grow(std::size_t capacity) {
        auto larger = std::make_unique_for_overwrite<char[]>(capacity);
        if (end_ > 0) {
            std::memcpy(larger.get(), bytes_.get(), end_);
        }
        bytes_ = std::move(larger);
        capacity_ = capacity;
    }

    std::unique_ptr<char[]> bytes_;
    std::size_t capacity_ = 0;
    std::size_t pinned_ = 0;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
};

}  // namespace kontor::http
