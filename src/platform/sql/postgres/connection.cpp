#include "platform/sql/postgres/connection.hpp"

#include <bit>
#include <cstring>

#include <fmt/format.h>
#include <boost/endian/conversion.hpp>

#include "platform/sql/postgres/arrays.hpp"
#include "platform/sql/postgres/errors.hpp"

namespace kontor::sql::postgres {

namespace asio = boost::asio;

namespace {

// From pg_type.dat.
constexpr Oid int8_type = 20;
constexpr Oid text_type = 25;
constexpr Oid float8_type = 701;

Oid type_of(ValueKind kind) {
    switch (kind) {
        case ValueKind::integer:
            return int8_type;
        case ValueKind::real:
            return float8_type;
        case ValueKind::text:
            break;
    }
    return text_type;
}

/// Arguments in PostgreSQL's binary form: numbers big-endian, text as it is.
class Parameters {
public:
    explicit Parameters(const Args& args) : numbers_(args.values().size()) {
        for (const auto& value : args.values()) {
            add(value);
        }
    }
    int count() const { return static_cast<int>(values_.size()); }
    const char* const* values() const { return values_.data(); }
    const int* lengths() const { return lengths_.data(); }
    const int* formats() const { return formats_.data(); }

private:
    void add(const Value& value) {
        formats_.push_back(1);
        if (value.is_null()) {
            values_.push_back(nullptr);
            lengths_.push_back(0);
        } else if (value.kind == ValueKind::text) {
            const auto text = value.text();
            values_.push_back(text.empty() ? "" : text.data());
            lengths_.push_back(static_cast<int>(text.size()));
        } else {
            auto& number = numbers_[values_.size()];
            number = value.kind == ValueKind::integer
                         ? std::bit_cast<std::uint64_t>(std::get<std::int64_t>(value.content))
                         : std::bit_cast<std::uint64_t>(std::get<double>(value.content));
            boost::endian::native_to_big_inplace(number);
            values_.push_back(reinterpret_cast<const char*>(&number));
            lengths_.push_back(sizeof(number));
        }
    }

    std::vector<std::uint64_t> numbers_;
    std::vector<const char*> values_;
    std::vector<int> lengths_;
    std::vector<int> formats_;
};

}  // namespace

Connection::Connection(AsioLoop& loop, Handle handle)
    : handle_(std::move(handle)), socket_(loop.io(), PQsocket(handle_.get())) {
    PQsetnonblocking(handle_.get(), 1);
    PQenterPipelineMode(handle_.get());
}

Connection::~Connection() {
    socket_.release();  // libpq closes it
}

void Connection::send(const Statement& statement, const Args& args) {
    const auto& name = prepare(statement, args, Form::single);
    const Parameters parameters(args);
    check(PQsendQueryPrepared(handle_.get(), name.c_str(), parameters.count(), parameters.values(),
                              parameters.lengths(), parameters.formats(), 0));
    sent_.push_back({Sent::Kind::execute, &statement, {}});
}

void Connection::send_together(const Statement& statement, std::span<const Args> many) {
    const auto& name = prepare(statement, many.front(), Form::rows);
    const Arrays arrays(many);
    check(PQsendQueryPrepared(handle_.get(), name.c_str(), arrays.count(), arrays.values(),
                              arrays.lengths(), arrays.formats(), 0));
    sent_.push_back({Sent::Kind::execute, &statement, {}});
}

void Connection::send(const char* command) {
    check(PQsendQueryParams(handle_.get(), command, 0, nullptr, nullptr, nullptr, nullptr, 0));
    sent_.push_back({Sent::Kind::execute, nullptr, command});
}

const std::string& Connection::prepare(const Statement& statement, const Args& args, Form form) {
    std::string types = form == Form::rows ? "rows " : "";
    std::vector<Oid> oids;
    for (const auto& value : args.values()) {
        types.push_back(static_cast<char>('0' + static_cast<int>(value.kind)));
        oids.push_back(form == Form::rows ? array_type_of(value.kind) : type_of(value.kind));
    }
    auto& prepared = prepared_[statement.text.data()];
    if (prepared.name.empty() || prepared.text != statement.text || prepared.types != types) {
        prepared = {fmt::format("s{}", next_name_++), std::string(statement.text), types};
        auto text = in_dialect(Engine::postgres, statement.text);
        text = form == Form::rows ? with_rows_of_arrays(text, oids.size()) : std::move(text);
        check(PQsendPrepare(handle_.get(), prepared.name.c_str(), text.c_str(),
                            static_cast<int>(oids.size()), oids.data()));
        sent_.push_back({Sent::Kind::prepare, &statement, {}});
    }
    return prepared.name;
}

Task<std::vector<ResultHandle>> Connection::sync() {
    check(PQpipelineSync(handle_.get()));
    std::vector<ResultHandle> results;
    std::optional<Error> failed;
    for (const auto& sent : sent_) {
        if (busy()) {
            co_await arrival();
        }
        auto result = take_result();
        const auto status = PQresultStatus(result.get());
        if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
            note_failure(sent, result.get(), failed);
        } else if (sent.kind == Sent::Kind::execute) {
            results.push_back(std::move(result));
        }
        if (busy()) {
            co_await arrival();
        }
        take_result();  // the end of this one's answer
    }
    sent_.clear();
    if (busy()) {
        co_await arrival();
    }
    if (PQresultStatus(take_result().get()) != PGRES_PIPELINE_SYNC) {
        lose();
    }
    if (failed) {
        throw *failed;
    }
    co_return results;
}

