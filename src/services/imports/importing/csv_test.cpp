#include "services/imports/importing/csv.hpp"

#include <gtest/gtest.h>

#include <fmt/format.h>

#include "base/random.hpp"
#include "services/imports/importing/lines.hpp"
#include "services/imports/importing/tests/text_bytes.hpp"

namespace kontor::importing {

namespace {

using Rows = std::vector<std::vector<std::string>>;

struct Read {
    Rows rows;
    std::vector<std::optional<std::string>> faults;
    std::optional<FileFault> fault;
    bool line_break = true;
};

Read read_csv(std::string text, std::size_t piece = 7, CsvOptions options = {}) {
    TextBytes bytes(std::move(text), piece);
    CsvReader reader(bytes, options);
    Read read;
    CsvRecord record;
    for (;;) {
        const auto more = reader.next(record);
        if (!more) {
            read.fault = more.error();
            return read;
        }
        if (!*more) {
            return read;
        }
        read.rows.push_back(record.fields);
        read.faults.push_back(record.fault);
        read.line_break = record.line_break;
    }
}

std::string fault_of(const Read& read) {
    return read.fault ? to_text(*read.fault) : "none";
}

TEST(Csv, fields_are_parted_by_commas_and_records_by_line_breaks) {
    const Rows expected{{"a", "b", "c"}, {"1", "", "3"}};
    EXPECT_EQ(read_csv("a,b,c\r\n1,,3\r\n").rows, expected);
    EXPECT_EQ(read_csv("a,b,c\n1,,3\n").rows, expected);
}

TEST(Csv, a_quoted_field_holds_delimiters_line_breaks_and_doubled_quotes) {
    const auto read = read_csv("\"a,b\",\"two\r\nlines\",\"19\"\" rack\",\"\"\n");
    EXPECT_EQ(read.rows, (Rows{{"a,b", "two\r\nlines", "19\" rack", ""}}));
}

TEST(Csv, the_last_record_needs_no_line_break_and_tells) {
    EXPECT_EQ(read_csv("a,b").rows, (Rows{{"a", "b"}}));
    EXPECT_FALSE(read_csv("a,b").line_break);
    EXPECT_TRUE(read_csv("a,b\n").line_break);
    EXPECT_EQ(read_csv("a,").rows, (Rows{{"a", ""}}));
    EXPECT_EQ(read_csv("\"a\"").rows, (Rows{{"a"}}));
}

TEST(Csv, an_empty_file_has_no_records_and_empty_lines_are_passed_over) {
    EXPECT_TRUE(read_csv("").rows.empty());
    EXPECT_TRUE(read_csv("\xEF\xBB\xBF").rows.empty());
    EXPECT_EQ(read_csv("\n\r\na\n\n\nb\n\n").rows, (Rows{{"a"}, {"b"}}));
    EXPECT_EQ(read_csv("\"\"\n").rows, (Rows{{""}}));
}

TEST(Csv, a_byte_order_mark_is_left_out) {
    EXPECT_EQ(read_csv("\xEF\xBB\xBFsku\n1\n", 1).rows, (Rows{{"sku"}, {"1"}}));
}

TEST(Csv, a_record_knows_the_line_on_which_it_begins) {
    TextBytes bytes("a\n\"b\nb\"\n\nc\n", 3);
    CsvReader reader(bytes);
    CsvRecord record;
    std::vector<std::int64_t> lines;
    while (reader.next(record).value()) {
        lines.push_back(record.line);
    }
    EXPECT_EQ(lines, (std::vector<std::int64_t>{1, 2, 5}));
}

TEST(Csv, quotes_in_wrong_places_are_a_fault_of_their_record_only) {
    const auto read = read_csv("a,19\" rack\nb,\"x\"y\nc,d\n");
    ASSERT_EQ(read.faults.size(), 3U);
    EXPECT_NE(read.faults[0], std::nullopt);
    EXPECT_NE(read.faults[1], std::nullopt);
    EXPECT_EQ(read.faults[2], std::nullopt);
    EXPECT_EQ(read.rows[2], (std::vector<std::string>{"c", "d"}));
}

TEST(Csv, a_file_that_ends_inside_quotes_is_cut_short) {
    EXPECT_EQ(fault_of(read_csv("a,b\n1,\"two\nthree")),
              "line 3, byte 16: the file ends inside the quoted field that begins on line 2: it is "
              "cut short, or a quote is not closed");
}

TEST(Csv, a_carriage_return_alone_is_a_fault) {
    EXPECT_TRUE(read_csv("a\rb\n").fault.has_value());
    EXPECT_EQ(read_csv("a,b\r").rows, (Rows{{"a", "b"}}));
}

TEST(Csv, a_record_over_the_limit_is_a_fault_and_takes_no_more_memory) {
    const auto read = read_csv("a,\"" + std::string(5'000, 'x'), 64, {.record_bytes_max = 1'000});
    ASSERT_TRUE(read.fault);
    EXPECT_NE(read.fault->reason.find("is a quote not closed?"), std::string::npos);
}

TEST(Csv, another_delimiter_can_be_chosen) {
    EXPECT_EQ(read_csv("a;b,c\n", 7, {.delimiter = ';'}).rows, (Rows{{"a", "b,c"}}));
}

TEST(Csv, what_is_written_reads_as_the_same_whatever_the_pieces) {
    constexpr std::uint64_t seed = 20'261'123;
    SCOPED_TRACE(seed);
    SeededRandom random(seed);
    const std::vector<std::string> pieces{"a", "ä", "\"", ",", "\r\n", "\n",  "\r",
                                          " ", "€", "😀", ";", "x y",  "\"\""};
    for (int round = 0; round < 300; ++round) {
        Rows rows(1 + random.below(6));
        const auto columns = 1 + random.below(5);
        std::string text = round % 2 == 0 ? "\xEF\xBB\xBF" : "";
        for (auto& row : rows) {
            for (std::size_t column = 0; column < columns; ++column) {
                auto& field = row.emplace_back();
                for (auto length = random.below(6); length > 0; --length) {
                    field += pieces[random.below(pieces.size())];
                }
                text += column == 0 ? "" : ",";
                append_csv(text, field);
            }
            text += round % 3 == 0 ? "\n" : "\r\n";
        }
        const auto read = read_csv(text, 1 + random.below(40));
        ASSERT_EQ(fault_of(read), "none") << text;
        ASSERT_EQ(read.rows, rows) << text;
    }
}

TEST(Csv, no_damage_to_a_file_makes_the_reader_do_worse_than_answer) {
    constexpr std::uint64_t seed = 4'711;
    SCOPED_TRACE(seed);
    SeededRandom random(seed);
    const std::string whole = "sku,name\r\n1,\"Säge, groß\"\r\n2,\"19\"\" rack\"\r\n3,Öl\r\n";
    for (int round = 0; round < 2'000; ++round) {
        auto text = whole.substr(0, random.below(whole.size() + 1));
        for (auto changes = random.below(4); changes > 0 && !text.empty(); --changes) {
            text[random.below(text.size())] = static_cast<char>(random.below(256));
        }
        const auto read = read_csv(text, 1 + random.below(20), {.record_bytes_max = 60});
        EXPECT_LE(read.rows.size(), text.size());
        if (read.fault) {
            EXPECT_LE(read.fault->byte, static_cast<std::int64_t>(text.size()));
            EXPECT_FALSE(read.fault->reason.empty());
        }
    }
}

TEST(Text, a_nul_byte_says_where_and_that_this_is_no_text) {
    EXPECT_EQ(fault_of(read_csv(std::string("a,b\nc\0d\n", 8))),
              "line 2, byte 5: has a NUL byte: this is not a text file");
}

TEST(Text, another_encoding_says_where_and_what_to_do) {
    const auto latin1 = fault_of(read_csv("name\nS\xE4ge\n"));
    EXPECT_TRUE(latin1.starts_with("line 2, byte 6: byte 0xE4 is not UTF-8 here")) << latin1;
    EXPECT_TRUE(fault_of(read_csv(std::string("\xFF\xFEs\0", 4)))
                    .ends_with("is UTF-16: convert it to UTF-8"));
}

TEST(Text, only_well_formed_utf8_passes) {
    for (const auto* good : {"\x7F", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF",
                             "\xEE\x80\x80", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"}) {
        EXPECT_EQ(read_csv(good, 1).rows, (Rows{{good}}));
    }
    for (const auto* bad :
         {"\x80", "\xC0\xAF", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF",
          "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "\xC3(", "\xE2\x82", "\xF0\x9F\x98"}) {
        EXPECT_TRUE(read_csv(bad, 1).fault.has_value());
    }
}

TEST(Lines, come_one_by_one_with_their_numbers) {
    TextBytes bytes("one\r\n\ntwo\nthree", 4);
    LineReader reader(bytes);
    Line line;
    std::vector<std::string> seen;
    while (reader.next(line).value()) {
        seen.push_back(fmt::format("{} {} {}", line.number, line.text, line.line_break));
    }
    EXPECT_EQ(seen, (std::vector<std::string>{"1 one true", "3 two true", "4 three false"}));
}

TEST(Lines, one_without_end_is_a_fault) {
    TextBytes bytes(std::string(LineReader::line_bytes_max + 1, 'x'), 50'000);
    LineReader reader(bytes);
    Line line;
    const auto read = reader.next(line);
    ASSERT_FALSE(read.has_value());
    EXPECT_EQ(read.error().line, 1);
}

}  // namespace

}  // namespace kontor::importing
