#pragma once

#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "platform/async/asio_loop.hpp"
#include "platform/http/client_connection.hpp"

/// Private to platform/http: the connections of a client on one loop.
namespace kontor::http {

/// The TLS settings of a client, loaded when first needed: the system's authorities take a while.
class ClientTls {
public:
    explicit ClientTls(std::string authorities_file);
    asio::ssl::context& get();

private:
    std::string authorities_file_;
    std::once_flag loaded_;
    std::unique_ptr<asio::ssl::context> context_;
};

class ClientPool : public std::enable_shared_from_this<ClientPool> {
public:
    ClientPool(AsioLoop& loop, const ClientOptions& options, std::shared_ptr<ClientTls> tls);

    AsioLoop& loop() noexcept { return loop_; }
    const ClientOptions& options() const noexcept { return options_; }

    enum class Wanted { any, fresh };
    struct Acquired {
        Trouble trouble = Trouble::none;
        bool reused = false;
        std::unique_ptr<ClientConnection> connection{};
    };
    /// A connection to `origin`, its deadline set. Give it back by `release`, whatever happened.
    Task<Acquired> acquire(Origin origin, std::int64_t deadline_ms, Wanted wanted);
    /// Keeps a reusable connection for the next call, closes another.
    void release(const Origin& origin, std::unique_ptr<ClientConnection> connection);

private:
    struct Waiter;
    struct Connections {
        std::vector<std::unique_ptr<ClientConnection>> idle;
        std::size_t used = 0;
        std::deque<Waiter*> waiting;
    };
    using Addresses = asio::ip::tcp::resolver::results_type;

    std::unique_ptr<ClientConnection> take_idle(Connections& connections);
    Task<bool> wait_for_turn(Connections& connections, std::int64_t deadline_ms);
    Task<Acquired> connect(const Origin& origin, std::int64_t deadline_ms);
    Task<Addresses> resolve(const Origin& origin, std::int64_t deadline_ms);
    void give_turn(Connections& connections);
    void prune();

    AsioLoop& loop_;
    ClientOptions options_;
    std::shared_ptr<ClientTls> tls_;
    Ticker ticker_;
    std::map<Origin, Connections> origins_;
};

}  // namespace kontor::http
