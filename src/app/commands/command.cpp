#include "app/commands/command.hpp"

#include <stdexcept>

#include <CLI/CLI.hpp>

namespace kontor::app {

void CommonFlags::add_setting(CLI::App& verb, std::string name, std::string path,
                              std::string meaning) {
    verb.add_option_function<std::string>(
        name,
        [this, name, path](const std::string& value) { flags.push_back({path, value, name}); },
        std::move(meaning));
}

void CommonFlags::add_to(CLI::App& verb) {
    verb.add_option("--config", config_file, "TOML file with settings");
    add_setting(verb, "--data", "serve.data", "Folder of the embedded databases and projections");
    add_setting(verb, "--database", "serve.database", "PostgreSQL URL, instead of embedded files");
}

config::Loaded CommonFlags::load() const {
    config::Sources sources{
        .file = {}, .environment = config::environment_of_process(), .flags = flags};
    if (config_file) {
        sources.file = *config_file;
    }
    auto loaded = config::load(setting_sections(), sources);
    if (!loaded) {
        throw std::runtime_error(fmt::format("{}", fmt::join(loaded.error(), "\n")));
    }
    return *std::move(loaded);
}

}  // namespace kontor::app
