#pragma once

#include <array>
#include <initializer_list>
#include <span>

#include "platform/async/task.hpp"
#include "platform/context.hpp"
#include "platform/describe/type_info.hpp"

/// The operations of a contract, each described once beside its declaration:
///
///     class Catalog {
///     public:
///         virtual ~Catalog() = default;
///         virtual Task<Result<Product>> product(Context context, ProductKey key) = 0;
///
///         static constexpr auto contract() {
///             return rpc::contract<Catalog>(
///                 "catalog", "What is sold.",
///                 rpc::read<&Catalog::product>("One product by its id.", {refusals::not_found}));
///         }
///     };
///
/// From it come the remote call (remote.hpp), its other end (dispatcher.hpp), the REST edge
/// (platform/rest) and every reference page.
namespace kontor::rpc {

/// read: changes nothing, safe to repeat. change: safe to repeat under one idempotency key.
enum class Effect { read, change };

namespace detail {

template <class>
struct MethodTraits;
template <class S, class Rep, class Req>
struct MethodTraits<Task<Result<Rep>> (S::*)(Context, Req)> {
    using Service = S;
    using Request = Req;
    using Reply = Rep;
};

}  // namespace detail

template <auto Method>
using ServiceOf = typename detail::MethodTraits<decltype(Method)>::Service;
template <auto Method>
using RequestOf = typename detail::MethodTraits<decltype(Method)>::Request;
template <auto Method>
using ReplyOf = typename detail::MethodTraits<decltype(Method)>::Reply;

inline constexpr std::size_t refusals_max = 12;

/// One described operation.
template <auto Method>
struct Operation {
    static constexpr auto method = Method;
    static constexpr std::string_view name = describe::detail::last_name<Method>();

    std::string_view meaning;
    Effect effect;
    std::array<RefusalKind, refusals_max> refusals{};
    std::size_t refusals_count = 0;
};

template <auto Method>
constexpr Operation<Method> operation(Effect effect, std::string_view meaning,
                                      std::initializer_list<RefusalKind> refusals) {
    Operation<Method> made{.meaning = meaning, .effect = effect};
    for (const auto& kind : refusals) {
        made.refusals.at(made.refusals_count++) = kind;
    }
    return made;
}

template <auto Method>
constexpr auto read(std::string_view meaning, std::initializer_list<RefusalKind> refusals = {}) {
    return operation<Method>(Effect::read, meaning, refusals);
}

template <auto Method>
constexpr auto change(std::string_view meaning, std::initializer_list<RefusalKind> refusals = {}) {
    return operation<Method>(Effect::change, meaning, refusals);
}

/// A described contract: its name (that of the service's folder), meaning and operations.
template <class Service, auto... Methods>
struct Contract {
    std::string_view name;
    std::string_view meaning;
    describe::Sequence<Operation<Methods>...> operations;
};

template <class Service, auto... Methods>
constexpr Contract<Service, Methods...> contract(std::string_view name, std::string_view meaning,
                                                 Operation<Methods>... operations) {
    static_assert((std::same_as<ServiceOf<Methods>, Service> && ...));
    return {name, meaning, {operations...}};
}

/// Calls `visit(operation)` for each operation of `Service`.
template <class Service, class Visit>
constexpr void for_each_operation(Visit&& visit) {
    Service::contract().operations.for_each(visit);
}

/// The description of one operation.
template <auto Method>
constexpr Operation<Method> operation_of() {
    return ServiceOf<Method>::contract().operations;
}

/// Which of its contract's operations it is, from 0.
template <auto Method>
constexpr std::size_t operation_index() {
    std::size_t index = 0;
    bool found = false;
    for_each_operation<ServiceOf<Method>>([&](const auto& operation) {
        using Known = std::remove_cvref_t<decltype(operation)>;
        found = found || std::same_as<Known, Operation<Method>>;
        index += found ? 0 : 1;
    });
    return index;
}

/// An operation as data, for references and routing.
struct OperationInfo {
    std::string_view service;
    std::string_view service_meaning;
    std::string_view name;
    std::string_view meaning;
    Effect effect = Effect::read;
    std::vector<RefusalKind> refusals;
    const describe::TypeInfo* request = nullptr;
    const describe::TypeInfo* reply = nullptr;
};

template <auto Method>
OperationInfo operation_info() {
    constexpr auto operation = operation_of<Method>();
    const auto* refusals = operation.refusals.data();
    return {.service = ServiceOf<Method>::contract().name,
            .service_meaning = ServiceOf<Method>::contract().meaning,
            .name = operation.name,
            .meaning = operation.meaning,
            .effect = operation.effect,
            .refusals = {refusals, refusals + operation.refusals_count},
            .request = &describe::type_info<RequestOf<Method>>(),
            .reply = &describe::type_info<ReplyOf<Method>>()};
}

}  // namespace kontor::rpc
