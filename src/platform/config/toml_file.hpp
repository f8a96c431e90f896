#pragma once

#include <expected>
#include <filesystem>
#include <string>
#include <vector>

namespace kontor::config {

/// A value of a TOML file by its dotted path, as text; an array's entries are joined by commas.
struct TomlValue {
    std::string path;
    std::string text;
    unsigned line = 0;
};

/// All values of the file. The error names the file, the line and what is wrong there.
std::expected<std::vector<TomlValue>, std::string> read_toml(const std::filesystem::path& file);

/// The same of a text, which the error calls `name`.
std::expected<std::vector<TomlValue>, std::string> parse_toml(const std::string& text,
                                                              const std::string& name);

}  // namespace kontor::config
