#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "services/discovery/engine/languages.hpp"

namespace kontor::discovery::engine {

/// Text without case, accents and compatibility forms (Unicode NFKC_Casefold, then marks removed
/// from Latin, Greek and Cyrillic), `ß` as `ss`, `ø` as `o`, `æ` as `ae`. Keeps everything else.
std::string folded(std::string_view text);

/// A word of a text. Numbers stay with their unit (`18 V` is `18v`), dimensions together
/// (`10 x 50` is `10x50`), decimal commas become points.
struct Word {
    std::string text;     ///< Folded.
    std::string display;  ///< As written, lower case.
    /// Pieces worth finding by themselves: of `18v` the `18`, of `gsr18` `gsr` and `18`.
    std::vector<std::string> parts;
    bool glued = false;   ///< Joined to the word before by a hyphen, a slash or an apostrophe.
    bool letters = true;  ///< Has no digit.
};

/// The words of a text, in order. Scripts that write without spaces are cut by ICU's dictionaries.
std::vector<Word> words_of(std::string_view text, const Language& language);

/// Words that are glued together, written as one: `akku-bohrschrauber` gives `akkubohrschrauber`.
std::vector<std::string> joined(const std::vector<Word>& words);

/// A SKU or GTIN without what people vary: case, hyphens, spaces, dots, slashes, underscores, and
/// of at least 8 digits the leading zeros (a GTIN-13 is a GTIN-14 with a zero before).
std::string normalized_code(std::string_view code);

}  // namespace kontor::discovery::engine
