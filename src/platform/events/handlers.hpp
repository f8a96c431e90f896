#pragma once

#include <functional>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "platform/async/task.hpp"
#include "platform/events/envelope.hpp"
#include "platform/events/event.hpp"

namespace kontor::events {

/// What a consumer does about each type of event. `Scope` is what a handler works with: the
/// transaction that also stores the offset, or a Context to call a service with.
///
///     Handlers<sql::Transaction&>{}
///         .on<ProductChanged>([&](sql::Transaction& transaction, const ProductChanged& changed,
///                                 const Envelope& envelope) -> Task<void> { ... })
///
/// Members that a later schema version added are ignored.
template <class Scope>
class Handlers {
public:
    template <Event E, class Handle>
    Handlers on(Handle handle) && {
        handlers_.insert_or_assign(
            std::string(E::type.name),
            [handle = std::move(handle)](Scope scope, const Envelope& envelope) -> Task<void> {
                const auto event = from_json<E>(envelope.data);
                if (!event) {
                    throw std::runtime_error(fmt::format("{} {}: {}", envelope.type, envelope.id,
                                                         event.error().message));
                }
                co_await handle(std::forward<Scope>(scope), *event, envelope);
            });
        return std::move(*this);
    }

    /// False where nobody handles this type. Throws what the handler throws, and runtime_error
    /// where the data is not what the type says.
    Task<bool> dispatch(Scope scope, const Envelope& envelope) const {
        const auto found = handlers_.find(envelope.type);
        if (found == handlers_.end()) {
            co_return false;
        }
        co_await found->second(std::forward<Scope>(scope), envelope);
        co_return true;
    }

private:
    std::map<std::string, std::function<Task<void>(Scope, const Envelope&)>, std::less<>> handlers_;
};

}  // namespace kontor::events
