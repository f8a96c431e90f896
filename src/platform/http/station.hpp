#pragma once

#include <atomic>
#include <memory>
#include <vector>

#include "platform/async/asio_loop.hpp"
#include "platform/http/connection.hpp"
#include "platform/http/server.hpp"
#include "platform/http/wire.hpp"

/// Private to platform/http: a server's share of one loop.
namespace kontor::http {

using Acceptor = asio::basic_socket_acceptor<asio::ip::tcp, Executor>;

/// What all loops of a server share; does not change.
struct ServerSettings {
    Options options;
    Handler handler;
    std::unique_ptr<asio::ssl::context> tls;
};

/// The listener of one loop and its connections. All but the constructor on that loop only.
class Station : public std::enable_shared_from_this<Station> {
public:
    Station(AsioLoop& loop, std::shared_ptr<const ServerSettings> settings, Acceptor acceptor);

    AsioLoop& loop() noexcept { return loop_; }
    /// Takes connections until drained.
    static Task<void> listen(std::shared_ptr<Station> self);
    /// As Server::drain; calls `done` when no connection is left.
    void drain(Duration deadline, Callback done);
    /// Any thread; may be a moment old.
    std::size_t connections() const noexcept { return open_.load(std::memory_order_relaxed); }

private:
    static Task<void> serve(std::shared_ptr<Station> self, Socket socket);
    void take_last_ones();
    void cut_all();
    void note_end();

    AsioLoop& loop_;
    std::shared_ptr<const ServerSettings> settings_;
    Acceptor acceptor_;
    ServerLoop shared_;
    std::atomic<std::size_t> open_ = 0;
    bool listening_ = true;
    std::vector<Callback> when_empty_;
};

}  // namespace kontor::http
