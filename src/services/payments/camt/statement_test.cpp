#include "services/payments/camt/statement.hpp"

#include <gmock/gmock.h>

namespace kontor::payments::camt {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

std::string entry(std::string_view amount, std::string_view details,
                  std::string_view indicator = "CRDT", std::string_view status = "BOOK") {
    return fmt::format(R"(<Ntry><Amt Ccy="EUR">{}</Amt><CdtDbtInd>{}</CdtDbtInd><Sts>{}</Sts>
        <BookgDt><Dt>2026-11-24</Dt></BookgDt>{}</Ntry>)",
                       amount, indicator, status, details);
}

std::string details(std::string_view purpose, std::string_view reference = "") {
    return fmt::format(
        "<NtryDtls><TxDtls><Refs>{}<EndToEndId>NOTPROVIDED</EndToEndId></Refs><RltdPties><Dbtr>"
        "<Nm>Ada &amp; Söhne</Nm></Dbtr></RltdPties><RmtInf><Ustrd>{}</Ustrd></RmtInf></TxDtls>"
        "</NtryDtls>",
        reference.empty() ? "" : fmt::format("<AcctSvcrRef>{}</AcctSvcrRef>", reference), purpose);
}

std::string file(std::string_view entries, std::string_view balances = "",
                 std::string_view version = "08") {
    return fmt::format(R"(<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.{}"><BkToCstmrStmt>
<GrpHdr><MsgId>m1</MsgId></GrpHdr><Stmt><Id>S-1</Id>
<Acct><Id><IBAN>DE89370400440532013000</IBAN></Id></Acct>{}{}</Stmt></BkToCstmrStmt></Document>)",
                       version, balances, entries);
}

std::string balance(std::string_view kind, std::string_view amount) {
    return fmt::format(R"(<Bal><Tp><CdOrPrtry><Cd>{}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">{}</Amt>
        <CdtDbtInd>CRDT</CdtDbtInd></Bal>)",
                       kind, amount);
}

Statement only(const std::string& document) {
    const auto statements = read_statements(document);
    EXPECT_TRUE(statements) << statements.error().message;
    return statements ? statements->at(0) : Statement{};
}

TEST(A_statement, tells_what_was_credited_by_whom_and_for_what) {
    const auto statement = only(file(entry("119.00", details("Order 482-7391-0527"))));
    EXPECT_EQ(statement.id, "S-1");
    EXPECT_EQ(statement.account, "DE89370400440532013000");
    ASSERT_THAT(statement.credits, SizeIs(1));
    EXPECT_EQ(statement.credits[0].amount, (Money{11'900, Currency("EUR")}));
    EXPECT_EQ(statement.credits[0].payer, "Ada & Söhne");
    EXPECT_THAT(statement.credits[0].text, HasSubstr("482-7391-0527"));
}

TEST(A_statement, skips_what_is_no_booked_credit) {
    const auto statement = only(file(entry("1.00", "", "DBIT") + entry("1.00", "", "CRDT", "PDNG") +
                                     entry("1.00", "<RvslInd>true</RvslInd>") +
                                     entry("2.00", "<AddtlNtryInf>x</AddtlNtryInf>")));
    EXPECT_EQ(statement.skipped, 3);
    ASSERT_THAT(statement.credits, SizeIs(1));
    EXPECT_EQ(statement.credits[0].text, "x");
}

TEST(A_statement, of_a_newer_version_has_its_status_as_a_code) {
    EXPECT_THAT(only(file(entry("1.00", "", "CRDT", "<Cd>BOOK</Cd>"))).credits, SizeIs(1));
}

TEST(A_collective_entry, is_as_many_credits_as_it_has_transactions) {
    const auto both = [](std::string_view second) {
        return fmt::format(
            R"(<AcctSvcrRef>B7</AcctSvcrRef><NtryDtls><TxDtls><Amt Ccy="EUR">1.00</Amt></TxDtls>
               <TxDtls><AmtDtls><TxAmt><Amt Ccy="EUR">{}</Amt></TxAmt></AmtDtls></TxDtls></NtryDtls>)",
            second);
    };
    const auto statement = only(file(entry("3.50", both("2.50"))));
    ASSERT_THAT(statement.credits, SizeIs(2));
    EXPECT_EQ(statement.credits[1].amount.minor_units, 250);
    EXPECT_NE(statement.credits[0].key, statement.credits[1].key);
    EXPECT_THAT(read_statements(file(entry("3.50", both("2.49")))).error().message,
                HasSubstr("its transactions make 3.49 EUR"));
}

TEST(A_credit, is_known_by_the_banks_reference_in_whatever_file_it_comes) {
    const auto one = only(file(entry("1.00", details("a", "REF1"))));
    const auto other =
        only(file(entry("5.00", details("b")) + entry("1.00", details("a", "REF1"))));
    EXPECT_EQ(one.credits[0].key, other.credits[1].key);
    EXPECT_NE(other.credits[0].key, other.credits[1].key);
}

TEST(A_statement, whose_sums_disagree_is_refused) {
    const auto opening = balance("OPBD", "100.00");
    EXPECT_TRUE(read_statements(
        file(entry("1.00", "") + entry("0.25", "", "DBIT"), opening + balance("CLBD", "100.75"))));
    const auto refused =
        read_statements(file(entry("1.00", ""), opening + balance("CLBD", "102.00")));
    EXPECT_EQ(refused.error().code, "not_a_statement");
    EXPECT_THAT(refused.error().message, HasSubstr("make 10100"));
}

TEST(A_bad_file, is_refused_and_said_why) {
    const auto good = file(entry("1.00", ""));
    EXPECT_EQ(read_statements("").error().code, "malformed");
    EXPECT_EQ(read_statements("not XML").error().code, "malformed");
    EXPECT_EQ(read_statements(good.substr(0, good.size() - 20)).error().code, "malformed");
    EXPECT_EQ(read_statements("<Document/>").error().code, "not_a_statement");
    EXPECT_THAT(read_statements(file("")).value().at(0).credits, SizeIs(0));
    EXPECT_THAT(read_statements(file(entry("1,00", ""))).error().message,
                HasSubstr("statement S-1, entry 1: its amount 1,00"));
    EXPECT_THAT(read_statements(file(entry("-1.00", ""))).error().code, "not_a_statement");
    EXPECT_EQ(
        read_statements(file(fmt::format("<Ntry><Amt Ccy=\"EURO\">1</Amt></Ntry>"))).error().code,
        "not_a_statement");
}

TEST(A_file_with_entities, is_refused_before_any_is_expanded) {
    const auto document = R"(<!DOCTYPE Document [<!ENTITY a SYSTEM "file:///etc/passwd">]>)" +
                          file(entry("1.00", details("&a;"))).substr(39);
    EXPECT_EQ(read_statements(document).error().code, "not_a_statement");
}

}  // namespace
}  // namespace kontor::payments::camt
