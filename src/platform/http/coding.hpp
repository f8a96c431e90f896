#pragma once

#include <string>
#include <string_view>

/// Content codings (RFC 9110, 8.4.1 and 12.5.3).
namespace kontor::http {

enum class Coding { identity, gzip, brotli };

/// As it stands in Content-Encoding.
std::string_view name_of(Coding coding) noexcept;

/// The coding for a client that sent `accept_encoding`: the one it weighs highest; gzip where
/// weights are equal, as it is made faster; identity where it wants none of ours.
Coding choose_coding(std::string_view accept_encoding) noexcept;

/// Whether bodies of this media type become notably smaller: text, JSON, XML, SVG, scripts.
bool is_compressible(std::string_view content_type) noexcept;

/// `body` in `coding`, at the level that costs little time (gzip 1, brotli 2). Costs about 10 us
/// for each KiB; throws std::bad_alloc.
std::string compress(std::string_view body, Coding coding);

}  // namespace kontor::http
