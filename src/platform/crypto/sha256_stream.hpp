#pragma once

#include <memory>
#include <string_view>

#include "platform/crypto/hash.hpp"

namespace kontor::crypto {

/// The SHA-256 of what comes piece by piece.
class Sha256Stream {
public:
    Sha256Stream();
    ~Sha256Stream();

    void add(std::string_view bytes);
    /// Of all that was added. Once, and last.
    Sha256 finish();

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace kontor::crypto