void Connection::note_failure(const Sent& sent, const PGresult* result,
                              std::optional<Error>& first) {
    const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const bool outdated_plan = state != nullptr && std::strcmp(state, "0A000") == 0;
    if (sent.statement != nullptr && (sent.kind == Sent::Kind::prepare || outdated_plan)) {
        prepared_.erase(sent.statement->text.data());
    }
    if (!first) {
        first = error_of(result, sent.statement != nullptr ? sent.statement->name : sent.text);
    }
}

void Connection::abandon() {
    lost_ = true;
    boost::system::error_code ignored;
    socket_.cancel(ignored);
}

void Connection::check(int sent) {
    if (sent != 1 || lost_) {
        lose();
    }
}

bool Connection::busy() {
    const int flushed = PQflush(handle_.get());
    if (flushed < 0 || lost_) {
        lose();
    }
    flush_pending_ = flushed == 1;
    return PQisBusy(handle_.get()) == 1;
}

Task<void> Connection::arrival() {
    do {
        co_await wait();
        if (PQconsumeInput(handle_.get()) != 1) {
            lose();
        }
    } while (busy());
}

ResultHandle Connection::take_result() {
    ResultHandle result(PQgetResult(handle_.get()));
    if (PQstatus(handle_.get()) == CONNECTION_BAD) {
        lose();
    }
    return result;
}

Task<void> Connection::wait() {
    co_await complete<bool>([this](Completion<bool> done) {
        const auto shared = std::make_shared<std::optional<Completion<bool>>>(std::move(done));
        wait_for(asio::posix::descriptor_base::wait_read, shared);
        if (flush_pending_) {  // reading and writing: the server may wait for us to read first
            wait_for(asio::posix::descriptor_base::wait_write, shared);
        }
    });
    if (flush_pending_) {
        boost::system::error_code ignored;
        socket_.cancel(ignored);
    }
}

void Connection::wait_for(asio::posix::descriptor_base::wait_type what,
                          std::shared_ptr<std::optional<Completion<bool>>> done) {
    socket_.async_wait(what, [done = std::move(done)](boost::system::error_code) {
        if (auto first = std::exchange(*done, std::nullopt)) {
            (*first)(true);
        }
    });
}

void Connection::lose() {
    lost_ = true;
    throw ConnectionLost(
        fmt::format("the connection to PostgreSQL was lost: {}", PQerrorMessage(handle_.get())));
}

}  // namespace kontor::sql::postgres
