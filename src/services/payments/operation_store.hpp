#pragma once

#include "platform/sql/sql.hpp"
#include "services/payments/rules.hpp"

/// The rows of what was asked of payments under keys, and of what the provider is to be asked and
/// has told. Each function runs inside its caller's transaction, which holds the payment's lock
/// where it changes something.
namespace kontor::payments::store {

/// authorize: the provider's intent is to be made. cancel: what is not captured is given up.
enum class Kind { authorize, capture, cancel, refund };
BOOST_DESCRIBE_ENUM(Kind, authorize, capture, cancel, refund)

/// recorded: the provider is to be asked, or was and nobody knows the outcome. done: it is booked.
/// refused: for good.
enum class Progress { recorded, done, refused };
BOOST_DESCRIBE_ENUM(Progress, recorded, done, refused)

struct Operation {
    OperationId id;
    PaymentId payment;
    Kind kind = Kind::capture;
    std::string key;
    std::int64_t amount = 0;  ///< Minor units, in the payment's currency.
    std::string reason;
    Progress status = Progress::done;
    std::optional<std::string> failure;
    std::optional<std::string> provider_id;
    std::int64_t attempts = 0;
    std::optional<Timestamp> due_at;
    Timestamp recorded_at;
    static constexpr auto describe() {
        using O = Operation;
        return described<O>("A row of operations.", field<&O::id>(""), field<&O::payment>(""),
                            field<&O::kind>(""), field<&O::key>(""), field<&O::amount>(""),
                            field<&O::reason>(""), field<&O::status>(""), field<&O::failure>(""),
                            field<&O::provider_id>(""), field<&O::attempts>(""),
                            field<&O::due_at>(""), field<&O::recorded_at>(""));
    }
};

/// What the provider knows of a payment.
struct Remote {
    std::optional<std::string> intent;
    std::optional<std::string> return_url;
    static constexpr auto describe() {
        return described<Remote>("Columns of payments.", field<&Remote::intent>(""),
                                 field<&Remote::return_url>(""));
    }
};

Task<void> add_operation(sql::Transaction& transaction, const Operation& operation);
Task<std::optional<Operation>> find_operation(sql::Transaction& transaction, PaymentId payment,
                                              Kind kind, std::string_view key);
Task<std::optional<Operation>> find_operation(sql::Transaction& transaction, OperationId id);
/// The oldest of a payment that is recorded only: what comes after it waits for it.
Task<std::optional<Operation>> next_operation(sql::Transaction& transaction, PaymentId payment);
/// Writes what changes in an operation.
Task<void> save_operation(sql::Transaction& transaction, const Operation& operation);
/// The sums of what is recorded only.
Task<Pending> pending(sql::Transaction& transaction, const Payment& payment);
/// At most `limit` operations that are recorded only, the oldest first.
Task<std::vector<Operation>> unfinished(sql::Transaction& transaction, std::int64_t limit);

Task<Remote> remote(sql::Transaction& transaction, PaymentId payment);
Task<void> set_intent(sql::Transaction& transaction, PaymentId payment, std::string_view intent);
Task<std::optional<PaymentId>> payment_of_intent(sql::Transaction& transaction,
                                                 std::string_view intent);
/// When the provider is to be asked how the payment is; none: never.
Task<void> set_look(sql::Transaction& transaction, PaymentId payment, std::optional<Timestamp> at);
/// At most `limit` payments of which the provider is to be asked something by `now`.
Task<std::vector<PaymentId>> due(sql::Transaction& transaction, Timestamp now, std::int64_t limit);

/// False where we were told before.
Task<bool> add_notice(sql::Transaction& transaction, std::string_view id, std::string_view type,
                      Timestamp now);

}  // namespace kontor::payments::store
