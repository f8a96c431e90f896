#include "services/inventory/subscriptions.hpp"

#include "services/inventory/store.hpp"
#include "services/stores/events.hpp"

namespace kontor::inventory {

events::Handlers<sql::Transaction&> store_handlers() {
    return events::Handlers<sql::Transaction&>{}.on<stores::StoreChanged>(
        [](sql::Transaction& transaction, const stores::StoreChanged& event,
           const events::Envelope&) -> Task<void> {
            co_await store::put_online_markets(transaction, event.store.id,
                                               event.store.serves_online);
        });
}

}  // namespace kontor::inventory
