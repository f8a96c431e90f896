#pragma once

#include <algorithm>

#include "services/imports/importing/text.hpp"

namespace kontor::importing {

/// A text as bytes, given out in pieces of at most so many.
class TextBytes final : public Bytes {
public:
    TextBytes(std::string text, std::size_t piece) : text_(std::move(text)), piece_(piece) {}

    std::size_t read(std::span<char> buffer) override {
        const auto count = std::min({buffer.size(), piece_, text_.size() - at_});
        std::copy_n(text_.data() + at_, count, buffer.data());
        at_ += count;
        return count;
    }

private:
    std::string text_;
    std::size_t piece_;
    std::size_t at_ = 0;
};

}  // namespace kontor::importing
