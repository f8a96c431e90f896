#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "platform/telemetry/log.hpp"

/// A log line on its way from the thread that wrote it to the one that prints it, as flat bytes.
namespace kontor::telemetry {

struct LogRecord {
    Timestamp at;
    Level level = Level::info;
    bool has_trace = false;
    Trace trace;
    std::string_view message;
    std::vector<Field> fields;
};

/// Bytes that `encode` will need; at most 64 KiB, by cutting texts and leaving fields out.
std::size_t encoded_size(std::string_view message, std::span<const Field> fields);
void encode(char* out, Timestamp at, Level level, const Trace* trace, std::string_view message,
            std::span<const Field> fields);

/// Reads what `encode` wrote into `record`, whose texts then point into `bytes`.
void decode(const char* bytes, LogRecord& record);

/// Append one line, with its end.
void append_json_line(std::string& out, const LogRecord& record);
void append_text_line(std::string& out, const LogRecord& record);

}  // namespace kontor::telemetry
