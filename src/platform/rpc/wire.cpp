#include "platform/rpc/wire.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "platform/trace_text.hpp"

namespace kontor::rpc {

namespace {

constexpr std::string_view kinds[] = {"anonymous", "guest", "staff", "service"};

template <class Number>
std::optional<Number> number(std::string_view text, int base = 10) {
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional(value)
                                                                    : std::nullopt;
}

std::optional<Principal> read_principal(std::string_view text) {
    const auto colon = text.find(':');
    const auto kind = std::ranges::find(kinds, text.substr(0, colon));
    const auto subject =
        colon == text.npos ? std::nullopt : number<std::uint64_t>(text.substr(colon + 1), 16);
    if (kind == std::end(kinds) || !subject) {
        return std::nullopt;
    }
    return Principal{static_cast<Principal::Kind>(kind - std::begin(kinds)), *subject};
}

}  // namespace

bool prefers_minimal(std::string_view prefer) {
    while (!prefer.empty()) {
        const auto comma = prefer.find(',');
        auto preference = prefer.substr(0, prefer.find_first_of(";,"));
        preference.remove_prefix(std::min(preference.find_first_not_of(' '), preference.size()));
        preference = preference.substr(0, preference.find_last_not_of(' ') + 1);
        if (preference == "return=minimal" || preference == "return=\"minimal\"") {
            return true;
        }
        prefer = comma == prefer.npos ? std::string_view() : prefer.substr(comma + 1);
    }
    return false;
}

Headers context_headers(const Context& context, Context::TimePoint now,
                        std::chrono::milliseconds reserve) {
    Headers headers;
    const auto add = [&](const char* name, std::string_view value) {
        if (!value.empty()) {
            headers.emplace_back(name, value);
        }
    };
    if (context.deadline != Context::TimePoint::max()) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(context.deadline - now) - reserve;
        add("Kontor-Deadline-Ms", fmt::format("{}", std::max<std::int64_t>(left.count(), 0)));
    }
    add("traceparent", traceparent(context.trace));
    add("Kontor-Principal", fmt::format("{}:{:x}", kinds[static_cast<int>(context.principal.kind)],
                                        context.principal.subject));
    add("Kontor-Market", context.market.view());
    add("Kontor-Locale", context.locale.view());
    add("Idempotency-Key", context.idempotency_key);
    add("Kontor-Bearer", context.bearer);
    add("Kontor-Dry-Run", context.dry_run == DryRun::yes ? "1" : "");
    add("Prefer", context.answer == Answer::minimal ? "return=minimal" : "");
    add("If-Match", context.if_match == 0 ? "" : fmt::format("\"{}\"", context.if_match));
    return headers;
}

Result<Context> read_context(const FindHeader& find, Context::TimePoint now) {
    Context context;
    const auto text = [&](std::string_view name) { return find(name).value_or(""); };
    const auto unreadable = [&](std::string_view name) {
        return refuse(refusals::malformed, "header {}: \"{}\" cannot be read", name, text(name));
    };
    if (const auto deadline = find("Kontor-Deadline-Ms")) {
        const auto left_ms = number<std::int64_t>(*deadline);
        if (!left_ms) {
            return unreadable("Kontor-Deadline-Ms");
        }
        context.deadline = now + std::chrono::milliseconds(*left_ms);
    }
    // W3C Trace Context, 3.2.2.3: what cannot be read is left aside.
    context.trace = parse_traceparent(text("traceparent")).value_or(Trace{});
    if (find("Kontor-Principal")) {
        const auto principal = read_principal(text("Kontor-Principal"));
        if (!principal) {
            return unreadable("Kontor-Principal");
        }
        context.principal = *principal;
    }
    if (const auto version = text("If-Match"); version.size() > 2) {
        context.if_match = number<std::uint64_t>(version.substr(1, version.size() - 2)).value_or(0);
    }
    context.market = text("Kontor-Market");
    context.locale = text("Kontor-Locale");
    context.idempotency_key = text("Idempotency-Key");
    context.bearer = text("Kontor-Bearer");
    context.dry_run = text("Kontor-Dry-Run") == "1" ? DryRun::yes : DryRun::no;
    context.answer = prefers_minimal(text("Prefer")) ? Answer::minimal : Answer::whole;
    return context;
}

}  // namespace kontor::rpc
