#pragma once

#include <expected>
#include <string>
#include <string_view>

namespace kontor {

/// Reads a BCP 47 language tag (RFC 5646: language, script, region, variants; no extensions) and
/// gives it the case of section 2.1.1: `de-AT`, `zh-Hant-TW`. Checks the form, not the registry.
/// At most 15 bytes, so that it fits a LocaleCode. The error says what was expected.
std::expected<std::string, std::string> parse_language_tag(std::string_view text);

/// The tag without its last subtag, and so more general (RFC 4647 lookup): `de-AT` gives `de`, and
/// `de` gives an empty text.
std::string_view broader_language(std::string_view tag);

}  // namespace kontor
