#include "services/payments/camt/statement.hpp"

#include <set>

#include "platform/crypto/hash.hpp"
#include "services/payments/camt/fields.hpp"

namespace kontor::payments::camt {

namespace {

// As long as a transfer's reference may be.
constexpr std::size_t text_max = 1000;

Result<Money> money_of(const Fields& fields, std::string_view where,
                       std::initializer_list<std::string_view> paths) {
    for (const auto path : paths) {
        const auto amount = fields.first({path});
        if (amount.empty()) {
            continue;
        }
        const auto currency = parse_currency(fields.first({std::string(path) + "@Ccy"}));
        const auto money = currency ? parse_amount(amount, *currency)
                                    : std::unexpected("has no currency that is known");
        if (!money || money->minor_units < 0) {
            return refuse(refused::not_a_statement, "{}: its amount {} {}", where, amount,
                          money ? "must not be negative" : money.error());
        }
        return *money;
    }
    return refuse(refused::not_a_statement, "{}: has no amount", where);
}

bool is_credit(const Fields& fields) {
    return fields.first({"CdtDbtInd"}) == "CRDT";
}

bool is_booked(const Fields& fields) {
    return fields.first({"Sts/Cd", "Sts"}) == "BOOK";
}

bool is_reversal(const Fields& fields) {
    const auto mark = fields.first({"RvslInd"});
    return mark == "true" || mark == "1";
}

/// All that a payer, or their bank, may have written about what it is for.
std::string text_of(const Fields& fields) {
    std::string text;
    for (const auto path : {"RmtInf/Strd/CdtrRefInf/Ref", "RmtInf/Ustrd", "Refs/EndToEndId"}) {
        fields.append_all(path, text);
    }
    if (text.size() > text_max) {
        text.resize(text_max);
        while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0x80) != 0) {
            text.pop_back();  // no half of a character
        }
    }
    return text;
}

/// Makes credits of the entries of one statement.
class Crediting {
public:
    explicit Crediting(const Parsed& parsed) : parsed_(parsed) {
        statement_.id = parsed.fields.first({"Id"});
        statement_.account = parsed.fields.first({"Acct/Id/IBAN", "Acct/Id/Othr/Id"});
    }

    Result<Statement> run() {
        if (statement_.id.empty() || statement_.account.empty()) {
            return refuse(refused::not_a_statement, "a statement has no Id or no account");
        }
        TRY_NOW(check_sums());
        for (std::size_t i = 0; i < parsed_.entries.size(); ++i) {
            TRY_NOW(take(parsed_.entries[i], i + 1));
        }
        return std::move(statement_);
    }

private:
    /// Opening balance, entries and closing balance must agree, where both balances are told.
    Result<bool> check_sums() const {
        std::optional<std::int64_t> opening;
        std::optional<std::int64_t> closing;
        for (const auto& balance : parsed_.balances) {
            const auto kind = balance.first({"Tp/CdOrPrtry/Cd"});
            const auto amount = TRY_NOW(money_of(balance, "a balance", {"Amt"}));
            const auto value = is_credit(balance) ? amount.minor_units : -amount.minor_units;
            if (kind == "OPBD" || kind == "PRCD") {
                opening = value;
            } else if (kind == "CLBD") {
                closing = value;
            }
        }
        if (!opening || !closing) {
            return true;
        }
        auto sum = *opening;
        for (std::size_t i = 0; i < parsed_.entries.size(); ++i) {
            const auto& fields = parsed_.entries[i].fields;
            const auto amount = TRY_NOW(money_of(fields, fmt::format("entry {}", i + 1), {"Amt"}));
            if (is_booked(fields)) {
                sum += is_credit(fields) ? amount.minor_units : -amount.minor_units;
            }
        }
        if (sum != *closing) {
            return refuse(refused::not_a_statement,
                          "statement {}: its entries make {} of the opening balance, not the "
                          "closing balance {} (minor units)",
                          statement_.id, sum, *closing);
        }
        return true;
    }

    Result<bool> take(const Entry& entry, std::size_t number) {
        const auto where = fmt::format("statement {}, entry {}", statement_.id, number);
        const auto whole = TRY_NOW(money_of(entry.fields, where, {"Amt"}));
        if (!is_booked(entry.fields) || !is_credit(entry.fields) || is_reversal(entry.fields) ||
            whole.minor_units == 0) {
            ++statement_.skipped;
            return true;
        }
        if (entry.transactions.size() > 1) {
            return take_each(entry, whole, where, number);
        }
        const Fields none;
        const auto& details = entry.transactions.empty() ? none : entry.transactions.front();
        add(entry, details, whole, key_of(entry, details, number));
        return true;
    }

    /// A collective entry: each of its transactions is a credit of its own.
    Result<bool> take_each(const Entry& entry, Money whole, const std::string& where,
                           std::size_t number) {
        Money sum{0, whole.currency};
        for (std::size_t i = 0; i < entry.transactions.size(); ++i) {
            const auto& details = entry.transactions[i];
            const auto amount =
                TRY_NOW(money_of(details, fmt::format("{}, transaction {}", where, i + 1),
                                 {"Amt", "AmtDtls/TxAmt/Amt"}));
            if (amount.currency != whole.currency) {
                return refuse(refused::not_a_statement, "{}: has transactions in another currency",
                              where);
            }
            sum += amount;
            if (amount.minor_units > 0) {
                add(entry, details, amount,
                    fmt::format("{}|{}", key_of(entry, details, number), i));
            }
        }
        if (sum != whole) {
            return refuse(refused::not_a_statement, "{}: is {}, its transactions make {}", where,
                          to_text(whole), to_text(sum));
        }
        return true;
    }

    /// What tells a credit from every other, whatever file it comes in.
    std::string key_of(const Entry& entry, const Fields& details, std::size_t number) const {
        auto reference = details.first({"Refs/AcctSvcrRef"});
        if (reference.empty()) {
            reference = entry.fields.first({"AcctSvcrRef"});
        }
        return reference.empty() ? fmt::format("{}|{}", statement_.id, number)
                                 : fmt::format("ref|{}", reference);
    }

    void add(const Entry& entry, const Fields& details, Money amount, const std::string& key) {
        auto text = text_of(details);
        if (text.empty()) {
            text = entry.fields.first({"AddtlNtryInf", "NtryRef"});
        }
        statement_.credits.push_back(
            {.key = "camt-" + crypto::sha256_hex(fmt::format("{}|{}", statement_.account, key)),
             .text = std::move(text),
             .payer = details.first({"RltdPties/Dbtr/Nm", "RltdPties/Dbtr/Pty/Nm"}),
             .amount = amount});
    }

    const Parsed& parsed_;
    Statement statement_;
};

}  // namespace

Result<std::vector<Statement>> read_statements(std::string_view document) {
    const auto parsed = TRY_NOW(parse(document));
    if (parsed.empty()) {
        return refuse(refused::not_a_statement, "the file has no statement (BkToCstmrStmt/Stmt)");
    }
    std::vector<Statement> statements;
    for (const auto& one : parsed) {
        statements.push_back(TRY_NOW(Crediting(one).run()));
    }
    return statements;
}

}  // namespace kontor::payments::camt
