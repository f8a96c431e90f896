#include "platform/problem.hpp"

#include "platform/http/message.hpp"

namespace kontor::http {

Response problem(const Refusal& refusal) {
    auto response =
        Response::with(refusal.status, "application/problem+json", problem_json(refusal));
    if (refusal.retry_after_s > 0) {
        response.headers.add("Retry-After", std::to_string(refusal.retry_after_s));
    }
    return response;
}

}  // namespace kontor::http
