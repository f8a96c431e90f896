#include "platform/http/grammar.hpp"
#include "platform/http/message.hpp"

namespace kontor::http {

namespace {

using grammar::is;

/// Whether every percent sign starts an octet (RFC 3986, 2.1).
bool octets_are_whole(std::string_view text) {
    for (auto at = text.find('%'); at != std::string_view::npos; at = text.find('%', at + 3)) {
        if (at + 2 >= text.size() || !is(text[at + 1], grammar::hex_digit) ||
            !is(text[at + 2], grammar::hex_digit)) {
            return false;
        }
    }
    return true;
}

bool starts_with_ignoring_case(std::string_view text, std::string_view prefix) {
    return text.size() >= prefix.size() &&
           equals_ignoring_case(text.substr(0, prefix.size()), prefix);
}

}  // namespace

bool is_host(std::string_view text) noexcept {
    auto name = text;
    std::string_view port;
    if (text.starts_with('[')) {  // IP-literal; its inside is checked by who resolves it
        const auto end = text.find(']');
        if (end == std::string_view::npos || end == 1) {
            return false;
        }
        for (const char c : text.substr(1, end - 1)) {
            if (!is(c, grammar::hex_digit) && c != ':' && c != '.') {
                return false;
            }
        }
        port = text.substr(end + 1);
        name = "literal";
    } else if (const auto colon = text.find(':'); colon != std::string_view::npos) {
        name = text.substr(0, colon);
        port = text.substr(colon);
    }
    return !name.empty() && grammar::all(name, grammar::host_char) && octets_are_whole(name) &&
           (port.empty() || (port.starts_with(':') && port.size() <= 6 &&
                             grammar::all(port.substr(1), grammar::digit)));
}

bool Request::split_target() noexcept {
    host = {};
    query = {};
    if (target.empty() || !grammar::all(target, grammar::target_char) ||
        !octets_are_whole(target)) {
        return false;
    }
    if (method == "CONNECT") {  // authority-form: host and port
        path = target;
        host = target;
        const auto name_end = target.starts_with('[') ? target.find(']') : 0;
        const auto colon = target.find(':', name_end);
        return is_host(target) && colon != std::string_view::npos && colon + 1 < target.size();
    }
    if (target == "*") {
        path = target;
        return method == "OPTIONS";
    }
    auto rest = target;
    if (rest.front() != '/') {  // absolute-form
        if (starts_with_ignoring_case(rest, "http://")) {
            rest.remove_prefix(7);
        } else if (starts_with_ignoring_case(rest, "https://")) {
            rest.remove_prefix(8);
        } else {
            return false;
        }
        host = rest.substr(0, rest.find_first_of("/?"));
        rest.remove_prefix(host.size());
        if (!is_host(host)) {  // user information too is an error, RFC 9110, 4.2.4
            return false;
        }
    }
    const auto mark = rest.find('?');
    path = rest.substr(0, mark);
    query = mark == std::string_view::npos ? std::string_view{} : rest.substr(mark + 1);
    if (path.empty()) {
        path = "/";
    }
    return true;
}

}  // namespace kontor::http
