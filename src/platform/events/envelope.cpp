#include "platform/events/envelope.hpp"

#include <charconv>

#include <fmt/format.h>

#include "platform/describe/json.hpp"
#include "platform/trace_text.hpp"

namespace kontor::events {

namespace {

constexpr std::string_view schema_prefix = "urn:kontor:event:";

struct CloudEvent {
    std::string specversion;
    std::string id;
    std::string source;
    std::string type;
    std::string datacontenttype = "application/json";
    std::string dataschema;
    std::string subject;
    Timestamp time;
    std::string sequence;
    std::string aggregateversion;
    std::optional<std::string> traceparent;
    Raw<void> data;

    static constexpr auto describe() {
        using E = CloudEvent;
        return described<E>(
            "A CloudEvents 1.0 event.", field<&E::specversion>("Always 1.0.", {.min_length = 1}),
            field<&E::id>("Unique in its source.", {.min_length = 1}),
            field<&E::source>("The producing service.", {.min_length = 1}),
            field<&E::type>("What happened.", {.min_length = 1}),
            field<&E::datacontenttype>("Always application/json.", {.optional = true}),
            field<&E::dataschema>("A URN that ends in the schema version.", {.min_length = 1}),
            field<&E::subject>("The aggregate's id.", {.min_length = 1}),
            field<&E::time>("When it happened."),
            field<&E::sequence>("The position in the source's stream.", {.min_length = 1}),
            field<&E::aggregateversion>("The version the change gave.", {.min_length = 1}),
            field<&E::traceparent>("W3C Trace Context."), field<&E::data>("What it says."));
    }
};

/// Digits only, so that a sequence sorts and compares as the producer meant it.
std::int64_t read_digits(std::string_view text, std::string_view attribute,
                         json::Problems& problems) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < 0) {
        const json::Problems::At at(problems, attribute);
        problems.add(fmt::format("must be a number in digits, not \"{}\"", text.substr(0, 60)));
    }
    return value;
}

int read_schema_version(const CloudEvent& event, json::Problems& problems) {
    const auto prefix = fmt::format("{}{}:", schema_prefix, event.type);
    int version = 0;
    const char* last = event.dataschema.data() + event.dataschema.size();
    if (event.dataschema.starts_with(prefix)) {
        const auto [end, error] =
            std::from_chars(event.dataschema.data() + prefix.size(), last, version);
        if (error == std::errc{} && end == last && version > 0) {
            return version;
        }
    }
    const json::Problems::At at(problems, "dataschema");
    problems.add(fmt::format("must be {}1 or a later version, not \"{}\"", prefix,
                             event.dataschema.substr(0, 100)));
    return version;
}

Trace read_trace(const std::optional<std::string>& text, json::Problems& problems) {
    const auto trace = text ? parse_traceparent(*text) : Trace{};
    if (!trace) {
        const json::Problems::At at(problems, "traceparent");
        problems.add("must be a traceparent of W3C Trace Context");
    }
    return trace.value_or(Trace{});
}

void expect_text(std::string_view value, std::string_view wanted, std::string_view attribute,
                 json::Problems& problems) {
    if (value != wanted) {
        const json::Problems::At at(problems, attribute);
        problems.add(fmt::format("must be {}, not \"{}\"", wanted, value.substr(0, 60)));
    }
}

}  // namespace

std::string to_cloud_event(const Envelope& envelope) {
    auto trace = traceparent(envelope.trace);
    return to_json(CloudEvent{
        .specversion = "1.0",
        .id = envelope.id,
        .source = envelope.source,
        .type = envelope.type,
        .dataschema = fmt::format("{}{}:{}", schema_prefix, envelope.type, envelope.schema_version),
        .subject = envelope.aggregate,
        .time = envelope.time,
        .sequence = std::to_string(envelope.sequence),
        .aggregateversion = std::to_string(envelope.aggregate_version),
        .traceparent = trace.empty() ? std::nullopt : std::optional(std::move(trace)),
        .data = {envelope.data},
    });
}

Result<Envelope> from_cloud_event(std::string_view json) {
    auto event = TRY_NOW(from_json<CloudEvent>(json));
    json::Problems problems;
    expect_text(event.specversion, "1.0", "specversion", problems);
    expect_text(event.datacontenttype, "application/json", "datacontenttype", problems);
    Envelope envelope{
        .id = std::move(event.id),
        .source = std::move(event.source),
        .type = event.type,
        .time = event.time,
        .schema_version = read_schema_version(event, problems),
        .aggregate = std::move(event.subject),
        .aggregate_version = read_digits(event.aggregateversion, "aggregateversion", problems),
        .sequence = read_digits(event.sequence, "sequence", problems),
        .trace = read_trace(event.traceparent, problems),
        .data = std::move(event.data.json),
    };
    if (problems.any()) {
        return std::unexpected(std::move(problems).refusal());
    }
    return envelope;
}

}  // namespace kontor::events
