#pragma once

#include "base/result.hpp"
#include "platform/describe/json.hpp"

namespace kontor::describe {

template <>
struct WireForm<FieldError> {
    struct Wire {
        std::string pointer;
        std::string detail;
        static constexpr std::string described_name() { return "FieldError"; }
        static constexpr auto describe() {
            return described<Wire>("What is wrong with one member of a request.",
                                   field<&Wire::pointer>("RFC 6901 JSON pointer to it."),
                                   field<&Wire::detail>("What was expected."));
        }
    };
    static Wire to(const FieldError& error) { return {error.pointer, error.message}; }
    static std::expected<FieldError, std::string> from(const Wire& wire) {
        return FieldError{wire.pointer, wire.detail};
    }
};

}  // namespace kontor::describe

namespace kontor {

/// Any JSON value, for the state that a conflict carries.
struct AnyValue {
    static constexpr auto describe() { return described<AnyValue>("Any JSON object."); }
};

/// A refusal as every API answers it.
struct Problem {
    std::string type;
    std::string title;
    int status = 500;
    std::string detail;
    std::string code;
    std::vector<FieldError> errors;
    std::optional<Raw<AnyValue>> state;
    std::optional<int> retry_after_s;

    static constexpr auto describe() {
        return described<Problem>(
            "Problem details, RFC 9457.", field<&Problem::type>("Stable URI of the kind."),
            field<&Problem::title>("The kind in words."), field<&Problem::status>("HTTP status."),
            field<&Problem::detail>("What was wrong and what to do."),
            field<&Problem::code>("Stable code."), field<&Problem::errors>("Members at fault."),
            field<&Problem::state>("The current state, for a conflict."),
            field<&Problem::retry_after_s>("Seconds to wait before trying again."));
    }
};

/// RFC 9457 problem details: `type` is `/problems/{code}`.
std::string problem_json(const Refusal& refusal);

/// Reads what problem_json wrote; `status` stands in where the text is none of ours.
Refusal read_problem(std::string_view text, int status);

}  // namespace kontor
