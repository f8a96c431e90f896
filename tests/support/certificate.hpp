#pragma once

#include <filesystem>

namespace kontor::testing {

/// Writes a fresh self-signed certificate for 127.0.0.1 and localhost, good for a day, and its key,
/// as PEM. It is its own authority.
void write_certificate(const std::filesystem::path& certificate, const std::filesystem::path& key);

}  // namespace kontor::testing
