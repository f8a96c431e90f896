#include "platform/http/message.hpp"

#include <fmt/format.h>

#include "platform/http/grammar.hpp"

namespace kontor::http {

namespace {

constexpr char lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

}  // namespace

bool equals_ignoring_case(std::string_view a, std::string_view b) noexcept {
    if (a.size() != b.size()) {
        return false;
    }
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (lower(a[i]) != lower(b[i])) {
            return false;
        }
    }
    return true;
}

bool has_token(std::string_view value, std::string_view token) noexcept {
    while (!value.empty()) {
        if (equals_ignoring_case(grammar::next_member(value), token)) {
            return true;
        }
    }
    return false;
}

Headers::Headers(std::initializer_list<Field> fields) {
    for (const auto& field : fields) {
        add(field.name, field.value);
    }
}

Headers& Headers::add(std::string_view name, std::string_view value) {
    if (!grammar::is_token(name)) {
        throw std::invalid_argument(fmt::format("header field name '{}': is not a token", name));
    }
    if (!grammar::all(value, grammar::value_char)) {
        throw std::invalid_argument(
            fmt::format("value of header field {}: has a control character", name));
    }
    lines_.append(name).append(": ").append(grammar::trim(value)).append("\r\n");
    return *this;
}

Headers& Headers::set(std::string_view name, std::string_view value) {
    const std::string kept(value);  // it may be a view into what is removed
    remove(name);
    return add(name, kept);
}

void Headers::remove(std::string_view name) {
    std::string kept;
    each([&](const Field& field) {
        if (!equals_ignoring_case(field.name, name)) {
            kept.append(field.name).append(": ").append(field.value).append("\r\n");
        }
        return false;
    });
    lines_ = std::move(kept);
}

std::optional<std::string_view> Headers::find(std::string_view name) const {
    std::optional<std::string_view> found;
    each([&](const Field& field) {
        if (equals_ignoring_case(field.name, name)) {
            found = field.value;
        }
        return found.has_value();
    });
    return found;
}

std::vector<Field> Headers::all() const {
    std::vector<Field> fields;
    each([&](const Field& field) {
        fields.push_back(field);
        return false;
    });
    return fields;
}

Response Response::with(int status, std::string_view content_type,
                        std::variant<std::string, SharedBody, BodyProducer> body) {
    Response response;
    response.status = status;
    if (!content_type.empty()) {
        response.headers.add("Content-Type", content_type);
    }
    response.body = std::move(body);
    return response;
}

Request::Request(std::string_view method_, std::string_view target_, std::vector<Field> fields_,
                 std::string_view body)
    : method(method_), target(target_), fields(std::move(fields_)), memory_body_(body) {
    if (!split_target()) {
        throw std::invalid_argument(fmt::format("request target '{}': is none", target));
    }
    if (host.empty()) {
        host = value_of("Host");
    }
    if (!body.empty()) {
        has_body_ = true;
        content_length = body.size();
    }
}

std::optional<std::string_view> Request::find(std::string_view name) const noexcept {
    for (const auto& field : fields) {
        if (equals_ignoring_case(field.name, name)) {
            return field.value;
        }
    }
    return std::nullopt;
}

std::string_view Request::value_of(std::string_view name) const noexcept {
    return find(name).value_or(std::string_view{});
}

Task<Result<std::string>> Request::read_body(std::size_t limit) {
    const auto over = [this, limit] {
        return refuse(refusals::too_large, "body of {} {}: over the limit of {} bytes; send less",
                      method, path, limit);
    };
    if (content_length.value_or(0) > limit) {
        co_return over();
    }
    std::string body;
    while (auto piece = TRY(co_await read_some())) {
        if (piece->size() > limit - body.size()) {
            co_return over();
        }
        body.empty() ? body.swap(*piece) : static_cast<void>(body.append(*piece));
    }
    co_return body;
}

Task<Result<std::optional<std::string>>> Request::read_some() {
    if (source_ != nullptr) {
        co_return co_await source_->read_some();
    }
    const auto rest = std::exchange(memory_body_, {});
    co_return rest.empty() ? std::optional<std::string>() : std::optional(std::string(rest));
}

Task<void> Request::send_interim(int status, Headers headers) {
    if (source_ != nullptr && minor_version > 0) {
        co_await source_->send_interim(status, std::move(headers));
    }
}

}  // namespace kontor::http
