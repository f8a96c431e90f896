#include <iostream>

#include "app/commands/command_line.hpp"

int main(int count, char** arguments) {
    try {
        return kontor::app::run_command_line(count, arguments);
    } catch (const std::exception& error) {
        std::cerr << "kontor: " << error.what() << '\n';
        return 1;
    }
}
