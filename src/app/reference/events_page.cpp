#include "app/reference/reference.hpp"
#include "platform/describe/markdown.hpp"

namespace kontor::app::reference {

namespace {

constexpr std::string_view beginning =
    R"(# Events

Generated from the descriptions of the services; do not edit: `./dev reference`.

Every change of a service leaves an event in the transaction of the change. It travels as a
[CloudEvents 1.0](https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md) envelope,
at least once, in order for each `subject`; a consumer may see one twice and must not care. Data
holds no personal data, only references. Members are only ever added: ignore what you do not know.

| Attribute | Meaning |
|---|---|
| `id` | Unique in its source; the same at every delivery. |
| `source` | The service that published it. |
| `type` | One of those below. |
| `time` | When it happened, RFC 3339 UTC. |
| `subject` | The id of the thing that changed. |
| `dataschema` | The version of the data's schema; it counts the additions. |
| `sequence` | Place in the stream of its source, in the order of commits, as digits. |
| `aggregateversion` | The version that the change gave the thing, as digits. |
| `traceparent` | Who caused it, W3C Trace Context. |
| `data` | What is described below. |
)";

}  // namespace

std::string events_page() {
    describe::Markdown markdown;
    std::string list = "\n| Event | Meaning |\n|---|---|\n";
    std::string sections;
    for (const auto* entry : services()) {
        if (entry->events == nullptr) {
            continue;
        }
        for (const auto& event : entry->events()) {
            list += fmt::format("| [`{}`](#{}) | {} |\n", event.type.name,
                                describe::anchor(event.type.name), event.data->meaning);
            sections += fmt::format("\n## {}\n\n{} Schema version {}.\n\n{}", event.type.name,
                                    event.data->meaning, event.type.schema_version,
                                    markdown.table(*event.data));
        }
    }
    return fmt::format("{}{}{}\n## Types\n\n{}", beginning, list, sections, markdown.types());
}

}  // namespace kontor::app::reference
