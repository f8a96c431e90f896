#pragma once

#include <map>

#include "platform/rpc/binding.hpp"

namespace kontor::rpc {

/// The serving end of remote calls: finds the operation, reads the request, runs it, writes the
/// reply. Filled at start, then used from every loop at once.
class Dispatcher {
public:
    /// Exposes every operation of `service`, which must outlive this.
    template <class Service>
    void expose(Service& service) {
        for_each_operation<Service>([&](const auto& operation) {
            constexpr auto method = std::remove_cvref_t<decltype(operation)>::method;
            ServiceOf<method>& called = service;
            add(Service::contract().name, operation.name, &called, binding<method>());
        });
    }

    /// Runs `service`.`operation`. `request` must live until the answer. Refuses: `not_found` for
    /// an operation that is not exposed here, `malformed` and `invalid` for a request it cannot
    /// read, `deadline_exceeded` for one that arrives too late.
    Task<Result<std::string>> dispatch(Context context, std::string_view service,
                                       std::string_view operation, std::string_view request) const;

private:
    struct Exposed {
        void* service;
        const Binding* binding;
    };

    void add(std::string_view service_name, std::string_view operation, void* service,
             const Binding& binding);

    std::map<std::string, Exposed, std::less<>> operations_;
};

}  // namespace kontor::rpc
