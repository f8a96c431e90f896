#pragma once

#include <functional>
#include <map>
#include <memory>

#include "platform/async/loop.hpp"

namespace kontor::simulation {

/// The time of a simulated process between its start and its crash. Once it has ended, whoever
/// still runs in it gets no answer but `otherwise`, at once, and so comes to an end without any
/// effect.
class Life : public std::enable_shared_from_this<Life> {
public:
    /// `ended` is called when it ends.
    explicit Life(std::function<void()> ended = {}) : ended_(std::move(ended)) {}

    bool goes_on() const { return goes_on_; }
    /// Whether crashes may end it.
    bool mortal() const { return static_cast<bool>(ended_); }

    void end() {
        if (!std::exchange(goes_on_, false)) {
            return;
        }
        for (auto& [id, give_up] : std::exchange(waiting_, {})) {
            give_up();
        }
        if (ended_) {
            ended_();
        }
    }

    /// Awaits what `start(answer)` calls `answer` with, the first time.
    template <class T, class Start>
    Task<T> wait(Start start, T otherwise) {
        if (!goes_on_) {
            co_return otherwise;
        }
        co_return co_await complete<T>([&](Completion<T> done) {
            auto pending = std::make_shared<std::optional<Completion<T>>>(std::move(done));
            const auto settle = [pending](T value) {
                if (auto taken = std::exchange(*pending, std::nullopt)) {
                    (*taken)(std::move(value));
                }
            };
            const auto id = next_id_++;
            waiting_.emplace(id, [settle, &otherwise] { settle(std::move(otherwise)); });
            start([self = shared_from_this(), settle, id](T value) {
                self->waiting_.erase(id);
                settle(std::move(value));
            });
        });
    }

    /// Lets time pass; false where the life has ended.
    Task<bool> pause(Duration span) {
        return wait<bool>(
            [span](auto answer) { Loop::current().after(span, [answer] { answer(true); }); },
            false);
    }

private:
    std::function<void()> ended_;
    bool goes_on_ = true;
    std::uint64_t next_id_ = 1;
    std::map<std::uint64_t, std::function<void()>> waiting_;
};

}  // namespace kontor::simulation
