#pragma once

#include "platform/config/config.hpp"
#include "platform/telemetry/access_log.hpp"

namespace kontor::app {

/// The section `serve`: what runs here, and where.
struct ServeSettings {
    std::string listen = "127.0.0.1:8080";
    std::string data = "kontor-data";
    std::string database;
    std::vector<std::string> services = {"all"};
    std::int64_t loops = 0;
    std::int64_t node = 0;
    std::chrono::milliseconds drain{10'000};
    std::string certificate;
    std::string key;
    Secret internal_token;

    static constexpr auto describe() {
        using S = ServeSettings;
        return described<S>(
            "What runs here, and where.",
            field<&S::listen>("Address and port to listen on; port 0 takes any free one."),
            field<&S::data>("Folder of the embedded databases and projections."),
            field<&S::database>(
                "PostgreSQL URL; where set, records go there, a schema for each service."),
            field<&S::services>("The services that run here, or `all`."),
            field<&S::loops>("Event loops; 0: one for each core.", {.min = 0, .max = 256}),
            field<&S::node>("Number of this process, different for each that writes to the same "
                            "database; part of every id.",
                            {.min = 0, .max = 1023}),
            field<&S::drain>("How long running requests may take after SIGTERM."),
            field<&S::certificate>("PEM file; with it and the key the server speaks TLS only."),
            field<&S::key>("PEM file of the certificate's key."),
            field<&S::internal_token>("What services of one deployment show each other."));
    }
};

/// The section `remote`: services that run elsewhere.
struct RemoteSettings {
    std::map<std::string, std::string> urls;

    static constexpr auto describe() {
        return described<RemoteSettings>(
            "Services that run elsewhere.",
            field<&RemoteSettings::urls>(
                "Base URLs by service: http://orders:8080, several with commas between."));
    }
};

/// The section `events`: how facts get from the services that publish them to those that follow.
struct EventsSettings {
    std::vector<std::string> nats;
    std::string prefix = "kontor";
    std::int64_t replicas = 1;
    std::chrono::milliseconds keep{24 * 3'600'000};

    static constexpr auto describe() {
        using E = EventsSettings;
        return described<E>(
            "How facts get from the services that publish them to those that follow.",
            field<&E::nats>("URLs of a NATS with JetStream, nats://nats:4222; none: within this "
                            "process, where all that follow must run."),
            field<&E::prefix>("Begins every stream's name; keeps installations on one NATS apart."),
            field<&E::replicas>("Copies of a stream that is made; as many NATS servers at least.",
                                {.min = 1, .max = 5}),
            field<&E::keep>("How long an event stays in the outbox once it was passed on."));
    }
};

/// The section `admin`.
struct AdminSettings {
    Secret token;

    static constexpr auto describe() {
        return described<AdminSettings>(
            "Staff.",
            field<&AdminSettings::token>(
                "The staff token; made at the first start and printed once where unset."));
    }
};

/// Every section there is.
std::vector<config::Section> setting_sections();

/// All of them as they are where nothing is said.
config::Loaded default_settings();

}  // namespace kontor::app
