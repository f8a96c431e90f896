#pragma once

#include "services/payments/payment.hpp"

/// The part of the contract (api.hpp) that staff read.
namespace kontor::payments {

struct ReadLedger {
    static constexpr auto describe() {
        return described<ReadLedger>("Asks for the balances of all accounts.");
    }
};

struct AccountBalance {
    Account account = Account::receivable;
    Money debit;
    Money credit;
    static constexpr auto describe() {
        using B = AccountBalance;
        return described<B>("What was posted to an account in one currency.",
                            field<&B::account>("Which."),
                            field<&B::debit>("The sum of its debits."),
                            field<&B::credit>("The sum of its credits."));
    }
};

struct PaymentTotals {
    Money captured;
    Money refunded;
    Money received;
    static constexpr auto describe() {
        using T = PaymentTotals;
        return described<T>(
            "The sums over all payments of one currency, counted apart from the "
            "ledger.",
            field<&T::captured>("The account sales must be credited with this."),
            field<&T::refunded>("The account refunds must be debited with this."),
            field<&T::received>("The account bank must be debited with this, and "
                                "with what is unmatched."));
    }
};

struct Ledger {
    std::vector<AccountBalance> accounts;
    std::vector<PaymentTotals> payments;
    bool agrees = true;
    static constexpr auto describe() {
        using L = Ledger;
        return described<L>(
            "The balances of one moment.",
            field<&L::accounts>("By currency and account; only those with postings."),
            field<&L::payments>("By currency."),
            field<&L::agrees>("Debits equal credits, and both equal what the payments say."));
    }
};

struct ListOperations {
    std::int64_t limit = 100;
    static constexpr auto describe() {
        return described<ListOperations>(
            "Asks for what the provider has not answered yet.",
            field<&ListOperations::limit>("How many at most.",
                                          {.min = 1, .max = 1000, .optional = true}));
    }
};

struct OperationTag {
    static constexpr std::string_view prefix = "pop";
};
using OperationId = Id<OperationTag>;

struct OpenOperation {
    OperationId id;
    std::string order;
    std::string kind;
    std::string key;
    Money amount;
    std::int64_t attempts = 0;
    std::optional<std::string> failure;
    std::optional<Timestamp> due_at;
    Timestamp recorded_at;
    static constexpr auto describe() {
        using O = OpenOperation;
        return described<O>(
            "What the provider was asked for and has not answered yet.", field<&O::id>("Opaque."),
            field<&O::order>("The order."),
            field<&O::kind>("`authorize`, `capture`, `cancel` or `refund`."),
            field<&O::key>("The caller's key of a capture or refund."),
            field<&O::amount>("How much."), field<&O::attempts>("How often it was asked."),
            field<&O::failure>("Why there was no answer."),
            field<&O::due_at>(
                "When it is asked again. Absent: it needs somebody to look, since the "
                "provider may have forgotten its key."),
            field<&O::recorded_at>("Since when."));
    }
};

struct OperationList {
    std::vector<OpenOperation> items;
    static constexpr auto describe() {
        return described<OperationList>("What is unfinished, the oldest first.",
                                        field<&OperationList::items>("The operations."));
    }
};

/// ask_again: the provider has surely not done it. done, refused: that is what it says of it.
enum class Resolution { ask_again, done, refused };
BOOST_DESCRIBE_ENUM(Resolution, ask_again, done, refused)

struct ResolveOperation {
    OperationId operation;
    Resolution resolution = Resolution::ask_again;
    static constexpr auto describe() {
        using R = ResolveOperation;
        return described<R>("Says what became of an operation, by somebody who has looked.",
                            field<&R::operation>("Its id."),
                            field<&R::resolution>("What the provider's own pages say."));
    }
};

}  // namespace kontor::payments
