#pragma once

#include "services/payments/api.hpp"

/// Account statements in ISO 20022's camt.053, as banks send them each day.
/// https://www.iso20022.org/iso-20022-message-definitions (Bank-to-Customer Statement)
namespace kontor::payments::camt {

/// Money that was credited.
struct Credit {
    std::string key;    ///< The same for the same credit in whatever file, by the bank's own names.
    std::string text;   ///< All that may say what it is for.
    std::string payer;  ///< Empty where the bank does not tell.
    Money amount;
};

struct Statement {
    std::string id;       ///< The bank's own.
    std::string account;  ///< IBAN, or what the bank has instead.
    std::vector<Credit> credits;
    std::int64_t skipped = 0;  ///< Entries that are not booked, not credits, or reversals.
};

/// Every statement of a file. Reads as a stream; entities and document types are refused.
/// Refuses: `malformed` (broken XML, with the line), `not_a_statement` (which entry, and why).
Result<std::vector<Statement>> read_statements(std::string_view document);

}  // namespace kontor::payments::camt
