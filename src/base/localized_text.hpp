#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kontor {

/// One text in several languages, keyed by BCP 47 tags in their canonical case (see
/// parse_language_tag). Usually a handful of entries, kept sorted by tag.
class LocalizedText {
public:
    using Entry = std::pair<std::string, std::string>;  ///< Language tag, text.

    LocalizedText() = default;
    LocalizedText(std::initializer_list<Entry> entries);

    /// Replaces the text of that language; an empty text removes it.
    void set(std::string_view language, std::string_view text);

    /// The text of exactly this language, or empty.
    std::string_view in(std::string_view language) const;

    /// The best there is for a reader of `wanted` (`de-AT`): that tag, then broader ones (`de`),
    /// then the same language of another region (`de-CH`), then each of the market's languages
    /// likewise, then English, then whatever there is. Empty only when there is no text at all.
    std::string_view resolve(std::string_view wanted,
                             std::span<const std::string_view> market_languages = {}) const;

    bool empty() const { return entries_.empty(); }
    std::span<const Entry> entries() const { return entries_; }
    bool operator==(const LocalizedText&) const = default;

private:
    std::string_view for_language(std::string_view wanted) const;

    std::vector<Entry> entries_;
};

}  // namespace kontor
