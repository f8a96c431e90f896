#pragma once

#include <functional>
#include <map>

#include "platform/rpc/contract.hpp"

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
            add(Service::contract().name, operation.name,
                [&service](Context context, std::string_view request) {
                    return run<method>(service, std::move(context), request);
                });
        });
    }

    /// Runs `service`.`operation`. `request` must live until the answer. Refuses: `not_found` for
    /// an operation that is not exposed here, `malformed` and `invalid` for a request it cannot
    /// read, `deadline_exceeded` for one that arrives too late.
    Task<Result<std::string>> dispatch(Context context, std::string_view service,
                                       std::string_view operation, std::string_view request) const;

private:
    using Run = std::function<Task<Result<std::string>>(Context, std::string_view)>;

    template <auto Method, class Service>
    static Task<Result<std::string>> run(Service& service, Context context, std::string_view text) {
        auto request = TRY(from_json<RequestOf<Method>>(text));
        const auto reply = TRY(co_await (service.*Method)(std::move(context), std::move(request)));
        co_return to_json(reply);
    }

    void add(std::string_view service, std::string_view operation, Run run);

    std::map<std::string, Run, std::less<>> operations_;
};

}  // namespace kontor::rpc
