#include <CLI/CLI.hpp>

#include "app/commands/command.hpp"

namespace kontor::app {

void add_config(CLI::App& program, Chosen& chosen) {
    auto* verb = program.add_subcommand("config", "Prints the settings in effect, with sources");
    auto flags = std::make_shared<CommonFlags>();
    flags->add_to(*verb);
    auto reference = std::make_shared<bool>(false);
    verb->add_flag("--reference", *reference, "Prints the reference of all settings instead");
    verb->callback([&chosen, flags, reference] {
        chosen = [flags, reference] {
            fmt::print("{}", *reference ? config::reference_markdown(setting_sections())
                                        : flags->load().effective_text());
            return 0;
        };
    });
}

}  // namespace kontor::app
