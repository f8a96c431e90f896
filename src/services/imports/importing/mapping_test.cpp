#include "services/imports/importing/mapping.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "services/imports/importing/rows.hpp"
#include "support/repository.hpp"
#include "support/temporary_folder.hpp"

namespace kontor::importing {

namespace {

JsonFields row_of(std::string_view json) {
    return JsonFields(json::Document::parse(json).value());
}

std::string filled(std::string_view pattern, std::string_view row, const ValueTables& tables = {}) {
    const auto fields = row_of(row);
    const auto text = Pattern::parse(pattern).value().fill({fields, nullptr, tables});
    return text ? text->value_or("(nothing)")
                : fmt::format("{} {}: {}", text.error().field, text.error().value,
                              text.error().reason);
}

class MappingFile {
public:
    explicit MappingFile(std::string_view text) : path(folder_.path() / "mapping.toml") {
        std::ofstream(path) << text;
    }

private:
    const testing::TemporaryFolder folder_;

public:
    const std::filesystem::path path;
};

Mapping mapping_of(std::string_view text) {
    auto mapping = read_mapping(MappingFile(text).path);
    EXPECT_TRUE(mapping.has_value()) << mapping.error();
    return *std::move(mapping);
}

std::string error_of(std::string_view text) {
    const auto mapping = read_mapping(MappingFile(text).path);
    return mapping ? "none" : mapping.error();
}

Known known() {
    return {.markets = {{"at", Currency("EUR")}, {"ch", Currency("CHF")}},
            .categories = {"drills"},
            .market = "at"};
}

constexpr std::string_view prices_mapping = R"(
    [price]
    sku = "{id}"
    each = "history"
    amount = "{.price}"
    valid_from = "{.date}"
    chained = true
    zero_is_none = true
)";

std::string told(const RowResult<std::vector<pricing::Price>>& prices) {
    if (!prices) {
        return fmt::format("{} {}: {}", prices.error().field, prices.error().value,
                           prices.error().reason);
    }
    std::string text;
    for (const auto& price : *prices) {
        text += fmt::format("{} from {} until {}; ", to_text(price.amount),
                            price.valid_from ? to_text(*price.valid_from).substr(0, 10) : "ever",
                            price.valid_until ? to_text(*price.valid_until).substr(0, 10) : "ever");
    }
    return text;
}

TEST(Pattern, puts_fields_into_its_text) {
    EXPECT_EQ(filled("{a} x {b.c}", R"({"a": 900, "b": {"c": "g"}})"), "900 x g");
    EXPECT_EQ(filled("de", "{}"), "de");
    EXPECT_EQ(filled("{{{a}", R"({"a": 1})"), "{1");
    EXPECT_EQ(filled(" {a} ", R"({"a": "  x "})"), "x");
}

TEST(Pattern, with_a_field_missing_null_or_blank_makes_nothing) {
    EXPECT_EQ(filled("{a} {b}", R"({"a": "x"})"), "(nothing)");
    EXPECT_EQ(filled("{a}", R"({"a": null})"), "(nothing)");
    EXPECT_EQ(filled("{a}", R"({"a": "  "})"), "(nothing)");
}

TEST(Pattern, numbers_are_written_as_the_file_has_them) {
    EXPECT_EQ(filled("{a} {b} {c}", R"({"a": 3.19, "b": 12, "c": 0.1})"), "3.19 12 0.1");
}

TEST(Pattern, a_table_rewrites_values_and_names_what_it_lacks) {
    const ValueTables tables{{"unit", {{"g", "GRM"}}}, {"any", {{"*", "z"}}}};
    EXPECT_EQ(filled("{u|unit}", R"({"u": "g"})", tables), "GRM");
    EXPECT_EQ(filled("{u|any}", R"({"u": "g"})", tables), "z");
    EXPECT_EQ(filled("{u|unit}", R"({"u": "oz"})", tables),
              "u oz: is not in the mapping's table values.unit");
}

TEST(Pattern, that_is_not_closed_is_refused) {
    EXPECT_FALSE(Pattern::parse("{a").has_value());
    EXPECT_FALSE(Pattern::parse("{}").has_value());
    EXPECT_FALSE(Pattern::parse("{a|}").has_value());
}

TEST(MappingFiles, name_the_line_of_what_they_get_wrong) {
    EXPECT_NE(error_of("[product]\nskew = \"{id}\"\n").find(":2: product.skew"), std::string::npos);
    EXPECT_NE(error_of("format = \"xml\"").find("format"), std::string::npos);
    EXPECT_NE(error_of("[price]\nchained = 3\n").find("must be true or false"), std::string::npos);
    EXPECT_NE(error_of("[stock]\nsku = \"{a|b}\"\n").find("there is no table values.b"),
              std::string::npos);
    EXPECT_NE(error_of("[categories.a]\nparent = \"b\"\n[categories.b]\nparent = \"a\"\n")
                  .find("above itself"),
              std::string::npos);
    EXPECT_NE(error_of("[markets.at]\ncurrency = \"EURO\"\n").find("markets.at.currency"),
              std::string::npos);
}

TEST(MappingFiles, put_parents_before_their_children) {
    const auto mapping = mapping_of(R"(
        [categories.a]
        name.de = "A"
        parent = "z"
        [categories.z]
        name.de = "Z"
    )");
    ASSERT_EQ(mapping.categories.size(), 2U);
    EXPECT_EQ(mapping.categories[0].code, "z");
    EXPECT_EQ(mapping.categories[1].name.in("de"), "A");
}

TEST(MappingFiles, of_the_documentation_are_good) {
    for (const auto* name : {"mpreis.toml", "bipa.toml"}) {
        const auto mapping = read_mapping(testing::repository() / "docs/imports" / name);
        ASSERT_TRUE(mapping.has_value()) << mapping.error();
        EXPECT_EQ(mapping->markets.size(), 1U);
        EXPECT_GT(mapping->categories.size(), 80U);
    }
}

/// The block of docs/imports.md that begins with `first`, without its indent.
std::string example_beginning(std::string_view first) {
    std::ifstream manual(testing::repository() / "docs/imports.md");
    std::string example;
    for (std::string line; std::getline(manual, line);) {
        const bool indented = line.starts_with("    ");
        if (indented && (!example.empty() || line.substr(4) == first)) {
            example += line.substr(4) + "\n";
        } else if (!example.empty() && !line.empty()) {
            break;
        }
    }
    return example;
}

TEST(MappingFiles, the_example_of_the_manual_is_good) {
    const auto mapping = mapping_of(example_beginning("format = \"csv\""));
    EXPECT_EQ(mapping.csv.delimiter, ';');
    EXPECT_EQ(mapping.categories.size(), 2U);
    const CsvFields::Columns columns{{"Artikel", 0},     {"Hersteller", 1}, {"Bezeichnung", 2},
                                     {"Warengruppe", 3}, {"Inhalt", 4},     {"Einheit", 5},
                                     {"Spannung", 6},    {"Preis", 7}};
    const auto row =
        product_of(mapping, known(),
                   CsvFields(columns, {"1", "Bosch", "X", "0815", "1,5", "ml", "18", "9,99"}));
    ASSERT_TRUE(row.has_value()) << row.error().reason;
    EXPECT_EQ(to_text(*row->draft.variants.at(0).content), "1.5 MLT");
    EXPECT_EQ(to_text(row->prices.at(0).amount), "9.99 EUR");
}

TEST(MappedProducts, carry_name_category_content_and_attributes) {
    const auto mapping = mapping_of(R"(
        decimal = ","
        [product]
        sku = "{id}"
        name.de = "{maker} {name}"
        category = "drills"
        content = "{n} {u|unit}"
        attributes.voltage.number = "{volt}"
        attributes.voltage.unit = "V"
        attributes.voltage.label.de = "Spannung"
        [values.unit]
        g = "GRM"
    )");
    const auto row = product_of(
        mapping, known(),
        row_of(R"({"id": 7, "maker": "Bosch", "name": "X", "n": "2,5", "u": "g", "volt": 18})"));
    ASSERT_TRUE(row.has_value()) << row.error().reason;
    EXPECT_EQ(row->draft.code, "7");
    EXPECT_EQ(row->draft.name.in("de"), "Bosch X");
    EXPECT_EQ(to_text(*row->draft.variants.at(0).content), "2.5 GRM");
    EXPECT_EQ(to_text(*row->draft.attributes.at(0).number), "18");
    EXPECT_EQ(row->draft.attributes.at(0).label->in("de"), "Spannung");
}

TEST(MappedProducts, at_fault_name_the_field_of_the_file) {
    const auto mapping = mapping_of(R"(
        [product]
        sku = "{id}"
        name.de = "{name}"
        category = "{group}"
        content = "{n} GRM"
    )");
    const auto fault = [&](std::string_view json) {
        const auto row = product_of(mapping, known(), row_of(json));
        return row ? "none" : row.error().field + ": " + row.error().reason;
    };
    EXPECT_EQ(fault(R"({"id": 1, "name": "a", "group": "drills"})"), "none");
    EXPECT_EQ(fault(R"({"name": "a", "group": "drills"})"), "id: sku and code are missing");
    EXPECT_EQ(fault(R"({"id": 1, "name": "a"})"), "group: category is missing");
    EXPECT_EQ(fault(R"({"id": 1, "name": "a", "group": "saws"})"),
              "category: there is no such category: make it first");
    EXPECT_EQ(fault(R"({"id": 1, "name": "a", "group": "drills", "n": 0})"),
              "n: must be more than 0");
    EXPECT_NE(fault(R"({"id": 1, "group": "drills"})"), "none");
}

TEST(MappedPrices, of_a_history_follow_one_another) {
    const auto mapping = mapping_of(prices_mapping);
    EXPECT_EQ(told(prices_of(mapping, known(), row_of(R"({"id": 1, "history": [
                  {"date": "2024-02-11", "price": 3.19}, {"date": "2023-09-13", "price": 0},
                  {"date": "2023-05-26", "price": 2.99}]})"))),
              "2.99 EUR from 2023-05-26 until 2023-09-13; 3.19 EUR from 2024-02-11 until ever; ");
    EXPECT_EQ(told(prices_of(mapping, known(), row_of(R"({"id": 1, "history": []})"))), "");
}

TEST(MappedPrices, at_fault_name_the_field_of_the_file) {
    const auto mapping = mapping_of(prices_mapping);
    const auto with = [&](std::string_view entry) {
        return told(prices_of(mapping, known(),
                              row_of(fmt::format(R"({{"id": 1, "history": [{}]}})", entry))));
    };
    EXPECT_TRUE(with(R"({"price": 3.199})").starts_with("price 3.199: "));
    EXPECT_TRUE(with(R"({"price": "x"})").starts_with("price x: "));
    EXPECT_TRUE(with("{}").starts_with("price : amount is missing"));
    EXPECT_TRUE(with(R"({"price": -1})").starts_with("amount -1.00 EUR: "));
    EXPECT_TRUE(with(R"({"price": 1, "date": "yesterday"})").starts_with("date yesterday: "));
    EXPECT_TRUE(with(R"({"price": 1}, {"price": 2})").ends_with("begin together"));
}

TEST(MappedPrices, are_of_a_known_market_and_in_its_currency) {
    const auto mapping = mapping_of(R"(
        [price]
        sku = "{id}"
        market = "{m}"
        currency = "{c}"
        amount = "1"
    )");
    EXPECT_EQ(told(prices_of(mapping, known(), row_of(R"({"id": 1})"))),
              "1.00 EUR from ever until ever; ");
    EXPECT_EQ(told(prices_of(mapping, known(), row_of(R"({"id": 1, "m": "ch"})"))),
              "1.00 CHF from ever until ever; ");
    EXPECT_EQ(told(prices_of(mapping, known(), row_of(R"({"id": 1, "m": "xx"})"))),
              "market xx: there is no such market: make it first");
    EXPECT_EQ(told(prices_of(mapping, known(), row_of(R"({"id": 1, "m": "ch", "c": "EUR"})"))),
              "c EUR: prices of ch are in CHF");
}

TEST(NativeColumns, are_known_by_their_names) {
    EXPECT_TRUE(native_mapping(Kind::stock, {"sku", "location", "on_hand"}).has_value());
    EXPECT_TRUE(native_mapping(Kind::products, {"sku", "category", "name.de"}).has_value());
    EXPECT_EQ(native_mapping(Kind::stock, {"sku", "location"}).error(),
              "column on_hand: is missing; see docs/imports.md, or pass --mapping");
    EXPECT_EQ(native_mapping(Kind::prices, {"sku", "amount", "price"}).error(),
              "column price: is not known; see docs/imports.md, or pass --mapping");
}

}  // namespace

}  // namespace kontor::importing
