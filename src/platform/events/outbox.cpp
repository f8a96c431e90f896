#include "platform/events/outbox.hpp"

#include "platform/events/commit_order.hpp"
#include "platform/trace_text.hpp"

namespace kontor::events {

namespace {

constexpr sql::Statement insert_fact{"outbox.insert", R"sql(
    INSERT INTO outbox (sequence, event_id, type, schema_version, aggregate, aggregate_version,
                        happened_at, traceparent, data)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
)sql"};

constexpr sql::Statement read_trimmed{"outbox.trimmed_through", R"sql(
    SELECT trimmed_through
      FROM outbox_state
)sql"};

constexpr sql::Statement mark_trimmed{"outbox.mark_trimmed", R"sql(
    UPDATE outbox_state
       SET trimmed_through = $1
)sql"};

struct StoredEvent {
    Position sequence = 0;
    std::uint64_t event_id = 0;
    std::string type;
    int schema_version = 1;
    std::string aggregate;
    std::int64_t aggregate_version = 0;
    Timestamp happened_at;
    std::string traceparent;
    std::string data;

    static constexpr auto describe() {
        using E = StoredEvent;
        return described<E>("A row of the outbox.", field<&E::sequence>(""),
                            field<&E::event_id>(""), field<&E::type>(""),
                            field<&E::schema_version>(""), field<&E::aggregate>(""),
                            field<&E::aggregate_version>(""), field<&E::happened_at>(""),
                            field<&E::traceparent>(""), field<&E::data>(""));
    }
};

Envelope envelope_of(StoredEvent&& row, const std::string& service) {
    return {.id = id_text("evt", row.event_id),
            .source = service,
            .type = std::move(row.type),
            .time = row.happened_at,
            .schema_version = row.schema_version,
            .aggregate = std::move(row.aggregate),
            .aggregate_version = row.aggregate_version,
            .sequence = row.sequence,
            .trace = parse_traceparent(row.traceparent).value_or(Trace{}),
            .data = std::move(row.data)};
}

}  // namespace

Outbox::Outbox(std::string service, sql::Database& database, const Clock& clock, IdSource& ids)
    : service_(std::move(service)), database_(database), clock_(clock), ids_(ids) {}

sql::Args Outbox::row_of(const Context& context, const Fact& fact, sql::Engine engine) const {
    return sql::Args(initial_sequence(engine), ids_.next(), fact.type.name,
                     fact.type.schema_version, fact.aggregate, fact.aggregate_version, clock_.now(),
                     traceparent(context.trace), fact.data);
}

void Outbox::publish(sql::Transaction& transaction, const Context& context, const Fact& fact) {
    transaction.execute_later(insert_fact, row_of(context, fact, transaction.engine()));
    transaction.notify();
}

Task<void> Outbox::publish_all(sql::Transaction& transaction, const Context& context,
                               const std::vector<Fact>& facts) {
    if (facts.empty()) {
        co_return;
    }
    std::vector<sql::Args> rows;
    rows.reserve(facts.size());
    for (const auto& fact : facts) {
        rows.push_back(row_of(context, fact, transaction.engine()));
    }
    transaction.execute_together_later(insert_fact, rows);
    transaction.notify();
    co_return;
}

Task<std::vector<Envelope>> Outbox::read(Position after, std::size_t max) {
    co_await number_committed(database_);
    auto rows = co_await database_.rows<StoredEvent>(Context{}, read_in_order(database_.engine()),
                                                     after, static_cast<std::int64_t>(max));
    std::vector<Envelope> events;
    events.reserve(rows.size());
    for (auto& row : rows) {
        events.push_back(envelope_of(std::move(row), service_));
    }
    co_return events;
}

Task<Position> Outbox::end() {
    co_await number_committed(database_);
    co_return co_await last_position(database_);
}

Task<Position> Outbox::trimmed_through() {
    const auto position = co_await database_.row<Position>(Context{}, read_trimmed);
    co_return position.value();
}

Task<std::int64_t> Outbox::trim(Position through, std::chrono::microseconds age) {
    constexpr std::size_t examined_at_once = 1'000;
    const auto oldest_kept = clock_.now() + -age;
    const auto trimmed = co_await trimmed_through();
    const auto may_go = [&](const Envelope& event) {
        return event.sequence <= through && event.time < oldest_kept;
    };
    if (const auto first = co_await read(trimmed, 1); first.empty() || !may_go(first.front())) {
        co_return 0;
    }
    auto cut = trimmed;
    const auto oldest = co_await read(trimmed, examined_at_once);
    for (std::size_t i = 0; i + 1 < oldest.size() && may_go(oldest[i]); ++i) {
        cut = oldest[i].sequence;  // the newest stays: see last_position
    }
    if (cut == trimmed) {
        co_return 0;
    }
    const auto deleted = co_await database_.write(
        Context{}, [cut](sql::Transaction& transaction) -> Task<Result<std::int64_t>> {
            const auto count =
                co_await transaction.execute(delete_through(transaction.engine()), cut);
            co_await transaction.execute(mark_trimmed, cut);
            co_return count;
        });
    co_return deleted.value_or(0);
}

}  // namespace kontor::events
