#pragma once

#include "services/payments/books.hpp"

namespace kontor::payments {

/// Does with the provider what is recorded (books.hpp), and books the outcome. The operations of
/// one payment are done in the order of their recording, each under a key that is its own for good,
/// so that asking again, here or in another process, never does anything twice. An answer that does
/// not come leaves an operation recorded: it is asked for again, ever more rarely, until it is
/// known.
class Clearing {
public:
    /// Both outlive it.
    Clearing(const Host& host, Provider& provider) : host_(host), provider_(provider) {}

    /// Does what is recorded of that payment. Answers it as it is then, which may be as before
    /// where the provider does not answer; refuses with `provider_refused` where `operation` was.
    Task<Result<Payment>> perform(Context context, PaymentId payment, OperationId operation);

    /// The same, and takes over what the provider says of the payment.
    Task<Result<Payment>> look(Context context, PaymentId payment);

    /// One round over all that is due.
    Task<void> once();

    const Provider& provider() const { return provider_; }

private:
    /// What is to be done next, with what is needed for it.
    struct Step {
        store::Operation operation;
        Payment payment;
        store::Remote remote;
    };
    enum class Fate { done, refused, open };
    struct Outcome {
        Fate fate = Fate::open;
        std::optional<Intent> intent{};
        std::optional<std::string> provider_id{};
        std::string failure{};
    };

    static Outcome outcome_of(Result<Intent> answer);
    static Outcome outcome_of(Result<ProviderRefund> answer);

    Task<Result<std::optional<Step>>> next_step(PaymentId payment);
    Task<Outcome> ask(Context context, const Step& step);
    /// Whether the next step may follow.
    Task<Result<bool>> record(const Step& step, const Outcome& outcome);
    Task<Result<Payment>> answer(PaymentId payment, OperationId operation);
    Task<Result<bool>> look_later(PaymentId payment);
    Task<bool> attempt(PaymentId payment);

    const Host& host_;
    Provider& provider_;
};

}  // namespace kontor::payments
