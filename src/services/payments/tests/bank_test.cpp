#include <gmock/gmock.h>

#include "services/payments/tests/open_till.hpp"

namespace kontor::payments {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string credit(std::string_view amount, std::string_view purpose, std::string_view reference) {
    return fmt::format(
        R"(<Ntry><Amt Ccy="EUR">{}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>
           <AcctSvcrRef>{}</AcctSvcrRef><NtryDtls><TxDtls><RltdPties><Dbtr><Nm>Ada</Nm></Dbtr>
           </RltdPties><RmtInf><Ustrd>{}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>)",
        amount, reference, purpose);
}

std::string statement(std::string_view entries) {
    return fmt::format(
        R"(<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><Stmt>
           <Id>S-1</Id><Acct><Id><IBAN>DE89370400440532013000</IBAN></Id></Acct>{}</Stmt>
           </BkToCstmrStmt></Document>)",
        entries);
}

class A_bank_account : public OpenTill {
protected:
    Result<StatementOutcome> put(std::string document) {
        return host_.run(payments_.put_statement({}, {std::move(document)}));
    }
    std::vector<Transfer> unmatched() {
        return host_.run(payments_.transfers({}, {})).value().items;
    }
    Result<Transfer> assign(TransferId transfer, std::string order) {
        return host_.run(payments_.assign({}, {transfer, std::move(order)}));
    }
};

TEST_P(A_bank_account, matches_partial_full_and_unknown_payments) {
    open("ord_1", Method::prepayment, euros(10'000));
    const auto outcome =
        put(statement(credit("40.00", "482-7391-0527 part", "R1") +
                      credit("60.00", "Rest 48273910527", "R2") + credit("7.00", "Spende", "R3")));
    ASSERT_TRUE(outcome) << outcome.error().message;
    EXPECT_THAT(outcome->statements, ElementsAre("S-1"));
    EXPECT_EQ(outcome->matched, 2);
    EXPECT_EQ(outcome->unmatched, 1);
    EXPECT_EQ(of("ord_1").status, Status::authorized);
    ASSERT_THAT(unmatched(), SizeIs(1));
    EXPECT_EQ(unmatched()[0].reference, "Spende");
    EXPECT_EQ(unmatched()[0].payer, "Ada");
    EXPECT_TRUE(ledger().agrees);
}

TEST_P(A_bank_account, books_the_same_statement_or_entry_once) {
    open("ord_1", Method::prepayment, euros(10'000));
    const auto document = statement(credit("100.00", "482-7391-0527", "R1"));
    put(document);
    EXPECT_EQ(put(document).value().repeated, 1);
    const auto other =
        put(statement(credit("1.00", "x", "R9") + credit("100.00", "482-7391-0527", "R1")));
    EXPECT_EQ(other.value().repeated, 1);
    EXPECT_EQ(of("ord_1").received, euros(10'000));
    EXPECT_EQ(balance(Account::bank), 10'100);
}

TEST_P(A_bank_account, owes_back_what_was_paid_too_much) {
    open("ord_1", Method::prepayment, euros(10'000));
    put(statement(credit("105.00", "482-7391-0527", "R1")));
    EXPECT_EQ(balance(Account::repayable), -500);
    EXPECT_EQ(of("ord_1").status, Status::authorized);
}

TEST_P(A_bank_account, books_nothing_of_a_bad_file) {
    const auto refused = put(statement(credit("1.00", "x", "R1") + credit("one", "x", "R2")));
    EXPECT_EQ(refused.error().code, "not_a_statement");
    EXPECT_THAT(unmatched(), IsEmpty());
    EXPECT_EQ(put("no XML").error().code, "malformed");
}

TEST_P(A_bank_account, takes_a_statement_of_many_entries) {
    std::string entries;
    for (int i = 0; i < 250; ++i) {
        entries += credit("1.00", "gift", fmt::format("R{}", i));
    }
    EXPECT_EQ(put(statement(entries)).value().unmatched, 250);
    const auto page = host_.run(payments_.transfers({}, {.limit = 200})).value();
    EXPECT_THAT(page.items, SizeIs(200));
    const auto rest = host_.run(payments_.transfers({}, {.limit = 200, .after = page.next}));
    EXPECT_THAT(rest.value().items, SizeIs(50));
    EXPECT_FALSE(rest.value().next);
}

TEST_P(A_bank_account, is_told_by_staff_what_nobody_could_match) {
    open("ord_1", Method::prepayment, euros(10'000));
    put(statement(credit("100.00", "no number", "R1")));
    const auto id = unmatched().at(0).id;
    for (int times = 0; times < 2; ++times) {
        EXPECT_EQ(assign(id, "ord_1").value().order, "ord_1");
    }
    EXPECT_EQ(of("ord_1").status, Status::authorized);
    EXPECT_EQ(balance(Account::unmatched), 0);
    EXPECT_TRUE(ledger().agrees);
    EXPECT_THAT(unmatched(), IsEmpty());
    open("ord_2", Method::invoice, euros(100));
    EXPECT_EQ(assign(id, "ord_2").error().code, "assigned_already");
    EXPECT_EQ(assign(id, "ord_9").error().code, "not_found");
}

INSTANTIATE_TEST_SUITE_P(On, A_bank_account, kontor::testing::both_engines(),
                         kontor::testing::engine_name);

}  // namespace
}  // namespace kontor::payments
