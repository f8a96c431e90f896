#pragma once

#include <string_view>

namespace kontor {

/// Whether `text` is UTF-8 as RFC 3629, section 4 has it (no surrogates, nothing longer than it
/// need be, at most U+10FFFF), and holds no U+0000, which PostgreSQL's texts cannot.
bool is_utf8(std::string_view text);

}  // namespace kontor
