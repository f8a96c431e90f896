#include "platform/async/asio_loop.hpp"

#include <unordered_map>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

namespace kontor {

namespace asio = boost::asio;

struct AsioLoop::Impl {
    asio::io_context io{1};
    std::unordered_map<TimerId, std::unique_ptr<asio::steady_timer>> timers;
    TimerId next_timer = 1;
};

AsioLoop::AsioLoop() : impl_(std::make_unique<Impl>()) {}
AsioLoop::~AsioLoop() {
    const Scope scope(
        *this);  // coroutines that are destroyed with the queue may look for their loop
    impl_->timers.clear();
    impl_.reset();
}

void AsioLoop::post(Callback callback) {
    asio::post(impl_->io, std::move(callback));
}

Loop::TimerId AsioLoop::after(Duration delay, Callback callback) {
    const auto id = impl_->next_timer++;
    auto& timer = impl_->timers[id] = std::make_unique<asio::steady_timer>(
        impl_->io, std::chrono::duration_cast<asio::steady_timer::duration>(delay));
    timer->async_wait(
        [this, id, callback = std::move(callback)](boost::system::error_code error) mutable {
            if (error) {
                return;
            }
            impl_->timers.erase(id);
            callback();
        });
    return id;
}

void AsioLoop::cancel(TimerId timer) {
    impl_->timers.erase(timer);
}

std::chrono::steady_clock::time_point AsioLoop::now() const {
    return std::chrono::steady_clock::now();
}

void AsioLoop::run() {
    const Scope scope(*this);
    const auto keep_running = asio::make_work_guard(impl_->io);
    impl_->io.restart();
    impl_->io.run();
}

void AsioLoop::stop() {
    impl_->io.stop();
}

asio::io_context& AsioLoop::io() {
    return impl_->io;
}

}  // namespace kontor
