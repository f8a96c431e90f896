#pragma once

#include <functional>

#include "platform/describe/text.hpp"
#include "platform/rpc/contract.hpp"

/// The public side of operations: method, path and scope, in one table per service.
///
///     void routes(rest::Table& table, Catalog& catalog) {
///         table.route<&Catalog::product>("GET", "/admin/products/{product}", rest::Scope::staff,
///         catalog);
///     }
///
/// Binding needs no words: a path variable fills the request's member of that name (`{market}` the
/// Context's market), the query fills members left, and for POST, PUT and PATCH the body fills the
/// rest. A reply with a `version` answers with an ETag, one of a 201 with an `id` with
/// Location.
namespace kontor::rest {

/// Who may call. shopper: anybody, with what their bearer opens. staff: the staff token. internal:
/// other services of this deployment.
enum class Scope { shopper, staff, internal };

enum class Idempotency { none, key_optional, key_required };

struct Extra {
    int status = 200;
    Idempotency idempotency = Idempotency::none;
    std::string_view cache_control = "no-store";
    std::string_view summary{};  ///< For the reference; the operation's meaning where empty.
};

/// What of an HTTP request an operation may be bound to.
struct Inbound {
    std::vector<std::pair<std::string_view, std::string>> path;  ///< Variables, decoded.
    std::vector<std::pair<std::string, std::string>> query;      ///< Decoded, in order.
    std::string_view body;                                       ///< JSON, or empty.
};

/// An operation's reply, ready to be sent.
struct Outbound {
    std::string json;
    std::uint64_t version = 0;  ///< Of the resource; 0: it has none.
    std::string id;             ///< Of the resource; empty: it has none.
};

struct Route {
    std::string_view method;
    std::string path;  ///< `/shop/{market}/products/{product}`
    Scope scope = Scope::shopper;
    Extra extra;
    rpc::OperationInfo operation;
    std::function<Task<Result<Outbound>>(Context, const Inbound&)> run;
};

/// Whether requests of that method bring a body.
constexpr bool takes_body(std::string_view method) {
    return method == "POST" || method == "PUT" || method == "PATCH";
}

/// All routes of a program, in the order of their declaration.
class Table {
public:
    /// Binds one operation. A path variable that is neither `market` nor a member of the request is
    /// a programming error and throws std::logic_error.
    template <auto Method>
    Table& route(std::string_view method, std::string path, Scope scope,
                 rpc::ServiceOf<Method>& service, Extra extra = {}) {
        const bool has_body = takes_body(method);
        add({.method = method,
             .path = std::move(path),
             .scope = scope,
             .extra = extra,
             .operation = rpc::operation_info<Method>(),
             .run = [&service, has_body](Context context, const Inbound& inbound) {
                 return run<Method>(service, std::move(context), inbound, has_body);
             }});
        return *this;
    }

    const std::vector<Route>& routes() const { return routes_; }

private:
    void add(Route route);

    template <auto Method>
    static Result<rpc::RequestOf<Method>> bind(const Inbound& inbound, bool has_body) {
        rpc::RequestOf<Method> request{};
        json::Problems problems;
        const auto take = [&](std::string_view name, std::string_view text) {
            if (read_member_text(request, name, text, problems)) {
                problems.mark_given(name.substr(0, name.find('[')));
            }
        };
        for (const auto& [name, text] : inbound.path) {
            take(name, text);
        }
        for (const auto& [name, text] : inbound.query) {
            if (std::ranges::find(inbound.path, name, [](const auto& of) { return of.first; }) ==
                inbound.path.end()) {
                take(name, text);
            }
        }
        if (has_body) {
            const auto document =
                TRY_NOW(json::Document::parse(inbound.body.empty() ? "{}" : inbound.body));
            json::read(document.root(), request, {}, problems);
        } else {
            json::check_given<rpc::RequestOf<Method>>(problems);
        }
        if (problems.any()) {
            return std::unexpected(std::move(problems).refusal());
        }
        return request;
    }

    template <auto Method, class Service>
    static Task<Result<Outbound>> run(Service& service, Context context, const Inbound& inbound,
                                      bool has_body) {
        auto request = TRY(bind<Method>(inbound, has_body));
        auto reply = TRY(co_await (service.*Method)(std::move(context), std::move(request)));
        Outbound outbound;
        if constexpr (requires { std::uint64_t{reply.version}; }) {
            outbound.version = reply.version;
        }
        if constexpr (requires { to_text(reply.id); }) {
            outbound.id = to_text(reply.id);
        }
        if constexpr (requires { std::string{reply.json}; }) {
            outbound.json = std::move(reply.json);
        } else {
            json::write(outbound.json, reply);
        }
        co_return outbound;
    }

    std::vector<Route> routes_;
};

}  // namespace kontor::rest
