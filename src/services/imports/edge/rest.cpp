#include "services/imports/edge/rest.hpp"

#include "services/imports/api.hpp"

namespace kontor::imports {

namespace {

// As large as the suppliers' files that are known, ten times over.
constexpr std::size_t file_bytes_max = 512 << 20;

}  // namespace

void edge(rest::Table& table, const Directory& directory) {
    using enum rest::Scope;
    auto& imports = directory.get<Imports>();
    table
        .upload<&Imports::open, &Imports::append, &Imports::start>(
            "/admin/imports", staff, imports,
            {.bytes_max = file_bytes_max, .media_types = {"text/csv", "application/x-ndjson"}},
            {.status = 201})
        .route<&Imports::imports>("GET", "/admin/imports", staff, imports)
        .route<&Imports::import>("GET", "/admin/imports/{import}", staff, imports)
        .route<&Imports::rejects>("GET", "/admin/imports/{import}/rejects", staff, imports)
        .route<&Imports::mappings>("GET", "/admin/import-mappings", staff, imports)
        .route<&Imports::put_mapping>("PUT", "/admin/import-mappings/{mapping}", staff, imports);
}

}  // namespace kontor::imports
