#include "services/payments/factory.hpp"

#include "platform/async/periodic.hpp"
#include "services/payments/edge/rest.hpp"
#include "services/payments/events.hpp"
#include "services/payments/service.hpp"

namespace kontor {

KONTOR_REMOTE(payments::Payments, open, payment, refresh, capture, cancel, refund, receive,
              ledger)

namespace payments {

namespace {

// How late an open payment may end.
constexpr auto expiry_interval = std::chrono::seconds(10);

class PaymentsService final : public Service {
public:
    explicit PaymentsService(const Host& host)
        : payments_(host),
          expiry_(
              expiry_interval, [this]() -> Task<void> { co_await payments_.expire_due(); },
              host.report()) {}

    void publish(Directory& directory, rpc::Dispatcher& dispatcher) override {
        publish_contract<Payments>(directory, dispatcher, payments_);
    }

    Task<void> start() override {
        expiry_.start();
        co_return;
    }
    Task<void> stop() override { co_await expiry_.stop(); }

private:
    LocalPayments payments_;
    Periodic expiry_;
};

}  // namespace

const ServiceEntry entry{
    .name = "payments",
    .start = [](const Host& host) -> std::unique_ptr<Service> {
        return std::make_unique<PaymentsService>(host);
    },
    .connect = connect_remote<Payments>,
    .edge = edge,
    .events = events::event_infos<PaymentOpened, PaymentAuthorized, PaymentCaptured, PaymentFailed,
                                  PaymentCancelled, RefundIssued, TransferReceived>,
};

}  // namespace payments

}  // namespace kontor
