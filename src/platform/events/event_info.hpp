#pragma once

#include "platform/describe/type_info.hpp"
#include "platform/events/event.hpp"

namespace kontor::events {

/// A kind of event as data, for its reference.
struct EventInfo {
    Type type;
    const describe::TypeInfo* data = nullptr;
};

template <Event... Events>
std::vector<EventInfo> event_infos() {
    return {EventInfo{Events::type, &describe::type_info<Events>()}...};
}

}  // namespace kontor::events
