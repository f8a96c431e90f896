#include "platform/problem.hpp"

#include <algorithm>

namespace kontor {

namespace {

std::string title_of(std::string_view code) {
    std::string title(code);
    std::ranges::replace(title, '_', ' ');
    if (!title.empty() && title.front() >= 'a' && title.front() <= 'z') {
        title.front() = static_cast<char>(title.front() - 'a' + 'A');
    }
    return title;
}

}  // namespace

std::string problem_json(const Refusal& refusal) {
    Problem problem{.type = "/problems/" + refusal.code,
                    .title = title_of(refusal.code),
                    .status = refusal.status,
                    .detail = refusal.message,
                    .code = refusal.code,
                    .errors = refusal.errors,
                    .state = std::nullopt,
                    .retry_after_s = std::nullopt};
    if (!refusal.state.empty()) {
        problem.state = Raw<AnyValue>{refusal.state};
    }
    if (refusal.retry_after_s != 0) {
        problem.retry_after_s = refusal.retry_after_s;
    }
    return to_json(problem);
}

Refusal read_problem(std::string_view text, int status) {
    auto problem = from_json<Problem>(text);
    if (!problem) {
        auto made = refusal(refusals::unavailable,
                            "the service answered {} without problem details", status);
        made.status = status;
        return made;
    }
    Refusal refusal;
    refusal.code = std::move(problem->code);
    refusal.status = problem->status;
    refusal.message = std::move(problem->detail);
    refusal.errors = std::move(problem->errors);
    refusal.state = problem->state ? std::move(problem->state->json) : "";
    refusal.retry_after_s = problem->retry_after_s.value_or(0);
    return refusal;
}

}  // namespace kontor
