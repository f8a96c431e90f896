#include "base/localized_text.hpp"

#include <algorithm>

#include "base/language.hpp"

namespace kontor {

namespace {

std::string_view primary_language(std::string_view tag) {
    return tag.substr(0, tag.find('-'));
}

}  // namespace

LocalizedText::LocalizedText(std::initializer_list<Entry> entries) {
    for (const auto& [language, text] : entries) {
        set(language, text);
    }
}

void LocalizedText::set(std::string_view language, std::string_view text) {
    const auto at = std::ranges::lower_bound(entries_, language, {}, &Entry::first);
    const bool present = at != entries_.end() && at->first == language;
    if (text.empty()) {
        if (present) {
            entries_.erase(at);
        }
    } else if (present) {
        at->second = text;
    } else {
        entries_.emplace(at, language, text);
    }
}

std::string_view LocalizedText::in(std::string_view language) const {
    const auto at = std::ranges::lower_bound(entries_, language, {}, &Entry::first);
    return at != entries_.end() && at->first == language ? at->second : std::string_view{};
}

std::string_view LocalizedText::for_language(std::string_view wanted) const {
    for (auto tag = wanted; !tag.empty(); tag = broader_language(tag)) {
        if (const auto text = in(tag); !text.empty()) {
            return text;
        }
    }
    const auto same_language = [&](const Entry& entry) {
        return primary_language(entry.first) == primary_language(wanted);
    };
    const auto sibling = std::ranges::find_if(entries_, same_language);
    return sibling == entries_.end() ? std::string_view{} : sibling->second;
}

std::string_view LocalizedText::resolve(std::string_view wanted,
                                        std::span<const std::string_view> market_languages) const {
    if (const auto text = for_language(wanted); !text.empty()) {
        return text;
    }
    for (const auto language : market_languages) {
        if (const auto text = for_language(language); !text.empty()) {
            return text;
        }
    }
    if (const auto text = for_language("en"); !text.empty()) {
        return text;
    }
    return entries_.empty() ? std::string_view{} : entries_.front().second;
}

}  // namespace kontor
