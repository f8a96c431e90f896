#pragma once

#include <chrono>
#include <deque>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include <boost/asio/posix/stream_descriptor.hpp>

#include "platform/async/asio_loop.hpp"
#include "platform/sql/postgres/connector.hpp"

namespace kontor::sql::postgres {

using TimePoint = std::chrono::steady_clock::time_point;

/// One session in libpq's pipeline mode, on one loop. What is sent is buffered; `sync` puts it on
/// the wire in one go and awaits all answers.
class Connection {
public:
    Connection(AsioLoop& loop, Handle handle);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// Queues a statement, prepared at its first use. The arguments are copied.
    void send(const Statement& statement, const Args& args);

    /// Queues a statement once for many argument sets, which become the rows of its VALUES.
    void send_together(const Statement& statement, std::span<const Args> many);

    /// Queues a statement without arguments or answer that is not worth preparing.
    void send(const char* command);

    /// Awaits the answers to all that was queued since the last one: those of `send`, in order.
    /// Throws the first Error among them, or ConnectionLost.
    Task<std::vector<ResultHandle>> sync();

    /// What cancels the statement under way, from any thread.
    Canceller canceller() const { return Canceller(PQgetCancel(handle_.get())); }

    /// Makes a pending sync end with ConnectionLost.
    void abandon();

    bool idle() const { return PQtransactionStatus(handle_.get()) == PQTRANS_IDLE; }
    bool lost() const { return lost_; }

private:
    struct Sent {
        enum class Kind { prepare, execute };
        Kind kind;
        const Statement* statement;  ///< None for a command.
        std::string text;            ///< Of a command.
    };
    struct Prepared {
        std::string name;
        std::string text;
        std::string types;
    };

    enum class Form { single, rows };

    const std::string& prepare(const Statement& statement, const Args& args, Form form);
    void check(int sent);
    Task<void> wait();
    void wait_for(boost::asio::posix::descriptor_base::wait_type what,
                  std::shared_ptr<std::optional<Completion<bool>>> done);
    bool busy();
    Task<void> arrival();
    ResultHandle take_result();
    void note_failure(const Sent& sent, const PGresult* result, std::optional<Error>& first);
    [[noreturn]] void lose();

    Handle handle_;
    boost::asio::posix::stream_descriptor socket_;
    std::unordered_map<const void*, Prepared> prepared_;
    std::deque<Sent> sent_;
    std::uint64_t next_name_ = 1;
    bool flush_pending_ = false;
    bool lost_ = false;
};

}  // namespace kontor::sql::postgres
