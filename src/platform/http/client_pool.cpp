#include "platform/http/client_pool.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace kontor::http {

using namespace std::chrono_literals;

ClientTls::ClientTls(std::string authorities_file)
    : authorities_file_(std::move(authorities_file)) {
    if (!authorities_file_.empty()) {
        get();
    }
}

asio::ssl::context& ClientTls::get() {
    std::call_once(loaded_, [this] {
        auto context = std::make_unique<asio::ssl::context>(asio::ssl::context::tls_client);
        SSL_CTX_set_min_proto_version(context->native_handle(), TLS1_2_VERSION);
        if (authorities_file_.empty()) {
            context->set_default_verify_paths();
        } else {
            boost::system::error_code error;
            context->load_verify_file(authorities_file_, error);
            if (error) {
                throw std::runtime_error(fmt::format("cannot read the authorities in {}: {}",
                                                     authorities_file_, error.message()));
            }
        }
        context_ = std::move(context);
    });
    return *context_;
}

/// A call that waits until a connection of its origin is given back.
struct ClientPool::Waiter final : Timed {
    Waiter(Ticker& ticker, Connections& where, Completion<bool> when_done, std::int64_t deadline_ms)
        : Timed(ticker), connections(where), done(std::move(when_done)) {
        set_deadline_ms(deadline_ms);
        connections.waiting.push_back(this);
    }
    void no_deadline() { set_deadline_ms(never); }
    void on_deadline() override {
        std::erase(connections.waiting, this);
        done(false);
    }
    Connections& connections;
    Completion<bool> done;
};

ClientPool::ClientPool(AsioLoop& loop, const ClientOptions& options, std::shared_ptr<ClientTls> tls)
    : loop_(loop), options_(options), tls_(std::move(tls)), ticker_(loop, 10ms) {}

Task<ClientPool::Acquired> ClientPool::acquire(Origin origin, std::int64_t deadline_ms,
                                               Wanted wanted) {
    auto& connections = origins_[origin];
    if (connections.used >= options_.connections_per_origin) {
        if (!co_await wait_for_turn(connections, deadline_ms)) {
            co_return Acquired{.trouble = Trouble::timeout};
        }
    } else {
        ++connections.used;
    }
    if (wanted == Wanted::any) {
        if (auto idle = take_idle(connections)) {
            idle->set_deadline_ms(deadline_ms);
            co_return Acquired{.reused = true, .connection = std::move(idle)};
        }
    }
    auto fresh = co_await connect(origin, deadline_ms);
    if (fresh.trouble != Trouble::none) {
        give_turn(connections);
    }
    co_return fresh;
}

std::unique_ptr<ClientConnection> ClientPool::take_idle(Connections& connections) {
    while (!connections.idle.empty()) {
        auto last = std::move(connections.idle.back());  // the one used last is the likeliest open
        connections.idle.pop_back();
        if (last->is_usable()) {
            last->on_idle_end = nullptr;
            return last;
        }
    }
    return nullptr;
}

Task<bool> ClientPool::wait_for_turn(Connections& connections, std::int64_t deadline_ms) {
    std::optional<Waiter> waiter;
    co_return co_await complete<bool>([&](Completion<bool> done) {
        waiter.emplace(ticker_, connections, std::move(done), deadline_ms);
    });
}

void ClientPool::give_turn(Connections& connections) {
    if (connections.waiting.empty()) {
        --connections.used;
        return;
    }
    auto* next = connections.waiting.front();
    connections.waiting.pop_front();
    next->no_deadline();
    next->done(true);
}

Task<ClientPool::Acquired> ClientPool::connect(const Origin& origin, std::int64_t deadline_ms) {
    const auto limit_ms = std::min(deadline_ms, ticker_.now_ms() + options_.connect_time.count());
    const auto addresses = co_await resolve(origin, limit_ms);
    auto connection = std::make_unique<ClientConnection>(ticker_, Socket(loop_.io()),
                                                         origin.secure ? &tls_->get() : nullptr);
    connection->set_deadline_ms(limit_ms);
    auto trouble = co_await connection->connect(origin, addresses);
    if (trouble != Trouble::none) {
        co_return Acquired{.trouble = ticker_.now_ms() >= deadline_ms ? Trouble::timeout : trouble};
    }
    connection->set_deadline_ms(deadline_ms);
    co_return Acquired{.connection = std::move(connection)};
}

/// Addresses need no look-up; one that hangs is left behind when the time is up.
Task<ClientPool::Addresses> ClientPool::resolve(const Origin& origin, std::int64_t deadline_ms) {
    using asio::ip::tcp;
    boost::system::error_code none;
    const auto literal = asio::ip::make_address(origin.host, none);
    const auto port = static_cast<std::uint16_t>(std::stoul(origin.port));
    if (!none) {
        co_return Addresses::create(tcp::endpoint(literal, port), origin.host, origin.port);
    }
    struct Lookup {
        tcp::resolver resolver;
        std::optional<Completion<Addresses>> done{};
        void finish(Addresses found) {
            if (auto once = std::exchange(done, std::nullopt)) {
                (*once)(std::move(found));
            }
        }
    };
    const auto lookup = std::make_shared<Lookup>(Lookup{tcp::resolver(loop_.io())});
    co_return co_await complete<Addresses>([&](Completion<Addresses> done) {
        lookup->done.emplace(std::move(done));
        const auto left = std::max<std::int64_t>(0, deadline_ms - ticker_.now_ms());
        loop_.after(std::chrono::milliseconds(left), [lookup] { lookup->finish({}); });
        lookup->resolver.async_resolve(origin.host, origin.port,
                                       [lookup](boost::system::error_code error, Addresses found) {
                                           lookup->finish(error ? Addresses() : std::move(found));
                                       });
    });
}

void ClientPool::release(const Origin& origin, std::unique_ptr<ClientConnection> connection) {
    auto& connections = origins_[origin];
    if (connection && connection->is_reusable() &&
        connections.idle.size() < options_.idle_per_origin) {
        connection->set_deadline_ms(ticker_.now_ms() + options_.idle_time.count());
        connection->on_idle_end = [weak = weak_from_this(), &loop = loop_] {
            loop.post([weak] {
                if (const auto pool = weak.lock()) {
                    pool->prune();
                }
            });
        };
        connections.idle.push_back(std::move(connection));
    }
    give_turn(connections);
}

void ClientPool::prune() {
    for (auto& [origin, connections] : origins_) {
        std::erase_if(connections.idle, [](auto& connection) { return !connection->is_usable(); });
    }
}

}  // namespace kontor::http
