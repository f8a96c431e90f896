#include "platform/http/server.hpp"

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <future>
#include <stdexcept>
#include <system_error>

#include <fmt/format.h>

#include "platform/async/asio_loop.hpp"
#include "platform/http/station.hpp"

namespace kontor::http {

namespace {

using ReusePort = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;
using asio::ip::tcp;
using namespace std::chrono_literals;

enum class Share { no, yes };

Acceptor listen_on(AsioLoop& loop, const tcp::endpoint& endpoint, Share share) {
    Acceptor acceptor(loop.io());
    acceptor.open(endpoint.protocol());
    acceptor.set_option(tcp::acceptor::reuse_address(true));
    if (share == Share::yes) {
        acceptor.set_option(ReusePort(true));
    }
    acceptor.bind(endpoint);
    acceptor.listen(4096);
    return acceptor;
}

std::vector<Acceptor> listen_on_all(const std::vector<AsioLoop*>& loops, const Options& options) {
    try {
        tcp::endpoint endpoint(asio::ip::make_address(options.address), options.port);
        if (options.port != 0) {
            // With SO_REUSEPORT a second server would start on the same port and take its share;
            // without, it is told that the port is taken.
            listen_on(*loops.at(0), endpoint, Share::no);
        }
        std::vector<Acceptor> acceptors;
        for (auto* loop : loops) {
            acceptors.push_back(listen_on(*loop, endpoint, Share::yes));
            endpoint = acceptors.back().local_endpoint();
        }
        return acceptors;
    } catch (const boost::system::system_error& error) {
        throw std::system_error(error.code(), fmt::format("cannot listen on {} port {}",
                                                          options.address, options.port));
    }
}

std::unique_ptr<asio::ssl::context> load_tls(const Options& options) {
    if (options.certificate_file.empty() && options.key_file.empty()) {
        return nullptr;
    }
    try {
        auto tls = std::make_unique<asio::ssl::context>(asio::ssl::context::tls_server);
        SSL_CTX_set_min_proto_version(tls->native_handle(), TLS1_2_VERSION);
        tls->use_certificate_chain_file(options.certificate_file);
        tls->use_private_key_file(options.key_file, asio::ssl::context::pem);
        return tls;
    } catch (const boost::system::system_error& error) {
        throw std::runtime_error(
            fmt::format("cannot use the TLS certificate {} with the key {}: {}",
                        options.certificate_file, options.key_file, error.code().message()));
    }
}

}  // namespace

struct Server::Impl {
    std::uint16_t port = 0;
    std::vector<std::shared_ptr<Station>> stations;
    std::atomic<bool> ended = false;
};

Server::Server(std::vector<AsioLoop*> loops, Handler handler, Options options)
    : impl_(std::make_unique<Impl>()) {
    auto tls = load_tls(options);
    auto acceptors = listen_on_all(loops, options);
    impl_->port = acceptors.at(0).local_endpoint().port();
    const auto settings = std::make_shared<const ServerSettings>(
        ServerSettings{std::move(options), std::move(handler), std::move(tls)});
    for (std::size_t i = 0; i < loops.size(); ++i) {
        impl_->stations.push_back(
            std::make_shared<Station>(*loops[i], settings, std::move(acceptors[i])));
        loops[i]->post([station = impl_->stations.back()] { spawn(Station::listen(station)); });
    }
}

Server::~Server() {
    if (!impl_->ended) {
        stop();
    }
}

std::uint16_t Server::port() const {
    return impl_->port;
}

std::size_t Server::connections() const {
    std::size_t all = 0;
    for (const auto& station : impl_->stations) {
        all += station->connections();
    }
    return all;
}

Task<void> Server::drain(Duration deadline) {
    std::vector<Task<bool>> all;
    for (const auto& one : impl_->stations) {
        all.push_back([](std::shared_ptr<Station> station, Duration limit) -> Task<bool> {
            co_return co_await complete<bool>([&](Completion<bool> done) {
                station->loop().post([station, limit, done = std::move(done)]() mutable {
                    station->drain(limit, [done = std::move(done)]() mutable { done(true); });
                });
            });
        }(one, deadline));
    }
    co_await when_all(std::move(all));
    impl_->ended = true;
}

void Server::stop() {
    for (const auto& station : impl_->stations) {
        auto ended = std::make_shared<std::promise<void>>();
        auto waiting = ended->get_future();
        station->loop().post(
            [station, ended] { station->drain(0ns, [ended] { ended->set_value(); }); });
        if (waiting.wait_for(30s) != std::future_status::ready) {
            std::fputs("kontor: a server's loop does not run any more, or a handler hangs\n",
                       stderr);
            std::abort();
        }
    }
    impl_->ended = true;
}

}  // namespace kontor::http
