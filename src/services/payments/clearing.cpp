#include "services/payments/clearing.hpp"

#include <algorithm>

#include "platform/async/loop.hpp"

namespace kontor::payments {

namespace {

using namespace std::chrono_literals;

// Payments that are asked about at once.
constexpr std::int64_t at_once = 32;

constexpr auto patience = 20s;

// Stripe forgets a key after 24 hours at the earliest: a capture that is asked for again later
// could be a second one. https://docs.stripe.com/api/idempotent_requests
constexpr auto key_life = 23h;

constexpr auto pause_max = std::chrono::microseconds(5min);

const Context own_context{.principal = {Principal::Kind::service, 0}};

std::chrono::microseconds pause_after(std::int64_t attempts) {
    return std::min(pause_max,
                    std::chrono::microseconds(1s) * (1 << std::min<std::int64_t>(attempts, 10)));
}

std::string key_of(const store::Operation& operation) {
    return fmt::format("kontor-{}-{}", describe::enum_text(operation.kind), operation.id.value);
}

/// An operation whose outcome is not known yet, as it is to be kept. One whose key the provider may
/// forget is asked for no more by itself: people see it in the list of what is unfinished.
store::Operation postponed(store::Operation operation, Timestamp now) {
    const auto next = now + pause_after(operation.attempts++);
    const bool may_ask = operation.provider_id || next - operation.recorded_at < key_life;
    operation.due_at = may_ask ? std::optional(next) : std::nullopt;
    return operation;
}

}  // namespace

Clearing::Outcome Clearing::outcome_of(Result<Intent> answer) {
    if (answer) {
        return {.fate = Fate::done, .intent = *std::move(answer)};
    }
    const bool refused = answer.error().code == refused::provider_refused.code;
    return {.fate = refused ? Fate::refused : Fate::open,
            .failure = std::move(answer).error().message};
}

Clearing::Outcome Clearing::outcome_of(Result<ProviderRefund> answer) {
    if (!answer) {
        return outcome_of(Result<Intent>(std::unexpected(std::move(answer).error())));
    }
    const auto fate = answer->status == RefundStatus::succeeded ? Fate::done
                      : answer->status == RefundStatus::failed  ? Fate::refused
                                                                : Fate::open;
    return {.fate = fate, .provider_id = answer->id, .failure = std::move(answer->failure)};
}

Task<Result<std::optional<Clearing::Step>>> Clearing::next_step(PaymentId payment) {
    co_return co_await host_.database.read(
        own_context, [payment](sql::Transaction& transaction) -> Task<Result<std::optional<Step>>> {
            auto operation = co_await store::next_operation(transaction, payment);
            if (!operation || !operation->due_at) {
                co_return std::nullopt;
            }
            co_return Step{*std::move(operation),
                           (co_await store::read(transaction, payment)).value(),
                           co_await store::remote(transaction, payment)};
        });
}

Task<Clearing::Outcome> Clearing::ask(Context context, const Step& step) {
    const auto& [operation, payment, remote] = step;
    const Money amount{operation.amount, payment.amount.currency};
    const auto intent = remote.intent.value_or("");
    switch (operation.kind) {
        case store::Kind::authorize:
            co_return outcome_of(
                co_await provider_.authorize(context, {key_of(operation), payment.id, payment.order,
                                                       amount, remote.return_url.value_or("")}));
        case store::Kind::capture:
            co_return outcome_of(co_await provider_.capture(
                context, {key_of(operation), intent, amount,
                          payment.captured + amount == payment.authorized}));
        case store::Kind::cancel:
            if (!remote.intent) {  // there is nothing that could be cancelled
                co_return Outcome{.fate = Fate::done};
            }
            co_return outcome_of(co_await provider_.cancel(context, {key_of(operation), intent}));
        case store::Kind::refund:
            co_return outcome_of(
                operation.provider_id
                    ? co_await provider_.refund_of(context, *operation.provider_id)
                    : co_await provider_.refund(context, {key_of(operation), intent, amount}));
    }
    co_return Outcome{};
}

Task<Result<bool>> Clearing::record(const Step& step, const Outcome& outcome) {
    co_return co_await books::in_books(
        host_, own_context, [&](books::Books books) -> Task<Result<bool>> {
            auto payment = (co_await store::find(books.transaction, step.payment.id)).value();
            auto operation =
                (co_await store::find_operation(books.transaction, step.operation.id)).value();
            if (operation.status != store::Progress::recorded) {
                co_return true;  // somebody else was faster
            }
            operation.provider_id = outcome.provider_id;
            operation.failure =
                outcome.failure.empty() ? std::nullopt : std::optional(outcome.failure);
            if (outcome.fate == Fate::open) {
                co_await store::save_operation(books.transaction,
                                               postponed(std::move(operation), books.now));
                co_return false;
            }
            const bool done = outcome.fate == Fate::done;
            operation.status = done ? store::Progress::done : store::Progress::refused;
            operation.due_at.reset();
            co_await store::save_operation(books.transaction, operation);
            if (done) {
                const auto* intent = outcome.intent ? &*outcome.intent : nullptr;
                co_await books::carry_out(books, std::move(payment), operation, intent);
            } else {
                co_await books::give_up(books, std::move(payment), operation);
            }
            co_return true;
        });
}

Task<Result<Payment>> Clearing::answer(PaymentId payment, OperationId operation) {
    co_return co_await host_.database.read(
        own_context, [&](sql::Transaction& transaction) -> Task<Result<Payment>> {
            const auto asked = co_await store::find_operation(transaction, operation);
            if (asked && asked->status == store::Progress::refused &&
                asked->kind != store::Kind::authorize) {
                co_return refuse(refused::provider_refused, "{}", asked->failure.value_or(""));
            }
            co_return (co_await store::read(transaction, payment)).value();
        });
}

Task<Result<Payment>> Clearing::perform(Context context, PaymentId payment, OperationId operation) {
    while (const auto step = TRY(co_await next_step(payment))) {
        const auto outcome = co_await ask(context, *step);
        if (!TRY(co_await record(*step, outcome))) {
            break;
        }
    }
    co_return co_await answer(payment, operation);
}

Task<Result<Payment>> Clearing::look(Context context, PaymentId id) {
    auto payment = TRY(co_await perform(context, id, {}));
    const auto remote = TRY(co_await host_.database.read(
        own_context, [id](sql::Transaction& transaction) -> Task<Result<store::Remote>> {
            co_return co_await store::remote(transaction, id);
        }));
    if (!remote.intent) {
        co_return payment;
    }
    const auto intent = co_await provider_.intent(context, *remote.intent);
    if (!intent) {
        TRY(co_await look_later(id));
        co_return std::unexpected(intent.error());
    }
    co_return co_await books::in_books(
        host_, own_context, [&](books::Books books) -> Task<Result<Payment>> {
            auto known = (co_await store::find(books.transaction, id)).value();
            co_return co_await books::take_over(books, std::move(known), *intent);
        });
}

Task<Result<bool>> Clearing::look_later(PaymentId payment) {
    co_return co_await books::in_books(
        host_, own_context, [payment](books::Books books) -> Task<Result<bool>> {
            co_await store::set_look(books.transaction, payment, books.now + 30s);
            co_return true;
        });
}

Task<bool> Clearing::attempt(PaymentId payment) {
    auto context = own_context;
    context.deadline = Loop::current().now() + patience;
    const auto looked = co_await look(context, payment);
    co_return looked.has_value();
}

Task<void> Clearing::once() {
    const auto due = co_await host_.database.read(
        own_context, [this](sql::Transaction& transaction) -> Task<Result<std::vector<PaymentId>>> {
            co_return co_await store::due(transaction, host_.clock.now(), at_once);
        });
    std::vector<Task<bool>> attempts;
    for (const auto payment : due.value_or(std::vector<PaymentId>{})) {
        attempts.push_back(attempt(payment));
    }
    co_await when_all(std::move(attempts));
}

}  // namespace kontor::payments
