#pragma once

#include <expected>
#include <filesystem>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "platform/config/section.hpp"

namespace kontor::config {

/// A setting given on the command line.
struct Flag {
    std::string path;  ///< `http.listen`, or `sql.databases.orders` for an entry of a map.
    std::string value;
    std::string name;  ///< As the user wrote it, for messages: `--listen`.
};

/// Where settings come from; later ones win: file, environment, flags.
struct Sources {
    std::optional<std::filesystem::path> file;       ///< TOML; must be readable when given.
    std::map<std::string, std::string> environment;  ///< See `environment_of_process`.
    std::vector<Flag> flags;
};

/// The variables of this process that start with `KONTOR_`. Empty ones count as unset.
std::map<std::string, std::string> environment_of_process();

/// A setting that was given, and by whom.
struct Given {
    std::string section;
    std::string member;  ///< `listen`, or `databases[orders]`.
    std::string text;
    std::string source;  ///< `kontor.toml:12`, `KONTOR_HTTP_LISTEN`, `--listen`.
};

/// The settings in effect: every one has been checked against its description.
class Loaded {
public:
    /// The settings of a section, defaults where nothing was given. Asking for a section that was
    /// not loaded, or as another struct, is a programming error: std::logic_error.
    template <describe::Described T>
    T section(std::string_view name) const {
        require(name, typeid(T));
        T settings{};
        for (const auto& given : given_) {
            if (given.section == name) {
                apply(settings, given.member, given.text);
            }
        }
        return settings;
    }

    /// What is worth telling the user and no error: unknown KONTOR_ variables.
    const std::vector<std::string>& warnings() const { return warnings_; }

    /// Every setting as TOML that can be loaded again, each with its source; secrets masked and
    /// commented out. What `kontor config` prints.
    std::string effective_text() const;

private:
    friend std::expected<Loaded, std::vector<std::string>> load(std::vector<Section> sections,
                                                                const Sources& sources);

    void require(std::string_view name, std::type_index type) const;
    const Given* given_for(std::string_view section, std::string_view member) const;
    void append_setting(std::string& out, const Section& section, const Setting& setting) const;

    std::vector<Section> sections_;
    std::vector<Given> given_;  ///< At most one for each member.
    std::vector<std::string> warnings_;
};

/// Reads and checks all sources. Refuses with every problem found, one line each, with its place
/// and, for an unknown name in the file or among the flags, the nearest known one. An unknown
/// variable only warns: Kubernetes makes KONTOR_PORT and the like for a service named kontor.
std::expected<Loaded, std::vector<std::string>> load(std::vector<Section> sections,
                                                     const Sources& sources);

/// The variable that sets `path`: `KONTOR_HTTP_LISTEN` for `http.listen`.
std::string environment_name(std::string_view path);

/// The reference of all settings in Markdown, as kept in docs/reference/settings.md.
std::string reference_markdown(const std::vector<Section>& sections);

}  // namespace kontor::config
