#include "services/payments/service.hpp"

#include "services/payments/events.hpp"
#include "services/payments/store.hpp"

namespace kontor::payments {

Task<Result<Payment>> LocalPayments::open(Context context, OpenPayment wanted) {
    if (wanted.amount.minor_units <= 0) {
        co_return refuse(refusals::invalid, "amount {}: must be more than 0",
                         to_text(wanted.amount));
    }
    co_return co_await host_.database.write(
        context, [&](sql::Transaction& transaction) -> Task<Result<Payment>> {
            const Payment payment{.id = host_.ids.make<PaymentId>(),
                                  .order = wanted.order,
                                  .method = wanted.method,
                                  .status = status_when_opened(wanted.method),
                                  .amount = wanted.amount,
                                  .reference = wanted.reference,
                                  .created_at = host_.clock.now()};
            if (co_await store::add(transaction, payment)) {
                host_.outbox.publish(transaction, context,
                                     PaymentChanged{payment.id, payment.order, payment.status},
                                     to_text(payment.id), 1);
                co_return payment;
            }
            auto known = *co_await store::find(transaction, wanted.order);
            if (known.amount != wanted.amount || known.method != wanted.method) {
                co_return refuse(refused::amount_differs, "order {} is to be paid {} by {} already",
                                 wanted.order, to_text(known.amount),
                                 describe::enum_text(known.method));
            }
            co_return known;
        });
}

Task<Result<Payment>> LocalPayments::payment(Context context, PaymentOf wanted) {
    co_return co_await host_.database.read(
        std::move(context), [&](sql::Transaction& transaction) -> Task<Result<Payment>> {
            auto payment = co_await store::find(transaction, wanted.order);
            if (!payment) {
                co_return refuse(refusals::not_found, "order {} has no payment", wanted.order);
            }
            co_return *std::move(payment);
        });
}

}  // namespace kontor::payments
