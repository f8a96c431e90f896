#pragma once

#include <bit>
#include <chrono>
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include <boost/describe/enum.hpp>

#include "base/clock.hpp"
#include "platform/config/units.hpp"
#include "platform/context.hpp"
#include "platform/secret.hpp"

namespace kontor::telemetry {

enum class Level : std::uint8_t { debug, info, warning, error };
BOOST_DESCRIBE_ENUM(Level, debug, info, warning, error)

/// `automatic`: text where stderr is a terminal, JSON elsewhere.
enum class LogFormat : std::uint8_t { automatic, json, text };
BOOST_DESCRIBE_ENUM(LogFormat, automatic, json, text)

template <class T>
concept CountingNumber = std::unsigned_integral<T> && !std::same_as<T, bool>;

/// A name and a value of a log line. Texts are copied when the line is written; those over 4,000
/// bytes are cut. Secrets show as `***`, durations as milliseconds.
class Field {
public:
    enum class Kind : std::uint8_t { integer, natural, number, boolean, text };

    Field(std::string_view name, std::signed_integral auto value)
        : name_(name), kind_(Kind::integer), bits_(static_cast<std::uint64_t>(value)) {}
    Field(std::string_view name, CountingNumber auto value)
        : name_(name), kind_(Kind::natural), bits_(value) {}
    Field(std::string_view name, std::floating_point auto value)
        : name_(name), kind_(Kind::number), bits_(std::bit_cast<std::uint64_t>(double{value})) {}
    Field(std::string_view name, std::same_as<bool> auto value)
        : name_(name), kind_(Kind::boolean), bits_(value ? 1 : 0) {}
    Field(std::string_view name, std::string_view value)
        : name_(name), kind_(Kind::text), text_(value) {}
    Field(std::string_view name, const std::string& value) : Field(name, std::string_view(value)) {}
    Field(std::string_view name, const char* value) : Field(name, std::string_view(value)) {}
    Field(std::string_view name, std::chrono::nanoseconds value)
        : Field(name, std::chrono::duration<double, std::milli>(value).count()) {}
    Field(std::string_view name, const Secret& /*value*/) : Field(name, Secret::mask) {}

    std::string_view name() const { return name_; }
    Kind kind() const { return kind_; }
    std::int64_t integer() const { return static_cast<std::int64_t>(bits_); }
    std::uint64_t natural() const { return bits_; }
    double number() const { return std::bit_cast<double>(bits_); }
    std::string_view text() const { return text_; }

private:
    std::string_view name_;
    Kind kind_;
    std::uint64_t bits_ = 0;
    std::string_view text_;
};

using Fields = std::initializer_list<Field>;

/// Where log lines go. Thread-safe. A line says what happened in a fixed text, and with what in its
/// fields: `log.info(context, "order placed", {{"order", id}, {"lines", 3}})`.
class Log {
public:
    explicit Log(Level level) : level_(level) {}
    virtual ~Log() = default;
    Log(const Log&) = delete;
    Log& operator=(const Log&) = delete;

    bool takes(Level level) const { return level >= level_; }

    void write(Level level, const Trace* trace, std::string_view message, Fields fields) {
        if (takes(level)) {
            accept(level, trace, message, {fields.begin(), fields.size()});
        }
    }

    void debug(std::string_view message, Fields fields = {}) {
        write(Level::debug, nullptr, message, fields);
    }
    void info(std::string_view message, Fields fields = {}) {
        write(Level::info, nullptr, message, fields);
    }
    void warning(std::string_view message, Fields fields = {}) {
        write(Level::warning, nullptr, message, fields);
    }
    void error(std::string_view message, Fields fields = {}) {
        write(Level::error, nullptr, message, fields);
    }

    /// With the trace of the call: its trace id, which is also the request id, and span id.
    void debug(const Context& context, std::string_view message, Fields fields = {}) {
        write(Level::debug, &context.trace, message, fields);
    }
    void info(const Context& context, std::string_view message, Fields fields = {}) {
        write(Level::info, &context.trace, message, fields);
    }
    void warning(const Context& context, std::string_view message, Fields fields = {}) {
        write(Level::warning, &context.trace, message, fields);
    }
    void error(const Context& context, std::string_view message, Fields fields = {}) {
        write(Level::error, &context.trace, message, fields);
    }

private:
    virtual void accept(Level level, const Trace* trace, std::string_view message,
                        std::span<const Field> fields) = 0;

    Level level_;
};

/// For those that have nothing to tell.
class SilentLog final : public Log {
public:
    SilentLog() : Log(Level::error) {}

private:
    void accept(Level, const Trace*, std::string_view, std::span<const Field>) override {}
};

/// Writes lines to a file descriptor from a thread of its own, at most 20 ms later, an error at
/// once. The calling thread only copies the line into its own buffer of 256 KiB: about 100 ns,
/// never a system call for what is no error. A full buffer drops lines below error and says later
/// how many; errors then go through a shared queue of 10,000, and past that are counted likewise.
class StreamLog final : public Log {
public:
    struct Options {
        Level level = Level::info;
        LogFormat format = LogFormat::automatic;
        int descriptor = 2;  ///< stderr; not closed.
    };

    StreamLog(const Clock& clock, Options options);
    /// Writes what is left, and ends the thread.
    ~StreamLog() override;

    /// Waits until all that this thread logged is written; for tests and for the end of a program.
    void flush();

private:
    void accept(Level level, const Trace* trace, std::string_view message,
                std::span<const Field> fields) override;

    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace kontor::telemetry
