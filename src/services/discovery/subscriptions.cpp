#include "services/discovery/subscriptions.hpp"

#include "services/catalog/events.hpp"
#include "services/inventory/events.hpp"
#include "services/pricing/events.hpp"
#include "services/stores/events.hpp"

namespace kontor::discovery {

namespace {

using EventHandlers = events::Handlers<Changes&>;
using events::Envelope;

constexpr auto page_time_max = std::chrono::seconds(30);

/// Each page of a snapshot has a time limit of its own.
Context asking() {
    Context context{.deadline = Loop::current().now() + page_time_max};
    context.principal.kind = Principal::Kind::service;
    return context;
}

template <class T>
T taken(Result<T> result) {
    if (!result) {
        throw events::TransientFailure(result.error().message);
    }
    return *std::move(result);
}

EventHandlers stores_handlers() {
    return EventHandlers{}
        .on<stores::MarketChanged>([](Changes& changes, const stores::MarketChanged& event,
                                      const Envelope&) -> Task<void> {
            changes.put(event.market);
            co_return;
        })
        .on<stores::StoreChanged>(
            [](Changes& changes, const stores::StoreChanged& event, const Envelope&) -> Task<void> {
                changes.put(event.store);
                co_return;
            });
}

EventHandlers catalog_handlers() {
    return EventHandlers{}
        .on<catalog::ProductChanged>([](Changes& changes, const catalog::ProductChanged& event,
                                        const Envelope&) -> Task<void> {
            changes.put(event.product);
            co_return;
        })
        .on<catalog::CategoryChanged>([](Changes& changes, const catalog::CategoryChanged& event,
                                         const Envelope&) -> Task<void> {
            changes.put(event.category);
            co_return;
        });
}

EventHandlers pricing_handlers() {
    return EventHandlers{}
        .on<pricing::PricesChanged>([](Changes& changes, const pricing::PricesChanged& event,
                                       const Envelope&) -> Task<void> {
            changes.put_prices(event.sku, event.prices);
            co_return;
        })
        .on<pricing::TaxRatesChanged>([](Changes& changes, const pricing::TaxRatesChanged& event,
                                         const Envelope&) -> Task<void> {
            changes.put_tax_rates(event.market, event.rates);
            co_return;
        });
}

EventHandlers inventory_handlers() {
    return EventHandlers{}.on<inventory::StockChanged>(
        [](Changes& changes, const inventory::StockChanged& event, const Envelope&) -> Task<void> {
            changes.put_stock(event.sku, event.cells);
            co_return;
        });
}

Task<events::Position> rebuild_stores(ProjectionWriter& writer, const Directory& directory) {
    auto& source = directory.get<stores::Stores>();
    const auto markets = taken(co_await source.markets(asking(), {}));
    const auto all = taken(co_await source.stores(asking(), {}));
    co_await writer.change([&](Changes& changes) {
        for (const auto& market : markets.items) {
            changes.put(market);
        }
        for (const auto& store : all.items) {
            changes.put(store);
        }
    });
    co_return markets.position;
}

/// Asks page by page; answers the position of the first page, which every later one is at least as
/// new as.
template <class Ask, class Put>
Task<events::Position> take_pages(ProjectionWriter& writer, Ask ask, Put put) {
    auto page = taken(co_await ask(std::optional<std::string>()));
    const auto position = page.position;
    for (;;) {
        co_await writer.change([&](Changes& changes) {
            for (const auto& item : page.items) {
                put(changes, item);
            }
        });
        if (!page.next) {
            co_return position;
        }
        page = taken(co_await ask(page.next));
    }
}

Task<events::Position> rebuild_catalog(ProjectionWriter& writer, const Directory& directory) {
    auto& source = directory.get<catalog::Catalog>();
    const auto before = taken(co_await source.products(asking(), {.limit = 1}));
    const auto categories = taken(co_await source.categories(asking(), {}));
    co_await writer.change([&](Changes& changes) {
        for (const auto& category : categories.items) {
            changes.put(category);
        }
    });
    co_await take_pages(
        writer,
        [&](std::optional<std::string> cursor) {
            return source.products(asking(), {.limit = 500, .cursor = std::move(cursor)});
        },
        [](Changes& changes, const catalog::Product& product) { changes.put(product); });
    co_return before.position;
}

Task<events::Position> rebuild_pricing(ProjectionWriter& writer, const Directory& directory) {
    auto& source = directory.get<pricing::Pricing>();
    const auto rates = taken(co_await source.tax_rates(asking(), {}));
    std::map<MarketCode, std::vector<pricing::TaxRate>> by_market;
    for (const auto& rate : rates.items) {
        by_market[rate.market].push_back(rate);
    }
    co_await writer.change([&](Changes& changes) {
        for (const auto& [market, of_market] : by_market) {
            changes.put_tax_rates(market, of_market);
        }
    });
    co_await take_pages(
        writer,
        [&](std::optional<std::string> cursor) {
            return source.price_pages(asking(), {.limit = 1'000, .cursor = std::move(cursor)});
        },
        [](Changes& changes, const pricing::SkuPrices& of) {
            changes.put_prices(of.sku, of.prices);
        });
    co_return rates.position;
}

Task<events::Position> rebuild_inventory(ProjectionWriter& writer, const Directory& directory) {
    auto& source = directory.get<inventory::Inventory>();
    co_return co_await take_pages(
        writer,
        [&](std::optional<std::string> cursor) {
            return source.stock_pages(asking(), {.limit = 500, .cursor = std::move(cursor)});
        },
        [](Changes& changes, const inventory::SkuStock& of) {
            changes.put_stock(of.sku, of.cells);
        });
}

}  // namespace

ProjectionSink::ProjectionSink(std::string stream, EventHandlers handlers, Rebuild rebuild,
                               const Projection& projection, ProjectionWriter& writer,
                               const Directory& directory)
    : stream_(std::move(stream)),
      handlers_(std::move(handlers)),
      rebuild_(std::move(rebuild)),
      projection_(projection),
      writer_(writer),
      directory_(directory) {}

Task<events::Position> ProjectionSink::position() {
    co_return projection_.position(stream_);
}

Task<void> ProjectionSink::apply(const std::vector<Envelope>& batch) {
    co_await writer_.change([&](Changes& changes) {
        for (const auto& event : batch) {
            run_to_completion(handlers_.dispatch(changes, event));
        }
        changes.set_position(stream_, batch.back().sequence);
    });
}

Task<void> ProjectionSink::reset(events::Position position) {
    co_await writer_.change([&](Changes& changes) {
        changes.unpark_all(stream_);
        changes.set_position(stream_, position);
    });
}

Task<void> ProjectionSink::rebuild() {
    const auto position = co_await rebuild_(writer_, directory_);
    co_await reset(position);
}

Task<bool> ProjectionSink::park(const Envelope& event, const std::string& /*error*/) {
    co_await writer_.change([&](Changes& changes) {
        changes.park(stream_, event.sequence, event.aggregate);
        changes.set_position(stream_, event.sequence);
    });
    co_return true;
}

Task<std::set<std::string>> ProjectionSink::parked_aggregates() {
    co_return projection_.parked_aggregates(stream_);
}

std::vector<std::unique_ptr<ProjectionSink>> subscriptions(const Projection& projection,
                                                           ProjectionWriter& writer,
                                                           const Directory& directory) {
    std::vector<std::unique_ptr<ProjectionSink>> all;
    const auto add = [&](std::string stream, EventHandlers handlers,
                         ProjectionSink::Rebuild rebuild) {
        all.push_back(std::make_unique<ProjectionSink>(std::move(stream), std::move(handlers),
                                                       std::move(rebuild), projection, writer,
                                                       directory));
    };
    add("stores", stores_handlers(), rebuild_stores);
    add("catalog", catalog_handlers(), rebuild_catalog);
    add("pricing", pricing_handlers(), rebuild_pricing);
    add("inventory", inventory_handlers(), rebuild_inventory);
    return all;
}

}  // namespace kontor::discovery
