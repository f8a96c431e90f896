#pragma once

#include <future>
#include <type_traits>

#include "platform/async/loop.hpp"

namespace kontor {

/// Runs `task` on `loop`, which runs on another thread, and blocks until it is done: for main() and
/// tests, never from a loop.
template <class T>
T run_on(Loop& loop, Task<T> task) {
    std::promise<T> done;
    loop.post([&] {
        spawn([](Task<T> owned, std::promise<T>& out) -> Task<void> {
            try {
                if constexpr (std::is_void_v<T>) {
                    co_await std::move(owned);
                    out.set_value();
                } else {
                    out.set_value(co_await std::move(owned));
                }
            } catch (...) {
                out.set_exception(std::current_exception());
            }
        }(std::move(task), done));
    });
    return done.get_future().get();
}

}  // namespace kontor
