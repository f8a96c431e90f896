#include "platform/config/config.hpp"

#include <unistd.h>

#include <algorithm>

#include <fmt/format.h>

#include "platform/config/nearest.hpp"
#include "platform/config/toml_file.hpp"

namespace kontor::config {

namespace {

constexpr std::string_view prefix = "KONTOR_";

std::string upper_with_underscores(std::string_view path) {
    std::string name;
    for (const char c : path) {
        const bool lower = c >= 'a' && c <= 'z';
        name.push_back(lower ? static_cast<char>(c - 'a' + 'A') : c == '.' || c == '-' ? '_' : c);
    }
    return name;
}

std::string lower(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return result;
}

struct Target {
    const Section* section;
    const Setting* setting;
    std::string member;
};

/// The names of all settings, and what they lead to.
class Names {
public:
    explicit Names(const std::vector<Section>& sections) : sections_(sections) {
        for_each([&](const Section& section, const Setting& setting) {
            all_.push_back(section.name + '.' + std::string(setting.name));
        });
    }

    std::optional<Target> by_path(std::string_view path) const {
        return find([&](const std::string& known) -> std::optional<std::string_view> {
            return split(path, known, '.');
        });
    }

    std::optional<Target> by_variable(std::string_view variable) const {
        return find([&](const std::string& known) -> std::optional<std::string_view> {
            return split(variable, environment_name(known), '_');
        });
    }

    std::string near(std::string_view path) const {
        const auto name = nearest(path, all_);
        return name.empty() ? name : fmt::format("; did you mean {}?", name);
    }

private:
    /// What follows `known` and a separator in `name`: empty if they are equal, nothing if it is
    /// another name.
    static std::optional<std::string_view> split(std::string_view name, std::string_view known,
                                                 char separator) {
        if (!name.starts_with(known)) {
            return std::nullopt;
        }
        const auto rest = name.substr(known.size());
        if (rest.empty()) {
            return rest;
        }
        return rest[0] == separator && rest.size() > 1 ? std::optional(rest.substr(1))
                                                       : std::nullopt;
    }

    template <class Visit>
    void for_each(Visit&& visit) const {
        for (const auto& section : sections_) {
            for (const auto& setting : section.settings) {
                visit(section, setting);
            }
        }
    }

    template <class Match>
    std::optional<Target> find(Match&& match) const {
        std::optional<Target> found;
        for_each([&](const Section& section, const Setting& setting) {
            const auto key = match(section.name + '.' + std::string(setting.name));
            if (key && key->empty() != setting.keyed) {
                found = Target{&section, &setting, std::string(setting.name)};
                if (setting.keyed) {
                    found->member += fmt::format("[{}]", lower(*key));
                }
            }
        });
        return found;
    }

    const std::vector<Section>& sections_;
    std::vector<std::string> all_;
};

/// Collects what was given; a later one replaces an earlier one.
class Collection {
public:
    void add(const Target& target, std::string_view text, std::string source) {
        if (const auto wrong = target.section->check(target.member, text); !wrong.empty()) {
            // The value of a secret must not reach a log, not even when it is wrong.
            problems.push_back(fmt::format("{}: {}.{} {}", source, target.section->name,
                                           target.member,
                                           target.setting->secret ? "is not valid" : wrong));
            return;
        }
        const auto same = std::ranges::find_if(given, [&](const Given& other) {
            return other.section == target.section->name && other.member == target.member;
        });
        Given value{target.section->name, target.member, std::string(text), std::move(source)};
        if (same == given.end()) {
            given.push_back(std::move(value));
        } else {
            *same = std::move(value);
        }
    }

    std::vector<Given> given;
    std::vector<std::string> problems;
};

void add_path(Collection& collection, const Names& names, std::string_view path,
              std::string_view text, std::string source) {
    if (const auto target = names.by_path(path)) {
        collection.add(*target, text, std::move(source));
    } else {
        collection.problems.push_back(
            fmt::format("{}: there is no setting {}{}", source, path, names.near(path)));
    }
}

void add_file(Collection& collection, const Names& names, const std::filesystem::path& file) {
    const auto values = read_toml(file);
    if (!values) {
        collection.problems.push_back(values.error());
        return;
    }
    for (const auto& value : *values) {
        add_path(collection, names, value.path, value.text,
                 fmt::format("{}:{}", file.string(), value.line));
    }
}

std::string unknown_variable(const Names& names, const std::string& variable) {
    auto path = lower(std::string_view(variable).substr(prefix.size()));
    std::ranges::replace(path, '_', '.');
    return fmt::format("{}: there is no such setting{}", variable, names.near(path));
}

}  // namespace

std::map<std::string, std::string> environment_of_process() {
    std::map<std::string, std::string> found;
    for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
        const std::string_view variable(*entry);
        const auto equals = variable.find('=');
        if (variable.starts_with(prefix) && equals + 1 < variable.size()) {
            found.emplace(variable.substr(0, equals), variable.substr(equals + 1));
        }
    }
    return found;
}

std::string environment_name(std::string_view path) {
    return std::string(prefix) + upper_with_underscores(path);
}

std::expected<Loaded, std::vector<std::string>> load(std::vector<Section> sections,
                                                     const Sources& sources) {
    Loaded loaded;
    loaded.sections_ = std::move(sections);
    const Names names(loaded.sections_);
    Collection collection;
    if (sources.file) {
        add_file(collection, names, *sources.file);
    }
    for (const auto& [variable, text] : sources.environment) {
        if (const auto target = names.by_variable(variable)) {
            collection.add(*target, text, variable);
        } else {
            loaded.warnings_.push_back(unknown_variable(names, variable));
        }
    }
    for (const auto& flag : sources.flags) {
        add_path(collection, names, flag.path, flag.value, flag.name);
    }
    if (!collection.problems.empty()) {
        return std::unexpected(std::move(collection.problems));
    }
    loaded.given_ = std::move(collection.given);
    return loaded;
}

void Loaded::require(std::string_view name, std::type_index type) const {
    const auto known = std::ranges::find(sections_, name, &Section::name);
    if (known == sections_.end() || known->type != type) {
        throw std::logic_error(
            fmt::format("no section \"{}\" of that struct was loaded: add it to the list", name));
    }
}

const Given* Loaded::given_for(std::string_view section, std::string_view member) const {
    const auto found = std::ranges::find_if(given_, [&](const Given& given) {
        return given.section == section && given.member == member;
    });
    return found == given_.end() ? nullptr : &*found;
}

}  // namespace kontor::config
