#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>
#include <boost/json/value.hpp>

#include <fmt/format.h>

#include "platform/http/message.hpp"
#include "platform/http/status.hpp"

namespace kontor::http {

namespace {

std::string quoted(std::string_view text) {
    return boost::json::serialize(boost::json::string(text));
}

}  // namespace

Response problem(const Refusal& refusal) {
    auto json = fmt::format(R"({{"type":{},"title":{},"status":{},"detail":{},"code":{})",
                            quoted("/problems/" + refusal.code), quoted(reason_of(refusal.status)),
                            refusal.status, quoted(refusal.message), quoted(refusal.code));
    for (std::size_t i = 0; i < refusal.errors.size(); ++i) {
        const auto& error = refusal.errors[i];
        json += fmt::format(R"({}{{"pointer":{},"detail":{}}})", i == 0 ? R"(,"errors":[)" : ",",
                            quoted(error.pointer), quoted(error.message));
    }
    json += refusal.errors.empty() ? "" : "]";
    json += refusal.state.empty() ? "}" : R"(,"state":)" + refusal.state + "}";
    auto response = Response::with(refusal.status, "application/problem+json", std::move(json));
    if (refusal.retry_after_s > 0) {
        response.headers.add("Retry-After", std::to_string(refusal.retry_after_s));
    }
    return response;
}

}  // namespace kontor::http
