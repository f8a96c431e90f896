#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

#include <boost/describe/enum.hpp>

#include "platform/config/units.hpp"
#include "platform/telemetry/log.hpp"

namespace kontor::telemetry {

/// Which requests get a line: none, answers from 500 up, those and the slow ones, or every one.
enum class LoggedRequests : std::uint8_t { off, errors, slow, all };
BOOST_DESCRIBE_ENUM(LoggedRequests, off, errors, slow, all)

/// The section `log`.
struct LogSettings {
    Level level = Level::info;
    LogFormat format = LogFormat::automatic;
    LoggedRequests requests = LoggedRequests::slow;
    std::chrono::milliseconds slow_from{500};

    static constexpr auto describe() {
        return described<LogSettings>(
            "What is written to stderr.",
            field<&LogSettings::level>("The least important level that is written."),
            field<&LogSettings::format>(
                "JSON lines or text; automatic is text on a terminal and JSON elsewhere."),
            field<&LogSettings::requests>("Which requests get a line: off; errors: status 500 and "
                                          "up; slow: errors and slow ones; all."),
            field<&LogSettings::slow_from>("From which time on a request is slow.", {.min = 0}));
    }
};

/// A request and its answer.
struct AnsweredRequest {
    std::string_view method;
    std::string_view target;  ///< Logged without its query, which may hold what people typed.
    std::string_view client;  ///< Address of the other side.
    int status = 0;
    std::uint64_t body_bytes = 0;
    std::chrono::nanoseconds span{};
    /// A probe's answer of 5xx tells how things stand, and is no failure.
    bool probe = false;
};

/// Writes one line a request, for those that the settings choose. Thread-safe.
class AccessLog {
public:
    AccessLog(Log& log, const LogSettings& settings)
        : log_(log), requests_(settings.requests), slow_from_(settings.slow_from) {}

    void answered(const Trace& trace, const AnsweredRequest& request) const;

private:
    bool chosen(const AnsweredRequest& request) const;

    Log& log_;
    LoggedRequests requests_;
    std::chrono::nanoseconds slow_from_;
};

}  // namespace kontor::telemetry
