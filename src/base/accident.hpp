#pragma once

#include <stdexcept>

#include "base/result.hpp"

namespace kontor {

/// An exception that knows what those may be told who wait for an answer. Any other is `internal`.
class Accident : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
    virtual Refusal refusal() const = 0;
};

}  // namespace kontor
