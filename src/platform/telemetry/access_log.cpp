#include "platform/telemetry/access_log.hpp"

namespace kontor::telemetry {

namespace {

constexpr int server_error_first = 500;

}  // namespace

bool AccessLog::chosen(const AnsweredRequest& request) const {
    const bool failed = request.status >= server_error_first;
    switch (requests_) {
        case LoggedRequests::off:
            return false;
        case LoggedRequests::errors:
            return failed;
        case LoggedRequests::slow:
            return failed || request.span >= slow_from_;
        case LoggedRequests::all:
            return true;
    }
    return false;
}

void AccessLog::answered(const Trace& trace, const AnsweredRequest& request) const {
    if (!chosen(request)) {
        return;
    }
    const bool failed = request.status >= server_error_first && !request.probe;
    const auto level = failed ? Level::warning : Level::info;
    log_.write(level, &trace, "request answered",
               {{"method", request.method},
                {"path", request.target.substr(0, request.target.find('?'))},
                {"status", request.status},
                {"took_ms", request.span},
                {"body_bytes", request.body_bytes},
                {"client", request.client}});
}

}  // namespace kontor::telemetry
