#include "services/payments/factory.hpp"

#include "platform/async/periodic.hpp"
#include "services/payments/edge/rest.hpp"
#include "services/payments/events.hpp"
#include "services/payments/service.hpp"
#include "services/payments/settings.hpp"
#include "services/payments/stripe/provider.hpp"

namespace kontor {

KONTOR_REMOTE(payments::Payments, open, payment, refresh, capture, cancel, refund, receive,
              put_statement, transfers, assign, notify, methods, operations, resolve, ledger)

namespace payments {

namespace {

// How late an open payment may end.
constexpr auto expiry_interval = std::chrono::seconds(10);

std::unique_ptr<Provider> provider_for(const Host& host) {
    const auto settings = host.settings.section<PaymentsSettings>("payments");
    if (host.client == nullptr || settings.stripe_secret_key.empty()) {
        return nullptr;
    }
    return std::make_unique<stripe::StripeProvider>(*host.client, settings);
}

class PaymentsService final : public Service {
public:
    explicit PaymentsService(const Host& host)
        : provider_(provider_for(host)),
          payments_(host, provider_.get()),
          expiry_(
              expiry_interval, [this]() -> Task<void> { co_await payments_.expire_due(); },
              host.report()),
          clearing_(
              host.look_interval, [this]() -> Task<void> { co_await payments_.clear_due(); },
              host.report()) {}

    void publish(Directory& directory, rpc::Dispatcher& dispatcher) override {
        publish_contract<Payments>(directory, dispatcher, payments_);
    }

    Task<void> start() override {
        expiry_.start();
        clearing_.start();
        co_return;
    }
    Task<void> stop() override {
        co_await clearing_.stop();
        co_await expiry_.stop();
    }

private:
    std::unique_ptr<Provider> provider_;
    LocalPayments payments_;
    Periodic expiry_;
    Periodic clearing_;
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
    .settings = [] { return config::section<PaymentsSettings>("payments"); },
};

}  // namespace payments

}  // namespace kontor
