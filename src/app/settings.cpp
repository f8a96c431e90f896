#include "app/settings.hpp"

#include "app/services.hpp"
#include "platform/resilience/policy.hpp"

namespace kontor::app {

std::vector<config::Section> setting_sections() {
    std::vector<config::Section> sections{config::section<ServeSettings>("serve"),
                                          config::section<RemoteSettings>("remote"),
                                          config::section<resilience::Policy>("resilience"),
                                          config::section<EventsSettings>("events"),
                                          config::section<AdminSettings>("admin"),
                                          config::section<telemetry::LogSettings>("log")};
    for (const auto* entry : services()) {
        if (entry->settings != nullptr) {
            sections.push_back(entry->settings());
        }
    }
    return sections;
}

config::Loaded default_settings() {
    return config::load(setting_sections(), {}).value();
}

}  // namespace kontor::app
