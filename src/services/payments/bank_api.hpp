#pragma once

#include "services/payments/payment.hpp"

/// The part of the contract (api.hpp) about money that arrives at the bank.
namespace kontor::payments {

struct ReceiveTransfer {
    std::string transfer;
    std::string reference;
    Money amount;
    std::optional<std::string> payer{};
    static constexpr auto describe() {
        using T = ReceiveTransfer;
        return described<T>(
            "Money that arrived at the bank.",
            field<&T::transfer>("The bank's own reference of it, or another key.",
                                {.min_length = 1, .max_length = 100}),
            field<&T::reference>("What the payer wrote.", {.max_length = 1000}),
            field<&T::amount>("More than 0."),
            field<&T::payer>("Who paid, as the bank names them.", {.max_length = 200}));
    }
};

struct TransferTag {
    static constexpr std::string_view prefix = "trf";
};
using TransferId = Id<TransferTag>;

struct Transfer {
    TransferId id;
    std::string transfer;
    std::string reference;
    Money amount;
    std::optional<std::string> order;
    std::optional<std::string> payer;
    Timestamp received_at;
    static constexpr auto describe() {
        using T = Transfer;
        return described<T>(
            "Money that arrived at the bank, and what it is for.", field<&T::id>("Opaque."),
            field<&T::transfer>("The key it was received under."),
            field<&T::reference>("What the payer wrote."), field<&T::amount>("How much."),
            field<&T::order>("What it pays; absent while nobody knows."),
            field<&T::payer>("Who paid, where the bank tells."),
            field<&T::received_at>("When it was booked here."));
    }
};

struct PutStatement {
    std::string document;
    static constexpr auto describe() {
        return described<PutStatement>(
            "An account statement.",
            field<&PutStatement::document>("camt.053, of any version.", {.min_length = 1}));
    }
};

struct StatementOutcome {
    std::vector<std::string> statements;
    std::int64_t matched = 0;
    std::int64_t unmatched = 0;
    std::int64_t repeated = 0;
    std::int64_t skipped = 0;
    static constexpr auto describe() {
        using O = StatementOutcome;
        return described<O>(
            "What became of a statement's entries.",
            field<&O::statements>("The bank's own names of the statements in the file."),
            field<&O::matched>("Credits that pay an order."),
            field<&O::unmatched>("Credits of which nobody knows yet what they are for."),
            field<&O::repeated>("Credits that had been booked before."),
            field<&O::skipped>("Entries that are no booked credits."));
    }
};

struct ListTransfers {
    bool unmatched = true;
    std::int64_t limit = 50;
    std::optional<TransferId> after;
    static constexpr auto describe() {
        using L = ListTransfers;
        return described<L>(
            "Transfers, oldest first.",
            field<&L::unmatched>("Only those of which nobody knows what they are for.",
                                 {.optional = true}),
            field<&L::limit>("Page size.", {.min = 1, .max = 200, .optional = true}),
            field<&L::after>("`next` of the page before."));
    }
};

struct TransferList {
    std::vector<Transfer> items;
    std::optional<TransferId> next;
    static constexpr auto describe() {
        return described<TransferList>("A page of transfers.",
                                       field<&TransferList::items>("The transfers."),
                                       field<&TransferList::next>("Absent on the last page."));
    }
};

struct AssignTransfer {
    TransferId transfer;
    std::string order;
    static constexpr auto describe() {
        using A = AssignTransfer;
        return described<A>(
            "Says what a transfer is for.", field<&A::transfer>("Its id."),
            field<&A::order>("The order that it pays.", {.min_length = 1, .max_length = 64}));
    }
};

}  // namespace kontor::payments
