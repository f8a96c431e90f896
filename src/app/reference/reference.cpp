#include "app/reference/reference.hpp"

#include "app/front.hpp"
#include "app/settings.hpp"
#include "platform/describe/sdl.hpp"

namespace kontor::app::reference {

namespace {

class Nowhere final : public rpc::Channel {
public:
    Task<Result<std::string>> call(Context, std::string_view service, std::string_view operation,
                                   rpc::Effect, std::string) override {
        co_return refuse(refusals::unavailable, "{}/{} is only described here", service, operation);
    }
};

constexpr Page all_pages[] = {
    {"rest", "rest.md", "Every route with its parameters, answers and refusals", rest_page},
    {"events", "events.md", "Every event with its data", events_page},
    {"settings", "settings.md", "Every setting with its default",
     [] { return config::reference_markdown(setting_sections()); }},
    {"graphql", "graphql.graphql", "The types of the API in GraphQL's schema language",
     graphql_schema},
    {"openapi", "", "The OpenAPI document that a server answers at /openapi.json",
     [] { return openapi_of(Contracts().routes()) + "\n"; }},
};

}  // namespace

struct Contracts::Impl {
    Nowhere nowhere;
    Directory directory;
    rest::Table routes;
};

Contracts::Contracts() : impl_(std::make_unique<Impl>()) {
    for (const auto* entry : services()) {
        entry->connect(impl_->directory, impl_->nowhere);
    }
    for (const auto* entry : services()) {
        if (entry->edge != nullptr) {
            entry->edge(impl_->routes, impl_->directory);
        }
    }
}

Contracts::~Contracts() = default;

const rest::Table& Contracts::routes() const {
    return impl_->routes;
}

std::span<const Page> pages() {
    return all_pages;
}

std::string graphql_schema() {
    const Contracts contracts;
    describe::Sdl sdl;
    for (const auto& route : contracts.routes().routes()) {
        sdl.add(*route.operation.reply);
        sdl.add(*route.operation.request, describe::Sdl::Direction::input);
    }
    return "# Generated from the descriptions of the types; do not edit: ./dev reference\n\n" +
           sdl.text();
}

}  // namespace kontor::app::reference
