#include <CLI/CLI.hpp>

#include "app/commands/command.hpp"
#include "app/reference/reference.hpp"

namespace kontor::app {

void add_reference(CLI::App& program, Chosen& chosen) {
    auto* verb = program.add_subcommand(
        "reference", "Prints a reference made from the descriptions; needs no storage");
    verb->require_subcommand(1);
    for (const auto& page : reference::pages()) {
        verb->add_subcommand(std::string(page.name), std::string(page.meaning))
            ->callback([&chosen, &page] {
                chosen = [&page] {
                    fmt::print("{}", page.text());
                    return 0;
                };
            });
    }
}

}  // namespace kontor::app
