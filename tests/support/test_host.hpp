#pragma once

#include <memory>
#include <string>

#include "platform/async/asio_loop.hpp"
#include "platform/events/outbox_log.hpp"
#include "platform/service/service.hpp"
#include "support/databases.hpp"
#include "support/temporary_folder.hpp"

namespace kontor::testing {

/// All that a Host refers to, for one service under test: a loop, a clock that the test moves,
/// seeded randomness, a database of its own on either engine, and its outbox as the log.
///
///     TestHost host{"carts", GetParam()};
///     LocalCarts carts{host.host()};
///     const auto cart = host.run(carts.open(Context{}, {}));
class TestHost {
public:
    /// `sections`: of the settings, where the service has one, as it is without a file.
    TestHost(const std::string& service, sql::Engine engine,
             std::vector<config::Section> sections = {})
        : settings(config::load(std::move(sections), {}).value()),
          place(engine),
          database(place.open_with(service)),
          outbox(service, *database, clock, ids) {
        log.add(outbox);
    }

    Host host() {
        return {clock, ids,       random,        *database, outbox,
                log,   directory, folder.path(), operators, settings};
    }

    /// The outcome of `task`, run to its end on this host's loop.
    template <class T>
    T run(Task<T> task) {
        return loop.run_until_done(std::move(task));
    }

    /// Every event the service has published so far.
    std::vector<events::Envelope> published() { return run(outbox.read(0, 10'000)); }

    const config::Loaded settings;
    AsioLoop loop;
    ManualClock clock;
    IdSource ids{clock, 1};
    SeededRandom random{1};
    const TestDatabase place;
    const TemporaryFolder folder;
    const std::unique_ptr<sql::Database> database;
    events::Outbox outbox;
    events::OutboxLog log;
    Directory directory;
    telemetry::SilentLog operators;
};

}  // namespace kontor::testing
