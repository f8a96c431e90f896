#pragma once

#include <functional>

#include "platform/async/loop.hpp"
#include "platform/rpc/bind.hpp"

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

/// Whether `Prefer: return=minimal` (RFC 7240) makes a difference.
enum class Preference { ignored, return_minimal };

struct Extra {
    int status = 200;
    Idempotency idempotency = Idempotency::none;
    Preference preference = Preference::ignored;
    std::string_view cache_control = "no-store";
    std::string_view summary{};  ///< For the reference; the operation's meaning where empty.
};

using rpc::Inbound;
using rpc::Outbound;

/// A body as it arrives.
class BodyPieces {
public:
    virtual ~BodyPieces() = default;
    /// The next piece, of any size; nothing at the end. Refuses: `malformed`, `too_large`.
    virtual Task<Result<std::optional<std::string>>> next() = 0;
};

/// A header field that fills a member of the request.
struct HeaderMember {
    std::string_view header;
    std::string_view member;
};

/// How a route takes a body of any kind, piece by piece.
struct Upload {
    std::size_t bytes_max = 0;
    std::vector<std::string_view> media_types;
    std::function<Task<Result<Outbound>>(Context, const Inbound&, BodyPieces&)> run;
    /// The member that the body as a whole fills; empty: none.
    std::string_view body_member{};
    std::vector<HeaderMember> headers{};
};

struct Route {
    std::string_view method;
    std::string path;  ///< `/shop/{market}/products/{product}`
    Scope scope = Scope::shopper;
    Extra extra;
    rpc::OperationInfo operation;
    std::function<Task<Result<Outbound>>(Context, const Inbound&)> run;
    std::optional<Upload> upload{};  ///< Where set, `run` is empty and the body is not JSON.
};

/// What an upload may bring, as `Content-Type`, and how much of it.
struct UploadLimits {
    std::size_t bytes_max;
    std::vector<std::string_view> media_types;
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
        const auto& binding = rpc::binding<Method>();
        const auto has_body = takes_body(method) ? rpc::HasBody::yes : rpc::HasBody::no;
        add({.method = method,
             .path = std::move(path),
             .scope = scope,
             .extra = extra,
             .operation = binding.info(),
             .run = [&service, run = binding.run, has_body](Context context,
                                                            const Inbound& inbound) {
                 return run(&service, std::move(context), inbound, has_body);
             }});
        return *this;
    }

    /// Binds three operations to one POST: `Open` gets path and query, and answers an `id`;
    /// `Append` gets that id, the offset and a piece, as often as it takes; `Close` gets the id,
    /// and its reply is the answer. Memory is bound by one piece; each call has the time of a
    /// change, the body as a whole that of the server.
    template <auto Open, auto Append, auto Close>
    Table& upload(std::string path, Scope scope, rpc::ServiceOf<Open>& service, UploadLimits limits,
                  Extra extra = {}) {
        auto operation = rpc::binding<Close>().info();
        const auto opening = rpc::binding<Open>().info();
        operation.request = opening.request;
        for (const auto& others : {opening.refusals, rpc::binding<Append>().info().refusals}) {
            operation.refusals.insert(operation.refusals.end(), others.begin(), others.end());
        }
        operation.refusals.push_back(refusals::too_large);
        add({.method = "POST",
             .path = std::move(path),
             .scope = scope,
             .extra = extra,
             .operation = std::move(operation),
             .run = {},
             .upload =
                 Upload{limits.bytes_max, std::move(limits.media_types),
                        [&service](Context context, const Inbound& inbound, BodyPieces& pieces) {
                            return run_upload<Open, Append, Close>(service, std::move(context),
                                                                   inbound, pieces);
                        }}});
        return *this;
    }

    /// Binds one operation to a POST of a body that is taken as it is, byte for byte: into the
    /// member `body_member`, a text. For documents in a format of somebody else's.
    template <auto Method>
    Table& document(std::string path, Scope scope, rpc::ServiceOf<Method>& service,
                    std::string_view body_member, UploadLimits limits,
                    std::vector<HeaderMember> headers = {}, Extra extra = {}) {
        const auto& binding = rpc::binding<Method>();
        auto operation = binding.info();
        operation.refusals.push_back(refusals::too_large);
        add({.method = "POST",
             .path = std::move(path),
             .scope = scope,
             .extra = extra,
             .operation = std::move(operation),
             .run = {},
             .upload = Upload{limits.bytes_max, std::move(limits.media_types),
                              [&service, run = binding.run, body_member](
                                  Context context, const Inbound& inbound, BodyPieces& pieces) {
                                  return run_document(run, &service, std::move(context), inbound,
                                                      pieces, body_member);
                              },
                              body_member, std::move(headers)}});
        return *this;
    }

    const std::vector<Route>& routes() const { return routes_; }

private:
    void add(Route route);

    static Task<Result<Outbound>> run_document(decltype(rpc::Binding::run) run, void* service,
                                               Context context, Inbound inbound, BodyPieces& pieces,
                                               std::string_view body_member);

    /// `context` as it came: its deadline is that of a change, for each call anew.
    template <auto Open, auto Append, auto Close, class Service>
    static Task<Result<Outbound>> run_upload(Service& service, Context context,
                                             const Inbound& inbound, BodyPieces& pieces) {
        const auto time = context.deadline - Loop::current().now();
        const auto fresh = [&] {
            auto one = context;
            one.deadline = Loop::current().now() + time;
            return one;
        };
        auto request = TRY(rpc::read_request<Open>(inbound, rpc::HasBody::no));
        const auto opened = TRY(co_await (service.*Open)(fresh(), std::move(request)));
        std::int64_t offset = 0;
        while (auto piece = TRY(co_await pieces.next())) {
            const auto size = static_cast<std::int64_t>(piece->size());
            TRY(co_await (service.*Append)(fresh(), {opened.id, offset, {*std::move(piece)}}));
            offset += size;
        }
        co_return rpc::write_reply(TRY(co_await (service.*Close)(fresh(), {opened.id})));
    }

    std::vector<Route> routes_;
};

}  // namespace kontor::rest
