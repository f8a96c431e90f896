#pragma once

#include <optional>
#include <string>

#include "app/seed/shop.hpp"
#include "platform/config/config.hpp"
#include "services/imports/importing/import.hpp"

/// What the verbs of the program do with the settings in effect; each answers the exit code, and
/// throws std::exception where it cannot be done, in words for whoever typed it.
namespace kontor::app {

/// Serves the shop until SIGTERM or SIGINT.
int serve(const config::Loaded& settings);

struct ImportFlags {
    importing::Kind kind = importing::Kind::products;
    std::string file;
    std::optional<importing::Format> format;
    std::optional<std::string> mapping;
    std::optional<std::string> market;
    std::optional<std::string> rejects;
};

/// Takes in a file.
int import_file(const config::Loaded& settings, const ImportFlags& flags);

/// Fills the shop with a believable range.
int seed_shop(const config::Loaded& settings, const seed::Options& options);

/// Compares what shoppers are shown with what is recorded; `rebuild`: and the projections with new
/// ones. 1 where they differ.
int verify_shop(const config::Loaded& settings, bool rebuild);

}  // namespace kontor::app
