#pragma once

#include <boost/preprocessor/seq/for_each.hpp>
#include <boost/preprocessor/variadic/to_seq.hpp>

#include "platform/rpc/contract.hpp"

namespace kontor::rpc {

/// Carries a call to wherever the service is. Context and request cross it as text, nothing else.
class Channel {
public:
    virtual ~Channel() = default;

    /// `request`: JSON. Answers the reply as JSON or the refusal of the other side. Refuses by
    /// itself: `deadline_exceeded`, `unavailable` (not reached; for a change the outcome is unknown
    /// unless it is repeated under the same idempotency key).
    virtual Task<Result<std::string>> call(Context context, std::string_view service,
                                           std::string_view operation, Effect effect,
                                           std::string request) = 0;
};

/// Forwards each call of a contract over a Channel.
class ViaChannel {
public:
    explicit ViaChannel(Channel& channel) : channel_(channel) {}

    template <auto Method>
    Task<Result<ReplyOf<Method>>> call(Context context, RequestOf<Method> request) {
        constexpr auto operation = operation_of<Method>();
        const auto reply =
            TRY(co_await channel_.call(std::move(context), ServiceOf<Method>::contract().name,
                                       operation.name, operation.effect, to_json(request)));
        co_return from_json<ReplyOf<Method>>(reply);
    }

private:
    Channel& channel_;
};

/// The contract `Service` reached through a Channel, which must outlive it. Made by KONTOR_REMOTE.
template <class Service>
std::unique_ptr<Service> remote(Channel& channel);

}  // namespace kontor::rpc

#define KONTOR_REMOTE_METHOD(unused, Service, method)                                             \
    ::kontor::Task<::kontor::Result<::kontor::rpc::ReplyOf<&Service::method>>> method(            \
        ::kontor::Context context, ::kontor::rpc::RequestOf<&Service::method> request) override { \
        return via_.template call<&Service::method>(std::move(context), std::move(request));      \
    }

/// `KONTOR_REMOTE(Service, method, ...)`, at namespace kontor in a service's factory.cpp, names
/// each operation once more, since C++23 cannot generate overrides; one left out does not compile.
#define KONTOR_REMOTE(Service, ...)                                      \
    namespace rpc {                                                      \
    template <>                                                          \
    std::unique_ptr<Service> remote<Service>(Channel & channel) {        \
        class Remote final : public Service {                            \
        public:                                                          \
            explicit Remote(Channel& over) : via_(over) {}               \
            BOOST_PP_SEQ_FOR_EACH(KONTOR_REMOTE_METHOD, Service,         \
                                  BOOST_PP_VARIADIC_TO_SEQ(__VA_ARGS__)) \
                                                                         \
        private:                                                         \
            ViaChannel via_;                                             \
        };                                                               \
        return std::make_unique<Remote>(channel);                        \
    }                                                                    \
    }
