#include "platform/http/station.hpp"

namespace kontor::http {

using namespace std::chrono_literals;

Station::Station(AsioLoop& loop, std::shared_ptr<const ServerSettings> settings, Acceptor acceptor)
    : loop_(loop),
      settings_(std::move(settings)),
      acceptor_(std::move(acceptor)),
      shared_{settings_->options, settings_->handler, Ticker(loop, 100ms)} {}

Task<void> Station::listen(std::shared_ptr<Station> self) {
    while (!self->shared_.draining) {
        if (self->shared_.connections >= self->settings_->options.connections) {
            co_await sleep_for(10ms);
            continue;
        }
        Socket socket(self->loop_.io());
        const auto ended = co_await Pending{
            [&](auto handler) { self->acceptor_.async_accept(socket, std::move(handler)); }};
        if (!ended.error) {
            spawn(serve(self, std::move(socket)));
        } else if (!self->shared_.draining) {
            co_await sleep_for(50ms);  // out of descriptors: some will be given back
        }
    }
    self->take_last_ones();
    self->listening_ = false;
    self->note_end();
}

/// Whoever has connected already would be reset by closing the listener: they are served too.
void Station::take_last_ones() {
    boost::system::error_code error;
    acceptor_.non_blocking(true, error);
    while (!error) {
        Socket socket(loop_.io());
        acceptor_.accept(socket, error);
        if (!error) {
            spawn(serve(shared_from_this(), std::move(socket)));
        }
    }
    acceptor_.close(error);
}

Task<void> Station::serve(std::shared_ptr<Station> self, Socket socket) {
    self->open_.store(++self->shared_.connections, std::memory_order_relaxed);
    co_await Connection::run(
        std::make_shared<Connection>(self->shared_, std::move(socket), self->settings_->tls.get()));
    self->open_.store(--self->shared_.connections, std::memory_order_relaxed);
    self->note_end();
}

void Station::drain(Duration deadline, Callback done) {
    when_empty_.push_back(std::move(done));
    if (!shared_.draining) {
        shared_.draining = true;
        boost::system::error_code ignored;
        acceptor_.cancel(ignored);
        for (auto* timed = shared_.ticker.first(); timed != nullptr;
             timed = Ticker::after(*timed)) {
            static_cast<Connection*>(timed)->begin_drain();
        }
    }
    if (deadline <= 0ns) {
        cut_all();
    } else {
        loop_.after(deadline, [weak = weak_from_this()] {
            if (const auto self = weak.lock()) {
                self->cut_all();
            }
        });
    }
    note_end();
}

void Station::cut_all() {
    for (auto* timed = shared_.ticker.first(); timed != nullptr; timed = Ticker::after(*timed)) {
        static_cast<Connection*>(timed)->cut();
    }
}

void Station::note_end() {
    if (!listening_ && shared_.connections == 0) {
        for (auto& done : std::exchange(when_empty_, {})) {
            done();
        }
    }
}

}  // namespace kontor::http
