#include "platform/telemetry/log_record.hpp"

#include <cmath>
#include <cstring>

#include <fmt/format.h>

#include "platform/describe/json.hpp"
#include "platform/telemetry/trace.hpp"

namespace kontor::telemetry {

namespace {

constexpr std::size_t text_bytes_max = 4'000;
constexpr std::size_t name_bytes_max = 100;
constexpr std::size_t fields_max = 14;  // 14 * (4,000 + 100) and the head stay below 64 KiB

struct Head {
    std::int64_t at_us;
    Level level;
    std::uint8_t fields;
    bool has_trace;
    bool sampled;
    std::uint32_t message_bytes;
    std::array<std::uint8_t, 16> trace_id;
    std::array<std::uint8_t, 8> span_id;
};

struct FieldHead {
    std::uint64_t value;  ///< Of a text: its bytes.
    Field::Kind kind;
    std::uint8_t name_bytes;
};

std::string_view cut(std::string_view text, std::size_t bytes_max) {
    return text.substr(0, bytes_max);
}

std::span<const Field> cut(std::span<const Field> fields) {
    return fields.first(std::min(fields.size(), fields_max));
}

char* put(char* out, const void* from, std::size_t size) {
    if (size != 0) {
        std::memcpy(out, from, size);
    }
    return out + size;
}

template <class T>
T take(const char*& bytes) {
    T value;
    std::memcpy(&value, bytes, sizeof value);
    bytes += sizeof value;
    return value;
}

std::string_view take_text(const char*& bytes, std::size_t size) {
    const std::string_view text(bytes, size);
    bytes += size;
    return text;
}

Field take_field(const char*& bytes) {
    const auto head = take<FieldHead>(bytes);
    const auto name = take_text(bytes, head.name_bytes);
    switch (head.kind) {
        case Field::Kind::integer:
            return {name, static_cast<std::int64_t>(head.value)};
        case Field::Kind::natural:
            return {name, head.value};
        case Field::Kind::boolean:
            return {name, head.value != 0};
        case Field::Kind::number:
            return {name, std::bit_cast<double>(head.value)};
        case Field::Kind::text:
            break;
    }
    return {name, take_text(bytes, head.value)};
}

void append_value(std::string& out, const Field& field) {
    switch (field.kind()) {
        case Field::Kind::integer:
            fmt::format_to(std::back_inserter(out), "{}", field.integer());
            return;
        case Field::Kind::natural:
            fmt::format_to(std::back_inserter(out), "{}", field.natural());
            return;
        case Field::Kind::boolean:
            out += field.natural() != 0 ? "true" : "false";
            return;
        case Field::Kind::number:
            if (std::isfinite(field.number())) {
                fmt::format_to(std::back_inserter(out), "{}", field.number());
            } else {
                out += "null";  // JSON has no NaN
            }
            return;
        case Field::Kind::text:
            json::append_string(out, field.text());
            return;
    }
}

void append_member(std::string& out, std::string_view name, std::string_view text) {
    out += ",\"";
    out += name;
    out += "\":";
    json::append_string(out, text);
}

bool plain(std::string_view text) {
    return !text.empty() && text.find_first_of(" \"\\=\n\r\t") == text.npos;
}

}  // namespace

std::size_t encoded_size(std::string_view message, std::span<const Field> fields) {
    auto size = sizeof(Head) + cut(message, text_bytes_max).size();
    for (const auto& field : cut(fields)) {
        size += sizeof(FieldHead) + cut(field.name(), name_bytes_max).size() +
                cut(field.text(), text_bytes_max).size();
    }
    return size;
}

void encode(char* out, Timestamp at, Level level, const Trace* trace, std::string_view message,
            std::span<const Field> fields) {
    message = cut(message, text_bytes_max);
    fields = cut(fields);
    const Head head{.at_us = at.microseconds,
                    .level = level,
                    .fields = static_cast<std::uint8_t>(fields.size()),
                    .has_trace = trace != nullptr,
                    .sampled = trace != nullptr && trace->sampled,
                    .message_bytes = static_cast<std::uint32_t>(message.size()),
                    .trace_id = trace ? trace->trace_id : decltype(head.trace_id){},
                    .span_id = trace ? trace->span_id : decltype(head.span_id){}};
    out = put(out, &head, sizeof head);
    out = put(out, message.data(), message.size());
    for (const auto& field : fields) {
        const auto name = cut(field.name(), name_bytes_max);
        const auto text = cut(field.text(), text_bytes_max);
        const bool is_text = field.kind() == Field::Kind::text;
        const FieldHead field_head{is_text ? text.size() : field.natural(), field.kind(),
                                   static_cast<std::uint8_t>(name.size())};
        out = put(out, &field_head, sizeof field_head);
        out = put(out, name.data(), name.size());
        out = put(out, text.data(), text.size());
    }
}

void decode(const char* bytes, LogRecord& record) {
    const auto head = take<Head>(bytes);
    record.at = {head.at_us};
    record.level = head.level;
    record.has_trace = head.has_trace;
    record.trace = {head.trace_id, head.span_id, head.sampled};
    record.message = take_text(bytes, head.message_bytes);
    record.fields.clear();
    for (int i = 0; i < head.fields; ++i) {
        record.fields.push_back(take_field(bytes));
    }
}

void append_json_line(std::string& out, const LogRecord& record) {
    fmt::format_to(std::back_inserter(out), R"({{"time":"{}","level":"{}")", to_text(record.at),
                   describe::enum_text(record.level));
    append_member(out, "message", record.message);
    if (record.has_trace) {
        append_member(out, "trace_id", trace_id_text(record.trace));
        append_member(out, "span_id", span_id_text(record.trace));
    }
    for (const auto& field : record.fields) {
        out.push_back(',');
        json::append_string(out, field.name());
        out.push_back(':');
        append_value(out, field);
    }
    out += "}\n";
}

void append_text_line(std::string& out, const LogRecord& record) {
    constexpr std::size_t date_size = std::string_view("2026-11-23T").size();
    constexpr std::size_t time_size = std::string_view("20:55:42").size();
    const auto milliseconds = record.at.microseconds / 1000 % 1000;
    fmt::format_to(std::back_inserter(out), "{}.{:03} {:7} {}",
                   to_text(record.at).substr(date_size, time_size), milliseconds,
                   describe::enum_text(record.level), record.message);
    for (const auto& field : record.fields) {
        fmt::format_to(std::back_inserter(out), " {}=", field.name());
        if (field.kind() == Field::Kind::text && plain(field.text())) {
            out += field.text();
        } else {
            append_value(out, field);
        }
    }
    if (record.has_trace) {
        out += " trace=" + trace_id_text(record.trace);
    }
    out.push_back('\n');
}

}  // namespace kontor::telemetry
