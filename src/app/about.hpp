#pragma once

#include "app/deployment.hpp"
#include "platform/http/message.hpp"
#include "services/stores/api.hpp"

namespace kontor::app {

/// What runs here and what it sells.
struct About {
    std::string name;
    std::string version;
    std::vector<std::string> services;
    std::vector<stores::Market> markets;
    std::int64_t products = 0;
    std::int64_t stores = 0;

    static constexpr auto describe() {
        return described<About>("This program and its shop.", field<&About::name>("Its name."),
                                field<&About::version>("Its version."),
                                field<&About::services>("What runs here."),
                                field<&About::markets>("Where it sells."),
                                field<&About::products>("Products in the first market."),
                                field<&About::stores>("Stores in all markets."));
    }
};

/// For the start page: `GET /about`.
Task<http::Response> about(const Deployment& deployment);

}  // namespace kontor::app
