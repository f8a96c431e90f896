#pragma once

// The same for the program; its verbs all read the command line.

#include <CLI/CLI.hpp>

#include "services/precompiled.hpp"
