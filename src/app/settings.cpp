#include "app/settings.hpp"

namespace kontor::app {

std::vector<config::Section> setting_sections() {
    return {config::section<ServeSettings>("serve"), config::section<RemoteSettings>("remote"),
            config::section<EventsSettings>("events"), config::section<AdminSettings>("admin"),
            config::section<telemetry::LogSettings>("log")};
}

}  // namespace kontor::app
