#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/settings.hpp"

namespace CLI {
class App;
}

namespace kontor::app {

/// What every verb takes: where settings come from, and the storage.
struct CommonFlags {
    std::optional<std::string> config_file;
    std::vector<config::Flag> flags;

    /// Adds --config, --data and --database to `verb`.
    void add_to(CLI::App& verb);
    /// Adds a flag of one setting: `--listen` for `serve.listen`.
    void add_setting(CLI::App& verb, std::string name, std::string path, std::string meaning);

    /// The settings of file, environment and flags. Throws std::runtime_error that lists everything
    /// that is wrong with them.
    config::Loaded load() const;
};

/// A verb of the program: adds itself, and when chosen sets what is to run; that answers the exit
/// code.
using Chosen = std::function<int()>;
void add_serve(CLI::App& program, Chosen& chosen);
void add_config(CLI::App& program, Chosen& chosen);
void add_reference(CLI::App& program, Chosen& chosen);
void add_import(CLI::App& program, Chosen& chosen);
void add_seed(CLI::App& program, Chosen& chosen);
void add_verify(CLI::App& program, Chosen& chosen);

}  // namespace kontor::app
