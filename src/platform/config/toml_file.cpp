#include "platform/config/toml_file.hpp"

#include <fstream>
#include <optional>
#include <sstream>

#include <fmt/format.h>
#include <toml++/toml.h>

namespace kontor::config {

namespace {

/// Stops at the first value that no setting can have; answers its place.
class Collector {
public:
    explicit Collector(std::string file) : file_(std::move(file)) {}

    void take(const std::string& path, const toml::node& node) {
        if (const auto* table = node.as_table()) {
            for (const auto& [key, value] : *table) {
                take(path.empty() ? std::string(key) : path + '.' + std::string(key), value);
            }
            return;
        }
        const auto line = node.source().begin.line;
        if (auto text = text_of(node)) {
            values_.push_back({path, *std::move(text), line});
        } else {
            problem_ = fmt::format("{}:{}: {} must be a text, a number, true, false or a list",
                                   file_, line, path);
        }
    }

    std::expected<std::vector<TomlValue>, std::string> result() && {
        if (!problem_.empty()) {
            return std::unexpected(std::move(problem_));
        }
        return std::move(values_);
    }

private:
    static std::optional<std::string> text_of(const toml::node& node) {
        if (const auto* array = node.as_array()) {
            std::string joined;
            for (const auto& entry : *array) {
                const auto text = entry.is_array() ? std::nullopt : text_of(entry);
                if (!text) {
                    return std::nullopt;
                }
                joined += (joined.empty() ? "" : ",") + *text;
            }
            return joined;
        }
        if (const auto* text = node.as_string()) {
            return text->get();
        }
        if (const auto* number = node.as_integer()) {
            return fmt::format("{}", number->get());
        }
        if (const auto* number = node.as_floating_point()) {
            return fmt::format("{}", number->get());
        }
        if (const auto* flag = node.as_boolean()) {
            return flag->get() ? "true" : "false";
        }
        return std::nullopt;
    }

    std::string file_;
    std::vector<TomlValue> values_;
    std::string problem_;
};

}  // namespace

std::expected<std::vector<TomlValue>, std::string> read_toml(const std::filesystem::path& file) {
    std::ifstream in(file);
    std::stringstream text;
    if (!in || !(text << in.rdbuf())) {
        return std::unexpected(fmt::format("{}: cannot be read", file.string()));
    }
    return parse_toml(text.str(), file.string());
}

std::expected<std::vector<TomlValue>, std::string> parse_toml(const std::string& text,
                                                              const std::string& name) {
    try {
        Collector collector(name);
        collector.take("", toml::parse(text));
        return std::move(collector).result();
    } catch (const toml::parse_error& error) {
        return std::unexpected(
            fmt::format("{}:{}: {}", name, error.source().begin.line, error.description()));
    }
}

}  // namespace kontor::config
