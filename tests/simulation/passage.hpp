#pragma once

#include "simulation/environment.hpp"

namespace kontor::simulation {

/// How a message fares on its way.
struct Passage {
    Duration after;       ///< When it arrives, or its sender hears of its loss.
    bool arrives = true;  ///< Otherwise it is lost.
};

/// The way of a request, and that of its reply, through whatever goes wrong; `where`: of what.
Passage request_passage(Environment& environment, std::string_view where);
Passage reply_passage(Environment& environment, std::string_view where);

}  // namespace kontor::simulation
