#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/core.h>

namespace kontor {

/// One way an operation can say no. Declared once, as a constant, beside the contract that uses it.
struct RefusalKind {
    std::string_view code;     ///< Stable, snake_case, never reused for another meaning.
    int status;                ///< HTTP status, 400 to 599.
    std::string_view meaning;  ///< One sentence for the reference: when it happens and what to do.
};

/// What is wrong with one member of a request. `pointer` is an RFC 6901 JSON pointer.
struct FieldError {
    std::string pointer;
    std::string message;
    bool operator==(const FieldError&) const = default;
};

/// An expected "no": a value, never thrown. Crosses processes unchanged.
struct Refusal {
    std::string code;
    int status = 500;
    std::string message;             ///< What was wrong, with the value, and what to do.
    std::vector<FieldError> errors;  ///< One entry a member, where members are at fault.
    std::string state;               ///< JSON of the current state for a conflict, or empty.
    int retry_after_s = 0;           ///< Seconds to wait before trying again; 0: not said.

    // Compiled once, in result.cpp: every Result in every coroutine can hold one and must be able
    // to move and destroy it, though it hardly ever does.
    Refusal();
    Refusal(const RefusalKind& kind, std::string message);
    Refusal(const Refusal&);
    Refusal(Refusal&&) noexcept;
    Refusal& operator=(const Refusal&);
    Refusal& operator=(Refusal&&) noexcept;
    ~Refusal();
    bool operator==(const Refusal&) const;
};

template <class T>
using Result = std::expected<T, Refusal>;

template <class... Args>
Refusal refusal(const RefusalKind& kind, fmt::format_string<Args...> message, Args&&... args) {
    return {kind, fmt::format(message, std::forward<Args>(args)...)};
}

template <class... Args>
std::unexpected<Refusal> refuse(const RefusalKind& kind, fmt::format_string<Args...> message,
                                Args&&... args) {
    return std::unexpected(refusal(kind, message, std::forward<Args>(args)...));
}

/// Refusals that every operation may answer with, whatever it does.
namespace refusals {
inline constexpr RefusalKind invalid{"invalid", 422, "A member is missing or out of its range."};
inline constexpr RefusalKind malformed{"malformed", 400, "The request could not be read at all."};
inline constexpr RefusalKind not_found{"not_found", 404, "Nothing has this key."};
inline constexpr RefusalKind unauthorized{"unauthorized", 401, "A valid token is needed."};
inline constexpr RefusalKind forbidden{"forbidden", 403, "The token does not allow this."};
inline constexpr RefusalKind conflict{"conflict", 409, "The state has changed; read it again."};
inline constexpr RefusalKind precondition_failed{
    "precondition_failed", 412, "If-Match names another version than the current one."};
inline constexpr RefusalKind too_large{"too_large", 413, "The body is over the stated limit."};
inline constexpr RefusalKind idempotency_key_missing{
    "idempotency_key_missing", 400, "This operation needs an Idempotency-Key header."};
inline constexpr RefusalKind idempotency_key_reused{
    "idempotency_key_reused", 422, "The Idempotency-Key was used before with another body."};
inline constexpr RefusalKind in_progress{
    "in_progress", 409, "A request with this Idempotency-Key is still running; try again."};
inline constexpr RefusalKind unavailable{"unavailable", 503,
                                         "Cannot be done now; nothing was changed; try again."};
inline constexpr RefusalKind outcome_unknown{
    "outcome_unknown", 503,
    "Done or not done: repeat it under the same Idempotency-Key, or look before you try again."};
inline constexpr RefusalKind deadline_exceeded{"deadline_exceeded", 504,
                                               "The time allowed for the request is spent."};
inline constexpr RefusalKind internal{
    "internal", 500, "An accident on our side; the log has it under the request id."};
}  // namespace refusals

}  // namespace kontor

/// In a coroutine: the value of a Result, or its refusal returned to the caller.
#define TRY(...)                                                       \
    ({                                                                 \
        auto&& try_result_ = (__VA_ARGS__);                            \
        if (!try_result_) {                                            \
            co_return std::unexpected(std::move(try_result_).error()); \
        }                                                              \
        *std::move(try_result_);                                       \
    })

/// The same in an ordinary function.
#define TRY_NOW(...)                                                \
    ({                                                              \
        auto&& try_result_ = (__VA_ARGS__);                         \
        if (!try_result_) {                                         \
            return std::unexpected(std::move(try_result_).error()); \
        }                                                           \
        *std::move(try_result_);                                    \
    })
