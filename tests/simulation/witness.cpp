#include "simulation/witness.hpp"

#include "platform/events/sql_sink.hpp"

namespace kontor::simulation {

namespace {

constexpr std::string_view streams[] = {"stores",   "pricing", "inventory",
                                        "payments", "carts",   "orders"};

constexpr sql::Statement note_event{"witness.note_event", R"sql(
    INSERT INTO seen (stream, sequence, times)
    VALUES ($1, $2, 1)
    ON CONFLICT (stream, sequence) DO UPDATE
       SET times = seen.times + 1
)sql"};

constexpr sql::Statement note_version{"witness.note_version", R"sql(
    INSERT INTO versions (stream, aggregate, version, disorder)
    VALUES ($1, $2, $3, 0)
    ON CONFLICT (stream, aggregate) DO UPDATE
       SET disorder = versions.disorder + CASE WHEN excluded.version >= versions.version
                                               THEN 0 ELSE 1 END,
           version = excluded.version
)sql"};

constexpr sql::Statement repeated{"witness.repeated", R"sql(
    SELECT stream, COUNT(*) FROM seen WHERE times <> 1 GROUP BY stream
)sql"};

constexpr sql::Statement disordered{"witness.disordered", R"sql(
    SELECT stream || ' ' || aggregate, disorder FROM versions WHERE disorder > 0
)sql"};

constexpr sql::Statement seen{"witness.seen", R"sql(
    SELECT COUNT(*) FROM seen WHERE stream = $1
)sql"};

constexpr sql::Statement published{"witness.published", R"sql(
    SELECT COUNT(*) FROM outbox
)sql"};

class WitnessSink final : public events::SqlSink {
public:
    WitnessSink(std::string_view stream, const Host& host)
        : SqlSink({"witness", std::string(stream)}, host.database, host.clock) {}

    Task<void> apply(const std::vector<events::Envelope>& batch) override {
        co_await write_and_move(batch.back().sequence,
                                [&](sql::Transaction& transaction) -> Task<void> {
                                    for (const auto& event : batch) {
                                        co_await note(transaction, event);
                                    }
                                });
    }

private:
    Task<void> note(sql::Transaction& transaction, const events::Envelope& event) {
        co_await transaction.execute(note_event, subscription().stream, event.sequence);
        co_await transaction.execute(note_version, subscription().stream, event.aggregate,
                                     event.aggregate_version);
    }
    Task<void> apply_parked(const events::Envelope& event) override {
        co_await write([&](sql::Transaction& transaction) -> Task<void> {
            co_await note(transaction, event);
            forget(transaction, event.sequence);
        });
    }
};

class Witness final : public Service {
public:
    explicit Witness(const Host& host) {
        for (const auto stream : streams) {
            followed_.push_back(std::make_unique<Followed>(stream, host));
        }
    }

    void publish(Directory&, rpc::Dispatcher&) override {}
    Task<void> start() override {
        for (auto& followed : followed_) {
            followed->consumer.start();
        }
        co_return;
    }
    Task<void> stop() override {
        for (auto& followed : followed_) {
            co_await followed->consumer.stop();
        }
    }
    std::vector<const events::Consumer*> consumers() const override {
        std::vector<const events::Consumer*> all;
        for (const auto& followed : followed_) {
            all.push_back(&followed->consumer);
        }
        return all;
    }

private:
    struct Followed {
        Followed(std::string_view stream, const Host& host)
            : sink(stream, host), consumer("witness", std::string(stream), host.log, sink) {}
        WitnessSink sink;
        events::Consumer consumer;
    };
    std::vector<std::unique_ptr<Followed>> followed_;
};

}  // namespace

const ServiceEntry witness{
    .name = "witness",
    .start = [](const Host& host) -> std::unique_ptr<Service> {
        return std::make_unique<Witness>(host);
    },
    .connect = [](Directory&, rpc::Channel&) {},
    .edge = nullptr,
};

void prepare_witness(Storage& storage) {
    storage.connection().script(R"sql(
        CREATE TABLE seen (
            stream TEXT NOT NULL,
            sequence INTEGER NOT NULL,
            times INTEGER NOT NULL,
            PRIMARY KEY (stream, sequence)
        ) STRICT;
        CREATE TABLE versions (
            stream TEXT NOT NULL,
            aggregate TEXT NOT NULL,
            version INTEGER NOT NULL,
            disorder INTEGER NOT NULL,
            PRIMARY KEY (stream, aggregate)
        ) STRICT;
    )sql");
}

std::vector<std::string> objections_of_witness(Storage& storage,
                                               const std::vector<Storage*>& producers) {
    using Counted = std::tuple<std::string, std::int64_t>;
    std::vector<std::string> objections;
    for (const auto& [stream, count] : storage.rows<Counted>(repeated)) {
        objections.push_back(fmt::format("{} events of {} took effect twice", count, stream));
    }
    for (const auto& [aggregate, count] : storage.rows<Counted>(disordered)) {
        objections.push_back(fmt::format("{} events of {} came out of order", count, aggregate));
    }
    for (auto* producer : producers) {
        const auto all = producer->rows<std::int64_t>(published).front();
        const auto known = storage.rows<std::int64_t>(seen, producer->service()).front();
        if (all != known) {
            objections.push_back(
                fmt::format("of {} events of {} {} took effect", all, producer->service(), known));
        }
    }
    return objections;
}

}  // namespace kontor::simulation
