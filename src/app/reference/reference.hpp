#pragma once

#include <span>
#include <string>
#include <string_view>

#include "app/services.hpp"

/// What the descriptions of all services say, as documents: made without storage, port or process
/// elsewhere.
namespace kontor::app::reference {

/// Every service's contract, none of them served: for what only describes.
class Contracts {
public:
    Contracts();
    ~Contracts();

    /// The public routes of all services, in the order of a process that runs them all.
    const rest::Table& routes() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// One document.
struct Page {
    std::string_view name;  ///< As a word of the command line: `events`.
    std::string_view file;  ///< In docs/reference/; empty: not kept there.
    std::string_view meaning;
    std::string (*text)();
};

/// Every document there is.
std::span<const Page> pages();

std::string rest_page();
std::string events_page();
std::string graphql_schema();

}  // namespace kontor::app::reference
