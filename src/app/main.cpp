#include <CLI/CLI.hpp>
#include <iostream>

#include "app/commands/command.hpp"
#include "app/version.hpp"

int main(int count, char** arguments) {
    using namespace kontor::app;
    CLI::App program("Kontor: the commerce back end of a retailer with stores", "kontor");
    program.set_version_flag("--version", std::string(version));
    program.require_subcommand(1);
    Chosen chosen;
    add_serve(program, chosen);
    add_config(program, chosen);
    add_reference(program, chosen);
    add_import(program, chosen);
    add_seed(program, chosen);
    add_verify(program, chosen);
    CLI11_PARSE(program, count, arguments);
    try {
        return chosen();
    } catch (const std::exception& error) {
        std::cerr << "kontor: " << error.what() << '\n';
        return 1;
    }
}
