#pragma once

#include "platform/service/service.hpp"

namespace kontor::imports {

/// This service's line in app/services.cpp.
extern const ServiceEntry entry;

}  // namespace kontor::imports
