#pragma once

#include <string>

#include "base/clock.hpp"
#include "platform/events/envelope.hpp"

namespace kontor::events {

/// An event that a consumer could not take, or that waits behind one.
struct DeadLetter {
    std::string consumer;
    std::string stream;
    Position sequence = 0;
    std::string aggregate;
    std::string envelope;  ///< As a CloudEvent.
    std::string error;
    Timestamp parked_at;

    static constexpr auto describe() {
        using D = DeadLetter;
        return described<D>("An event that a consumer could not take, or that waits behind one.",
                            field<&D::consumer>("Who could not take it."),
                            field<&D::stream>("The service that published it."),
                            field<&D::sequence>("Its position in the stream."),
                            field<&D::aggregate>("The thing it is about."),
                            field<&D::envelope>("The whole event as a CloudEvent."),
                            field<&D::error>("Why it was not taken."),
                            field<&D::parked_at>("Since when."));
    }
};

}  // namespace kontor::events
