#pragma once

#include "app/deployment.hpp"
#include "platform/http/message.hpp"

namespace kontor::app {

/// What runs here and what it sells, for the start page: `GET /about`.
Task<http::Response> about(const Deployment& deployment);

}  // namespace kontor::app
