#pragma once

#include "services/payments/books.hpp"
#include "services/payments/events.hpp"

/// What every change of a payment ends with.
namespace kontor::payments::books {

template <class Event>
void publish(Books books, const Payment& payment, const Event& event) {
    books.outbox.publish(books.transaction, books.context, event, to_text(payment.id),
                         static_cast<std::int64_t>(payment.version));
}

/// Stores a payment that has changed; with its new version.
inline Task<Payment> store_change(Books books, Payment payment) {
    ++payment.version;
    co_await store::save(books.transaction, payment);
    co_return payment;
}

/// The same with what is posted.
inline Task<Payment> store_booking(Books books, Booking booking, store::Cause cause,
                                   std::string_view reference) {
    store::post(books.transaction, books.ids, booking.payment.id, booking.postings, cause,
                reference, books.now);
    co_return co_await store_change(books, std::move(booking.payment));
}

}  // namespace kontor::payments::books
