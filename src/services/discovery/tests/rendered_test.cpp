#include "services/discovery/rendered.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace kontor::discovery {
namespace {

constexpr Timestamp never{INT64_MAX};
constexpr std::size_t small = std::size_t{1} << 20;

std::shared_ptr<const std::string> text(std::string of) {
    return std::make_shared<const std::string>(std::move(of));
}

RenderedKey page_of(std::uint64_t product) {
    return {.product = product, .locale = "de"};
}

TEST(Rendered, what_was_kept_is_found_until_its_product_changes) {
    Rendered rendered(small);
    rendered.keep(page_of(7), text("seven"), never, rendered.changes());
    ASSERT_TRUE(rendered.find(page_of(7), {}));
    rendered.forget({{8, Touched::stock}});
    EXPECT_EQ("seven", *rendered.find(page_of(7), {}));
    rendered.forget({{7, Touched::stock}});
    EXPECT_FALSE(rendered.find(page_of(7), {}));
}

TEST(Rendered, what_was_read_before_a_change_and_kept_after_it_is_not_found) {
    Rendered rendered(small);
    const auto before = rendered.changes();
    rendered.forget({{7, Touched::offers}});
    rendered.keep(page_of(7), text("old"), never, before);
    EXPECT_FALSE(rendered.find(page_of(7), {}));
    rendered.keep(page_of(7), text("new"), never, rendered.changes());
    EXPECT_EQ("new", *rendered.find(page_of(7), {}));
}

TEST(Rendered, it_ends_when_its_price_does) {
    Rendered rendered(small);
    rendered.keep(page_of(7), text("reduced"), Timestamp{1'000}, rendered.changes());
    EXPECT_TRUE(rendered.find(page_of(7), Timestamp{999}));
    EXPECT_FALSE(rendered.find(page_of(7), Timestamp{1'000}));
}

TEST(Rendered, markets_languages_fragments_and_worlds_do_not_mix) {
    Rendered rendered(small);
    rendered.keep(page_of(7), text("seven"), never, rendered.changes());
    const auto other = [](auto change) {
        auto key = page_of(7);
        change(key);
        return key;
    };
    EXPECT_FALSE(rendered.find(other([](auto& key) { key.market = 1; }), {}));
    EXPECT_FALSE(rendered.find(other([](auto& key) { key.locale = "en"; }), {}));
    EXPECT_FALSE(rendered.find(other([](auto& key) { key.fragment = Fragment::item; }), {}));
    EXPECT_FALSE(rendered.find(other([](auto& key) { key.world = 1; }), {}));
}

TEST(Rendered, what_is_read_stays_and_what_is_not_goes_when_room_ends) {
    Rendered rendered(small);
    rendered.keep(page_of(0), text("read"), never, 0);
    for (std::uint64_t product = 1; product <= 3'000; ++product) {
        rendered.keep(page_of(product), text(std::string(1'000, 'x')), never, 0);
        ASSERT_TRUE(rendered.find(page_of(0), {})) << product;
    }
    EXPECT_FALSE(rendered.find(page_of(1), {}));
    EXPECT_TRUE(rendered.find(page_of(3'000), {}));
}

TEST(Rendered, a_reader_never_finds_what_it_could_know_to_be_old) {
    Rendered rendered(small);
    std::atomic<std::uint64_t> document{0};
    std::jthread writer([&](const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            ++document;
            rendered.forget({{7, Touched::product}});
        }
    });
    for (int i = 0; i < 20'000; ++i) {
        const auto changes = rendered.changes();
        const auto found = rendered.find(page_of(7), {});
        if (found) {
            // `changes` is counted after the document: the text shows at least so many.
            ASSERT_GE(std::stoull(*found), changes);
        } else {
            rendered.keep(page_of(7), text(std::to_string(document.load())), never, changes);
        }
    }
}

}  // namespace
}  // namespace kontor::discovery
