#include "services/discovery/documents.hpp"

#include <gmock/gmock.h>

#include <random>

#include "services/discovery/api.hpp"
#include "services/discovery/index_documents.hpp"
#include "services/discovery/nearest.hpp"
#include "services/discovery/page_program.hpp"

namespace kontor::discovery {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string chosen(const LocalizedText& text, std::string_view wanted,
                   std::span<const std::string_view> market_languages) {
    struct Choose : IgnoreAll {
        explicit Choose(LanguageChoice by) : choice(std::move(by)) {}
        LanguageChoice choice;
        std::string text_chosen;
        void languages(std::string_view table) { choice.use(table); }
        void text(const PackedText& packed) { text_chosen = choice.choose(packed); }
    } choose(LanguageChoice(wanted, market_languages));
    ProgramWriter writer;
    writer.text({{"xx", "another text, with a language that this one may not have"}});
    writer.text(text, TextForm::plain);
    run_program(std::move(writer).finish(), choose);
    return choose.text_chosen;
}

TEST(A_text_in_a_program, is_chosen_as_localized_text_chooses) {
    constexpr std::array<std::string_view, 8> tags{"de", "de-AT", "de-CH", "en",
                                                   "fr", "fr-CH", "it",    "sv"};
    const auto seed = std::random_device{}();
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    for (int round = 0; round < 500; ++round) {
        LocalizedText text;
        for (const auto tag : tags) {
            if (random() % 3 == 0) {
                text.set(tag, tag);
            }
        }
        const std::vector<std::string_view> market{tags[random() % 8], tags[random() % 8]};
        const auto wanted = tags[random() % 8];
        EXPECT_EQ(chosen(text, wanted, market), text.resolve(wanted, market));
    }
}

TEST(A_program, names_its_skus_and_its_category) {
    catalog::Product product{.name = {{"de", "Farbe"}}, .category = "paint"};
    product.variants.resize(2);
    product.variants[0].sku = "a";
    product.variants[1].sku = "b";
    for (const auto& program : {page_program(product), item_program(product)}) {
        EXPECT_THAT(skus_in(program), ElementsAre("a", "b"));
        EXPECT_EQ(category_in(program), "paint");
    }
}

TEST(A_program, that_is_cut_off_is_an_accident) {
    const auto program = page_program({.name = {{"de", "Farbe"}}, .category = "paint"});
    EXPECT_THROW(skus_in(std::string_view(program).substr(0, program.size() - 1)),
                 std::runtime_error);
}

pricing::Price window(std::int64_t cents, std::optional<std::int64_t> from,
                      std::optional<std::int64_t> until) {
    pricing::Price price{.sku = "a", .market = "de", .amount = {cents, Currency("EUR")}};
    price.valid_from = from ? std::optional(Timestamp{*from}) : std::nullopt;
    price.valid_until = until ? std::optional(Timestamp{*until}) : std::nullopt;
    return price;
}

TEST(The_price_of_a_product, is_its_cheapest_variants_at_every_time) {
    const auto cheap = packed_prices({window(500, {}, {})});
    const auto reduced = packed_prices({window(900, {}, {}), window(300, 100, 200)});
    const std::string_view both[] = {cheap, reduced};
    const auto offers = market_offers(both, Timestamp{0});
    ASSERT_EQ(offers.size(), 1);
    EXPECT_THAT(offers[0].windows, ElementsAre(engine::PriceWindow{engine::always, 100, 500},
                                               engine::PriceWindow{100, 200, 300},
                                               engine::PriceWindow{200, engine::forever, 500}));
}

TEST(The_price_of_a_product, forgets_windows_that_have_ended) {
    const auto ended = packed_prices({window(900, 100, 200)});
    const std::string_view one[] = {ended};
    EXPECT_THAT(market_offers(one, Timestamp{200}), IsEmpty());
    EXPECT_EQ(market_offers(one, Timestamp{199}).size(), 1);
}

TEST(Windows, come_out_of_their_packing_as_they_went_in) {
    const std::vector prices{window(900, {}, {}), window(300, 100, 200)};
    std::vector<pricing::Price> out;
    append_windows(packed_prices(prices), "de", out);
    ASSERT_EQ(out.size(), 2);
    EXPECT_EQ(out[1].amount, prices[1].amount);
    EXPECT_EQ(out[1].valid_from, prices[1].valid_from);
    EXPECT_EQ(out[0].valid_until, std::nullopt);
    append_windows(packed_prices(prices), "d", out);
    EXPECT_EQ(out.size(), 2);
}

TEST(A_distance, is_that_of_the_great_circle) {
    EXPECT_NEAR(distance_m({52.5200, 13.4050}, {48.8566, 2.3522}), 877'500, 1'000);  // Paris
    EXPECT_NEAR(distance_m({0, 179.5}, {0, -179.5}), 111'195, 10);
    EXPECT_EQ(distance_m({49, 8}, {49, 8}), 0);
}

TEST(Coordinates_in_a_query, are_read_or_refused_with_an_example) {
    EXPECT_EQ(describe::TextForm<Coordinates>::parse("49.49,8.47"), (Coordinates{49.49, 8.47}));
    for (const auto* wrong : {"", "49.49", "91,8", "8,181", "a,b", "1,2,3", "nan,1"}) {
        EXPECT_FALSE(describe::TextForm<Coordinates>::parse(wrong)) << wrong;
    }
}

TEST(A_price_range_in_a_query, may_be_open_at_one_end) {
    using Form = describe::TextForm<PriceRange>;
    EXPECT_EQ(Form::parse("10..50.5"), (PriceRange{"10", "50.5"}));
    EXPECT_EQ(Form::parse("..50"), (PriceRange{"", "50"}));
    EXPECT_EQ(Form::parse("10.."), (PriceRange{"10", ""}));
    for (const auto* wrong : {"", "..", "10", "a..b", "-1..5", "10...5", "10-50"}) {
        EXPECT_FALSE(Form::parse(wrong)) << wrong;
    }
}

TEST(A_sort_in_a_query, is_written_as_it_is_read) {
    for (const auto* text : {"relevance", "price", "-price", "name", "newest"}) {
        std::string out;
        describe::TextForm<Sort>::append(out, describe::TextForm<Sort>::parse(text).value());
        EXPECT_EQ(out, text);
    }
    EXPECT_FALSE(describe::TextForm<Sort>::parse("cheapest"));
}

}  // namespace
}  // namespace kontor::discovery
