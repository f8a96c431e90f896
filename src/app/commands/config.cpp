#include <CLI/CLI.hpp>

#include "app/commands/command.hpp"

namespace kontor::app {

void add_config(CLI::App& program, Chosen& chosen) {
    auto* verb = program.add_subcommand("config", "Prints the settings in effect, with sources");
    auto flags = std::make_shared<CommonFlags>();
    flags->add_to(*verb);
    verb->callback([&chosen, flags] {
        chosen = [flags] {
            fmt::print("{}", flags->load().effective_text());
            return 0;
        };
    });
}

}  // namespace kontor::app
