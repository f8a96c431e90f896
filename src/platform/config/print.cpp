#include <fmt/format.h>

#include "platform/config/config.hpp"

namespace kontor::config {

namespace {

std::string quoted(std::string_view text) {
    std::string out;
    json::append_string(out, text);
    return out;
}

std::string toml_value(const Setting& setting, std::string_view text) {
    return setting.quoted ? quoted(text) : std::string(text);
}

/// `key = value  # source`; a masked secret is a comment, since it could not be loaded again.
void append_line(std::string& out, const Setting& setting, std::string_view key,
                 std::string_view text, std::string_view source) {
    if (setting.secret && !text.empty()) {
        fmt::format_to(std::back_inserter(out), "# {} = {}  # {}\n", key, quoted(Secret::mask),
                       source);
    } else if (text.empty() && !setting.quoted) {
        fmt::format_to(std::back_inserter(out), "# {} is not set\n", key);
    } else {
        fmt::format_to(std::back_inserter(out), "{} = {}  # {}\n", key, toml_value(setting, text),
                       source);
    }
}

std::string or_dash(std::string_view text) {
    return text.empty() ? "-" : fmt::format("`{}`", text);
}

void append_row(std::string& out, const Section& section, const Setting& setting) {
    const auto path =
        fmt::format("{}.{}{}", section.name, setting.name, setting.keyed ? ".NAME" : "");
    fmt::format_to(std::back_inserter(out), "| `{}` | {}{} | {} | `{}` | {} |\n", path,
                   setting.type, setting.range.empty() ? "" : ", " + setting.range,
                   or_dash(setting.default_text), environment_name(path), setting.meaning);
}

}  // namespace

void Loaded::append_setting(std::string& out, const Section& section,
                            const Setting& setting) const {
    if (!setting.keyed) {
        const auto* given = given_for(section.name, setting.name);
        append_line(out, setting, setting.name, given ? given->text : setting.default_text,
                    given ? given->source : "default");
        return;
    }
    for (const auto& given : given_) {
        const auto open = given.member.find('[');
        if (given.section == section.name && given.member.substr(0, open) == setting.name) {
            const auto key = given.member.substr(open + 1, given.member.size() - open - 2);
            append_line(out, setting, fmt::format("{}.{}", setting.name, key), given.text,
                        given.source);
        }
    }
}

std::string Loaded::effective_text() const {
    std::string out;
    for (const auto& section : sections_) {
        fmt::format_to(std::back_inserter(out), "{}# {}\n[{}]\n", out.empty() ? "" : "\n",
                       section.meaning, section.name);
        for (const auto& setting : section.settings) {
            append_setting(out, section, setting);
        }
    }
    return out;
}

std::string reference_markdown(const std::vector<Section>& sections) {
    std::string out =
        "# Settings\n\n"
        "Generated from the descriptions of the settings; do not edit: `./dev reference`.\n\n"
        "Each can stand in the TOML file (`--config FILE`) or in the environment, and some have\n"
        "a flag (`kontor serve --help`); the later of these wins. `kontor config` prints what is\n"
        "in effect and where it comes from. Durations are written like `250ms`, `5s`, `15min`,\n"
        "`7d`, sizes like `64KiB`, `1MiB`; lists separate their entries by commas.\n";
    for (const auto& section : sections) {
        fmt::format_to(std::back_inserter(out),
                       "\n## {}\n\n{}\n\n"
                       "| Setting | Type | Default | Variable | Meaning |\n"
                       "|---|---|---|---|---|\n",
                       section.name, section.meaning);
        for (const auto& setting : section.settings) {
            append_row(out, section, setting);
        }
    }
    return out;
}

}  // namespace kontor::config
