#include "platform/sql/postgres/connector.hpp"

#include <array>

#include <fmt/format.h>

#include "platform/async/thread_name.hpp"

namespace kontor::sql::postgres {

Connector::Connector(std::string url, std::string schema, const PostgresOptions& options)
    : url_(std::move(url)), schema_(std::move(schema)), options_(options) {}

Connector::~Connector() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable()) {
        thread_.join();
    }
}

Handle Connector::connect() const {
    const auto timeout =
        std::to_string(std::max<std::int64_t>(options_.connect_timeout.count() / 1'000, 2));
    // A peer that vanished without a word is noticed within 10 s (Linux, RFC 5482).
    const std::array keys{"dbname",          "connect_timeout",  "fallback_application_name",
                          "client_encoding", "tcp_user_timeout", static_cast<const char*>(nullptr)};
    const std::array values{url_.c_str(), timeout.c_str(), "kontor",
                            "UTF8",       "10000",         static_cast<const char*>(nullptr)};
    Handle handle(PQconnectdbParams(keys.data(), values.data(), 1));
    if (PQstatus(handle.get()) != CONNECTION_OK) {
        throw Error(Error::Kind::unavailable, PQerrorMessage(handle.get()));
    }
    PQsetNoticeProcessor(handle.get(), [](void*, const char*) {}, nullptr);
    char* quoted = PQescapeIdentifier(handle.get(), schema_.data(), schema_.size());
    const auto setup = fmt::format(
        "SET search_path = {0}; SET default_transaction_read_only = on; "
        "SET statement_timeout = {1}; SET idle_in_transaction_session_timeout = {1}; "
        // Documents are long enough to be compressed, and PostgreSQL's own way costs more than all
        // the rest of an INSERT. A server that was built without lz4 keeps to it.
        "SELECT set_config(name, 'lz4', false) FROM pg_settings "
        "WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals); "
        "SET jit = off",
        quoted, options_.statement_timeout.count());
    PQfreemem(quoted);
    const ResultHandle done(PQexec(handle.get(), setup.c_str()));
    if (PQresultStatus(done.get()) != PGRES_COMMAND_OK) {
        throw Error(Error::Kind::unavailable, PQerrorMessage(handle.get()));
    }
    return handle;
}

void Connector::connect_later(Loop& loop, std::move_only_function<void(Opened)> done) {
    enqueue([this, &loop, done = std::move(done)]() mutable {
        Opened opened;
        try {
            opened = connect();
        } catch (...) {
            opened = std::unexpected(std::current_exception());
        }
        loop.post([done = std::move(done), opened = std::move(opened)]() mutable {
            done(std::move(opened));
        });
    });
}

void Connector::cancel_later(Canceller cancel) {
    enqueue([cancel = std::move(cancel)] {
        std::array<char, 256> reason{};  // a server that cannot be reached will not answer either
        PQcancel(cancel.get(), reason.data(), reason.size());
    });
}

void Connector::enqueue(Work wanted) {
    {
        const std::lock_guard lock(mutex_);
        wanted_.push_back(std::move(wanted));
        if (!thread_.joinable()) {
            thread_ = std::thread([this] {
                name_thread("connect " + schema_);
                work();
            });
        }
    }
    changed_.notify_one();
}

void Connector::work() {
    std::unique_lock lock(mutex_);
    for (;;) {
        changed_.wait(lock, [this] { return stopping_ || !wanted_.empty(); });
        if (stopping_) {
            return;
        }
        auto next = std::move(wanted_.front());
        wanted_.pop_front();
        lock.unlock();
        next();
        lock.lock();
    }
}

}  // namespace kontor::sql::postgres
