#include "services/payments/factory.hpp"

#include "services/payments/events.hpp"
#include "services/payments/service.hpp"

namespace kontor {

KONTOR_REMOTE(payments::Payments, open, payment)

namespace payments {

namespace {

class PaymentsService final : public Service {
public:
    explicit PaymentsService(const Host& host) : payments_(host) {}

    void publish(Directory& directory, rpc::Dispatcher& dispatcher) override {
        publish_contract<Payments>(directory, dispatcher, payments_);
    }

private:
    LocalPayments payments_;
};

}  // namespace

const ServiceEntry entry{
    .name = "payments",
    .start = [](const Host& host) -> std::unique_ptr<Service> {
        return std::make_unique<PaymentsService>(host);
    },
    .connect = connect_remote<Payments>,
    .edge = nullptr,
    .events = events::event_infos<PaymentChanged>,
};

}  // namespace payments

}  // namespace kontor
