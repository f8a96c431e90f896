#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

#include <fmt/format.h>
#include <nats/nats.h>

/// Owners of libnats objects; only the NATS sources include it.
namespace kontor::events {

template <auto Destroy>
struct NatsDeleter {
    template <class T>
    void operator()(T* object) const {
        Destroy(object);
    }
};

using NatsOptions = std::unique_ptr<natsOptions, NatsDeleter<natsOptions_Destroy>>;
using NatsConnection = std::unique_ptr<natsConnection, NatsDeleter<natsConnection_Destroy>>;
using NatsContext = std::unique_ptr<jsCtx, NatsDeleter<jsCtx_Destroy>>;
using NatsSubscription = std::unique_ptr<natsSubscription, NatsDeleter<natsSubscription_Destroy>>;
using NatsMessage = std::unique_ptr<natsMsg, NatsDeleter<natsMsg_Destroy>>;
using NatsStreamInfo = std::unique_ptr<jsStreamInfo, NatsDeleter<jsStreamInfo_Destroy>>;

/// NATS did not do what was asked, for a reason that may pass.
class NatsFailure : public std::runtime_error {
public:
    NatsFailure(std::string_view what, natsStatus status, int js_error = 0)
        : std::runtime_error(fmt::format("NATS: {}: {}{}", what, natsStatus_GetText(status),
                                         js_error == 0 ? "" : fmt::format(" ({})", js_error))) {}
    explicit NatsFailure(const std::string& what) : std::runtime_error("NATS: " + what) {}
};

inline void check_nats(natsStatus status, std::string_view what, int js_error = 0) {
    if (status != NATS_OK) {
        throw NatsFailure(what, status, js_error);
    }
}

}  // namespace kontor::events
