#pragma once

namespace kontor::app {

/// Reads the command line and runs the verb that it names; answers the exit code. Throws what the
/// verb throws.
int run_command_line(int count, char** arguments);

}  // namespace kontor::app
