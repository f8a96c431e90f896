#include "platform/rest/router.hpp"

#include <stdexcept>

#include "base/utf8.hpp"

namespace kontor::rest {

struct Router::Node {
    std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
    std::unique_ptr<Node> variable;
    std::map<std::string_view, const Route*> by_method;
};

namespace {

/// Takes the first segment off `path`, which begins with a slash.
std::string_view take_segment(std::string_view& path) {
    path.remove_prefix(1);
    const auto segment = path.substr(0, path.find('/'));
    path.remove_prefix(segment.size());
    return segment;
}

bool is_variable(std::string_view segment) {
    return segment.starts_with('{');
}

int hex_value(char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

}  // namespace

std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+' && plus_is_space) {
            out.push_back(' ');
        } else if (text[i] != '%') {
            out.push_back(text[i]);
        } else {
            const int high = i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
            const int low = high >= 0 ? hex_value(text[i + 2]) : -1;
            if (low < 0) {
                return std::nullopt;
            }
            out.push_back(static_cast<char>(high << 4 | low));
            i += 2;
        }
    }
    return is_utf8(out) ? std::optional(std::move(out)) : std::nullopt;
}

Result<std::vector<std::pair<std::string, std::string>>> parse_query(std::string_view query) {
    std::vector<std::pair<std::string, std::string>> pairs;
    while (!query.empty()) {
        const auto pair = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(pair.size() + 1, query.size()));
        const auto equals = pair.find('=');
        auto name = percent_decoded(pair.substr(0, equals), true);
        auto value = percent_decoded(
            equals == pair.npos ? std::string_view() : pair.substr(equals + 1), true);
        if (!name || !value) {
            return refuse(refusals::malformed,
                          "query \"{}\": % must be followed by two hex digits, and all be UTF-8",
                          pair.substr(0, 100));
        }
        if (!name->empty()) {
            pairs.emplace_back(*std::move(name), *std::move(value));
        }
    }
    return pairs;
}

Router::Router(const Table& table) : root_(std::make_unique<Node>()) {
    for (const auto& route : table.routes()) {
        insert(route);
    }
}

Router::~Router() = default;

void Router::insert(const Route& route) {
    auto* node = root_.get();
    for (std::string_view path = route.path; !path.empty();) {
        const auto segment = take_segment(path);
        auto& next = is_variable(segment) ? node->variable : node->literals[std::string(segment)];
        if (!next) {
            next = std::make_unique<Node>();
        }
        node = next.get();
    }
    if (!node->by_method.emplace(route.method, &route).second) {
        throw std::logic_error(fmt::format("{} {} is routed twice", route.method, route.path));
    }
}

Result<Router::Match> Router::find(std::string_view method, std::string_view path) const {
    const auto* node = root_.get();
    std::vector<std::string> values;
    for (auto rest = path; !rest.empty() && node != nullptr;) {
        const auto segment = take_segment(rest);
        if (const auto literal = node->literals.find(segment); literal != node->literals.end()) {
            node = literal->second.get();
            continue;
        }
        node = segment.empty() ? nullptr : node->variable.get();
        auto value = percent_decoded(segment);
        if (!value) {
            return refuse(refusals::malformed,
                          "path {}: % must be followed by two hex digits, and all be UTF-8",
                          path.substr(0, 200));
        }
        values.push_back(*std::move(value));
    }
    if (node == nullptr || node->by_method.empty()) {
        return refuse(refusals::not_found, "no resource at {}", path.substr(0, 200));
    }
    const auto found = node->by_method.find(method == "HEAD" ? "GET" : method);
    if (found == node->by_method.end()) {
        std::string allowed;
        for (const auto& [name, route] : node->by_method) {
            allowed += (allowed.empty() ? "" : ", ") + std::string(name);
        }
        return refuse(method_not_allowed, "{} is not allowed at {}: use {}", method,
                      path.substr(0, 200), allowed);
    }
    Match match{.route = found->second, .variables = {}};
    auto value = values.begin();
    for (std::string_view rest = match.route->path; !rest.empty();) {
        const auto segment = take_segment(rest);
        if (is_variable(segment)) {
            match.variables.emplace_back(segment.substr(1, segment.size() - 2),
                                         std::move(*value++));
        }
    }
    return match;
}

}  // namespace kontor::rest
