#include "platform/http/ticker.hpp"

#include <utility>

namespace kontor::http {

Timed::Timed(Ticker& ticker) : ticker_(&ticker) {
    ticker_->add(*this);
}

Timed::~Timed() {
    ticker_->remove(*this);
}

Ticker::Ticker(Loop& loop, std::chrono::milliseconds period)
    : loop_(loop), period_(period), self_(std::make_shared<Ticker*>(this)) {
    refresh();
}

void Ticker::add(Timed& timed) {
    timed.next_ = std::exchange(first_, &timed);
    if (timed.next_ != nullptr) {
        timed.next_->previous_ = &timed;
    }
    if (!scheduled_) {
        refresh();
        schedule();
    }
}

void Ticker::remove(Timed& timed) noexcept {
    (timed.previous_ != nullptr ? timed.previous_->next_ : first_) = timed.next_;
    if (timed.next_ != nullptr) {
        timed.next_->previous_ = timed.previous_;
    }
}

void Ticker::refresh() {
    using std::chrono::milliseconds;
    now_ms_ = std::chrono::duration_cast<milliseconds>(loop_.now().time_since_epoch()).count();
}

void Ticker::schedule() {
    scheduled_ = true;
    loop_.after(period_, [alive = std::weak_ptr(self_)] {
        if (const auto self = alive.lock()) {
            (*self)->tick();
        }
    });
}

void Ticker::tick() {
    refresh();
    for (auto* timed = first_; timed != nullptr; timed = timed->next_) {
        if (timed->deadline_ms_ <= now_ms_) {
            timed->deadline_ms_ = Timed::never;
            timed->on_deadline();
        }
    }
    scheduled_ = false;
    if (first_ != nullptr) {
        schedule();
    }
}

}  // namespace kontor::http
