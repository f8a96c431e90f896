#include "platform/http/etag.hpp"

#include "platform/http/grammar.hpp"

namespace kontor::http {

namespace {

struct Tag {
    bool weak = false;
    std::string_view opaque;  ///< Between the quotes.
    bool valid = false;
};

/// Takes one entity-tag from the front: [W/] DQUOTE *etagc DQUOTE.
Tag take_tag(std::string_view& rest) noexcept {
    Tag tag;
    if (rest.starts_with("W/")) {
        tag.weak = true;
        rest.remove_prefix(2);
    }
    if (!rest.starts_with('"')) {
        return tag;
    }
    const auto end = rest.find('"', 1);
    if (end == std::string_view::npos) {
        return tag;
    }
    tag.opaque = rest.substr(1, end - 1);
    tag.valid = true;
    rest.remove_prefix(end + 1);
    return tag;
}

std::string_view without_coding(std::string_view opaque) noexcept {
    for (const std::string_view coding : {"-gzip", "-br"}) {
        if (opaque.ends_with(coding)) {
            return opaque.substr(0, opaque.size() - coding.size());
        }
    }
    return opaque;
}

}  // namespace

bool names_etag(std::string_view list, std::string_view etag, Comparison comparison) noexcept {
    const auto wanted = take_tag(etag);
    auto rest = grammar::trim(list);
    if (rest == "*") {
        return true;
    }
    bool found = false;
    while (!rest.empty()) {
        const auto tag = take_tag(rest);
        rest = grammar::trim(rest);
        if (!tag.valid || (!rest.empty() && rest.front() != ',')) {
            return false;
        }
        const bool same = wanted.valid && (tag.opaque == wanted.opaque ||
                                           without_coding(tag.opaque) == wanted.opaque);
        found = found || (same && (comparison == Comparison::weak || (!tag.weak && !wanted.weak)));
        while (!rest.empty() && (rest.front() == ',' || rest.front() == ' ' || rest[0] == '\t')) {
            rest.remove_prefix(1);
        }
    }
    return found;
}

std::string etag_with_coding(std::string_view etag, std::string_view coding) {
    std::string with(etag);
    if (with.ends_with('"')) {
        with.insert(with.size() - 1, "-" + std::string(coding));
    }
    return with;
}

std::string etag_without_coding(std::string_view etag) {
    auto rest = etag;
    const auto tag = take_tag(rest);
    if (!tag.valid) {
        return std::string(etag);
    }
    return (tag.weak ? "W/\"" : "\"") + std::string(without_coding(tag.opaque)) + '"';
}

}  // namespace kontor::http
