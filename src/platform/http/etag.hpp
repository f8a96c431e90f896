#pragma once

#include <string>
#include <string_view>

namespace kontor::http {

enum class Comparison { strong, weak };  ///< RFC 9110, 8.8.3.2

/// Whether `list`, the value of If-None-Match (weak) or If-Match (strong), names `etag` or is `*`.
/// A list that is malformed names nothing. A compressed answer's tag has its coding appended
/// (`"7-gzip"`): on the list it counts as the tag without, so that a client may send back what it
/// got.
bool names_etag(std::string_view list, std::string_view etag, Comparison comparison) noexcept;

/// `"7"` becomes `"7-gzip"`; something else than a quoted tag stays as it is.
std::string etag_with_coding(std::string_view etag, std::string_view coding);

/// The other way round: the tag, still quoted, without a coding of ours.
std::string etag_without_coding(std::string_view etag);

}  // namespace kontor::http
