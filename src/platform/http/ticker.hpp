#pragma once

#include <chrono>
#include <cstdint>
#include <limits>
#include <memory>

#include "platform/async/loop.hpp"

namespace kontor::http {

class Ticker;

/// Something that may be out of time. Lies in its Ticker's list while it is alive.
class Timed {
public:
    static constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();

    explicit Timed(Ticker& ticker);
    virtual ~Timed();
    Timed(const Timed&) = delete;
    Timed& operator=(const Timed&) = delete;

    /// Called once the deadline has passed, which is then `never`. Must not end any Timed.
    virtual void on_deadline() = 0;

protected:
    Ticker& ticker() const noexcept { return *ticker_; }
    /// A time of Ticker::now_ms.
    void set_deadline_ms(std::int64_t deadline_ms) noexcept { deadline_ms_ = deadline_ms; }

private:
    friend class Ticker;
    Ticker* ticker_;
    Timed* previous_ = nullptr;
    Timed* next_ = nullptr;
    std::int64_t deadline_ms_ = never;
};

/// Looks after the deadlines of many with one coarse timer: setting one is a store. Late by up to a
/// period. One loop only; sleeps while it looks after nothing.
class Ticker {
public:
    Ticker(Loop& loop, std::chrono::milliseconds period);

    /// Milliseconds of the loop's clock, as of the last tick.
    std::int64_t now_ms() const noexcept { return now_ms_; }
    Timed* first() const noexcept { return first_; }
    static Timed* after(const Timed& timed) noexcept { return timed.next_; }

private:
    friend class Timed;
    void add(Timed& timed);
    void remove(Timed& timed) noexcept;
    void refresh();
    void schedule();
    void tick();

    Loop& loop_;
    std::chrono::milliseconds period_;
    Timed* first_ = nullptr;
    std::int64_t now_ms_ = 0;
    bool scheduled_ = false;
    std::shared_ptr<Ticker*> self_;  ///< Lets a tick still to come know that we are gone.
};

}  // namespace kontor::http
