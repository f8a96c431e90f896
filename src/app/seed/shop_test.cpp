#include "app/seed/shop.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/seed/families.hpp"

namespace kontor::seed {

namespace {

using testing::AllOf;
using testing::Each;
using testing::Ge;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Le;
using testing::Not;
using testing::SizeIs;

constexpr std::int64_t sample = 2000;

const Shop& shop() {
    static const Shop made(Options{.products = 1'000'000});
    return made;
}

template <class Visit>
void for_each_product(Visit&& visit) {
    for (std::int64_t number = 1; number <= sample; ++number) {
        visit(shop().product(number));
    }
}

std::string text(const Product& product) {
    auto out = fmt::format("{}|{}|{}|{}|{}|{}", product.slug, product.names.front().text,
                           product.descriptions.back().text, product.rank,
                           product.created_at.microseconds, product.brand);
    for (const auto& variant : product.variants) {
        out += fmt::format("\n{}|{}|{}", variant.sku, variant.gtin, variant.picture);
        for (const auto& price : variant.prices) {
            out += fmt::format("|{}:{}", price.market, to_text(price.amount));
        }
    }
    return out;
}

/// FNV-1a (draft-eastlake-fnv), 64 bits.
std::uint64_t fingerprint(const Options& options) {
    const Shop made(options);
    std::uint64_t hash = 0xcbf29ce484222325;
    const auto add = [&](std::string_view bytes) {
        for (const char c : bytes) {
            hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
        }
    };
    for (const auto& location : made.locations()) {
        add(location.address.street + location.address.postal_code);
        add(fmt::format("{:.5f}", location.coordinates.latitude));
    }
    for (std::int64_t number = 1; number <= options.products; ++number) {
        const auto product = made.product(number);
        add(text(product));
        for (const auto& cell : made.stock(product, product.variants.front())) {
            add(fmt::format("{}={}", cell.location, to_text(cell.on_hand)));
        }
    }
    return hash;
}

bool check_digit_fits(std::string_view gtin) {
    int sum = 0;
    for (std::size_t i = 0; i < gtin.size(); ++i) {
        sum += (gtin[i] - '0') * (i % 2 == 0 ? 1 : 3);
    }
    return sum % 10 == 0;
}

const Price* lasting_price(const Variant& variant, std::string_view market) {
    const auto found = std::ranges::find_if(variant.prices, [&](const Price& price) {
        return price.market == market && !price.valid_from && !price.valid_until;
    });
    return found == variant.prices.end() ? nullptr : &*found;
}

const Market& market(std::string_view code) {
    return *std::ranges::find(shop().markets(), code, &Market::code);
}

}  // namespace

TEST(SeededShop, is_the_same_for_the_same_options_on_every_machine) {
    const Options options{.products = 300};
    EXPECT_EQ(fingerprint(options), fingerprint(options));
    // What the first machine made. A change of the generator changes it, knowingly.
    EXPECT_EQ(fingerprint(options), 13404814011213823925ULL)
        << "write down the new one if the change was meant";
}

TEST(SeededShop, is_another_with_another_seed) {
    EXPECT_NE(fingerprint({.products = 50}), fingerprint({.products = 50, .seed = 43}));
}

TEST(SeededShop, makes_a_product_without_those_before_it) {
    const Shop small(Options{.products = 500});
    EXPECT_EQ(text(small.product(500)), text(shop().product(500)));
}

TEST(SeededShop, refuses_options_out_of_range_and_says_the_range) {
    EXPECT_THROW(Shop(Options{.products = 0}), std::invalid_argument);
    EXPECT_THROW(Shop(Options{.markets = 20}), std::invalid_argument);
    try {
        Shop(Options{.stores = 3, .markets = 19});
        FAIL() << "3 stores for 19 markets were accepted";
    } catch (const std::invalid_argument& refusal) {
        EXPECT_THAT(refusal.what(), HasSubstr("stores 3: must be 19 to"));
    }
}

TEST(Products, have_slugs_names_skus_and_gtins_that_no_other_has) {
    std::set<std::string> slugs;
    std::set<std::string> names;
    std::set<std::string> skus;
    std::set<std::string> gtins;
    std::size_t variants = 0;
    for_each_product([&](const Product& product) {
        slugs.insert(product.slug);
        names.insert(product.names.front().text);
        for (const auto& variant : product.variants) {
            skus.insert(variant.sku);
            gtins.insert(variant.gtin);
            ++variants;
        }
    });
    EXPECT_THAT(slugs, SizeIs(sample));
    EXPECT_THAT(names, SizeIs(sample));
    EXPECT_THAT(skus, SizeIs(variants));
    EXPECT_THAT(gtins, SizeIs(variants));
}

TEST(Products, of_a_large_shop_still_have_slugs_of_their_own) {
    std::set<std::string> slugs;
    constexpr std::int64_t step = 97;
    std::size_t seen = 0;
    for (std::int64_t number = 1; number <= shop().options().products; number += step) {
        slugs.insert(shop().product(number).slug);
        ++seen;
    }
    EXPECT_THAT(slugs, SizeIs(seen));
}

TEST(Products, slugs_are_plain_words) {
    for_each_product([](const Product& product) {
        EXPECT_EQ(product.slug.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-"),
                  std::string::npos)
            << product.slug;
    });
}

TEST(Products, carry_gtins_of_the_range_kept_for_inside_a_company) {
    for_each_product([](const Product& product) {
        for (const auto& variant : product.variants) {
            ASSERT_EQ(variant.gtin.size(), 13U) << variant.gtin;
            EXPECT_EQ(variant.gtin.front(), '2') << variant.gtin;
            EXPECT_TRUE(check_digit_fits(variant.gtin)) << variant.gtin;
        }
    });
}

TEST(Products, have_a_lasting_price_in_every_market_and_one_to_six_variants) {
    for_each_product([](const Product& product) {
        EXPECT_THAT(product.variants, SizeIs(AllOf(Ge(1U), Le(6U)))) << product.slug;
        for (const auto& variant : product.variants) {
            for (const auto& sold_in : shop().markets()) {
                const auto* price = lasting_price(variant, sold_in.code);
                ASSERT_NE(price, nullptr) << variant.sku << ' ' << sold_in.code;
                EXPECT_EQ(price->amount.currency, sold_in.currency);
                EXPECT_GT(price->amount.minor_units, 0) << variant.sku << ' ' << sold_in.code;
            }
        }
    });
}

TEST(Products, reference_categories_attributes_and_pictures_that_exist) {
    std::set<std::string_view> parents;
    std::set<std::string_view> leaves;
    for (const auto& category : shop().categories()) {
        leaves.insert(category.code);
        parents.insert(category.parent);
    }
    std::set<std::string_view> attributes;
    for (const auto& definition : shop().attributes()) {
        attributes.insert(definition.name);
    }
    for_each_product([&](const Product& product) {
        EXPECT_TRUE(leaves.contains(product.category)) << product.category;
        EXPECT_FALSE(parents.contains(product.category)) << product.category;
        for (const auto& attribute : product.attributes) {
            EXPECT_TRUE(attributes.contains(attribute.name)) << attribute.name;
        }
        for (const auto& variant : product.variants) {
            EXPECT_TRUE(picture_svg(variant.picture)) << variant.picture;
        }
    });
}

TEST(Products, fill_every_category_at_the_end_of_a_branch) {
    std::set<std::string_view> filled;
    for_each_product([&](const Product& product) { filled.insert(product.category); });
    std::set<std::string_view> parents;
    for (const auto& category : shop().categories()) {
        parents.insert(category.parent);
    }
    for (const auto& category : shop().categories()) {
        EXPECT_TRUE(filled.contains(category.code) || parents.contains(category.code))
            << category.code;
    }
}

TEST(Products, some_were_some_are_and_some_will_be_on_sale_below_their_lasting_price) {
    std::map<std::string_view, int> sales;
    const auto today = shop().options().today;
    for_each_product([&](const Product& product) {
        for (const auto& price : product.variants.front().prices) {
            if (price.valid_from) {
                const auto* lasting = lasting_price(product.variants.front(), price.market);
                EXPECT_LT(price.amount, lasting->amount) << product.slug;
                EXPECT_LT(*price.valid_from, *price.valid_until);
                ++sales[*price.valid_until <= today ? "was"
                        : *price.valid_from > today ? "will be"
                                                    : "is"];
            }
        }
    });
    EXPECT_GT(sales["was"], 100);
    EXPECT_GT(sales["is"], 100);
    EXPECT_GT(sales["will be"], 50);
}

TEST(Products, sold_by_the_metre_can_be_cut_in_steps_of_five_centimetres) {
    bool found = false;
    for_each_product([&](const Product& product) {
        if (product.family == "nym-cable") {
            const auto& variant = product.variants.front();
            EXPECT_EQ(variant.sales_unit, units::metre);
            EXPECT_EQ(to_text(variant.step), "0.05");
            EXPECT_TRUE(variant.minimum.is_multiple_of(variant.step));
            found = true;
        }
    });
    EXPECT_TRUE(found);
}

TEST(Products, by_volume_state_what_a_tin_holds) {
    bool found = false;
    for_each_product([&](const Product& product) {
        if (product.family == "wall-paint") {
            EXPECT_EQ(to_text(product.variants[1].content), "2.5 LTR");
            found = true;
        }
    });
    EXPECT_TRUE(found);
}

TEST(Products, are_of_more_than_seventy_families_each_with_its_own_name) {
    std::set<std::string_view> codes;
    std::set<std::string_view> names;
    for (const auto& department : {tool_families(), garden_families(), interior_families(),
                                   building_families(), technical_families()}) {
        for (const auto& family : department) {
            codes.insert(family.code);
            names.insert(family.name_de);
        }
    }
    EXPECT_GT(codes.size(), 70U);
    EXPECT_EQ(codes.size(), names.size());
}

TEST(Categories, name_a_parent_that_stands_before_them) {
    std::set<std::string_view> seen{""};
    for (const auto& category : shop().categories()) {
        EXPECT_TRUE(seen.contains(category.parent)) << category.code;
        EXPECT_TRUE(seen.insert(category.code).second) << category.code;
        EXPECT_THAT(category.names, SizeIs(7)) << category.code;
    }
    EXPECT_THAT(shop().categories(), SizeIs(AllOf(Ge(80U), Le(120U))));
}

TEST(Markets, know_the_tax_of_the_day) {
    using std::chrono::year;
    const auto& finland = market("fi").tax_classes.front();
    EXPECT_EQ(finland.code, "standard");
    EXPECT_EQ(finland.rates.back().rate.value, 2550);
    EXPECT_EQ(finland.rates.back().valid_from, year(2024) / 9 / 1);
    const auto& germany = market("de").tax_classes.front().rates;
    EXPECT_EQ(germany[1].rate.value, 1600);
    EXPECT_EQ(germany[1].valid_from, year(2020) / 7 / 1);
}

TEST(Markets, list_their_tax_rates_in_the_order_of_time) {
    for (const auto& each : shop().markets()) {
        ASSERT_THAT(each.tax_classes, SizeIs(2));
        for (const auto& tax_class : each.tax_classes) {
            ASSERT_THAT(tax_class.rates, Not(IsEmpty()));
            EXPECT_TRUE(std::ranges::is_sorted(tax_class.rates, {}, &TaxRate::valid_from))
                << each.code;
            EXPECT_TRUE(std::ranges::all_of(tax_class.rates, [](const TaxRate& rate) {
                return rate.valid_from.ok() && rate.rate.value > 0;
            })) << each.code;
        }
    }
}

TEST(Locations, are_as_many_stores_as_asked_with_one_in_every_market) {
    std::map<std::string_view, int> stores;
    std::set<std::string> names;
    for (const auto& location : shop().locations()) {
        if (location.kind == LocationKind::store) {
            ++stores[location.market];
            EXPECT_TRUE(names.insert(location.name).second) << location.name;
            EXPECT_THAT(location.serves_online, IsEmpty());
        }
    }
    EXPECT_THAT(names, SizeIs(270));
    EXPECT_THAT(stores, SizeIs(19));
}

TEST(Locations, serve_each_market_online_from_exactly_one_warehouse) {
    std::map<std::string_view, int> warehouses;
    for (const auto& location : shop().locations()) {
        for (const auto served : location.serves_online) {
            ++warehouses[served];
        }
    }
    EXPECT_THAT(warehouses, SizeIs(19));
    EXPECT_THAT(warehouses,
                Each(testing::Field(&std::pair<const std::string_view, int>::second, 1)));
}

TEST(Locations, lie_in_europe) {
    for (const auto& location : shop().locations()) {
        EXPECT_THAT(location.coordinates.latitude, AllOf(Ge(36.0), Le(70.0))) << location.name;
        EXPECT_THAT(location.coordinates.longitude, AllOf(Ge(-22.2), Le(26.0))) << location.name;
    }
}

TEST(Stock, lies_at_as_many_places_as_asked_every_online_warehouse_among_them) {
    const auto product = shop().product(7);
    const auto cells = shop().stock(product, product.variants.front());
    EXPECT_THAT(cells, SizeIs(80));
    std::set<std::string_view> places;
    for (const auto& cell : cells) {
        EXPECT_TRUE(places.insert(cell.location).second) << cell.location;
        EXPECT_GE(cell.on_hand, Quantity{});
    }
    for (const auto& location : shop().locations()) {
        EXPECT_TRUE(location.kind == LocationKind::store || places.contains(location.code));
    }
}

TEST(Stock, is_sold_out_here_and_there_and_plenty_in_few_places) {
    std::vector<Quantity> amounts;
    for (std::int64_t number = 1; number <= 100; ++number) {
        const auto product = shop().product(number);
        for (const auto& cell : shop().stock(product, product.variants.front())) {
            amounts.push_back(cell.on_hand);
        }
    }
    const auto share = [&](auto holds) {
        return static_cast<double>(std::ranges::count_if(amounts, holds)) /
               static_cast<double>(amounts.size());
    };
    EXPECT_THAT(share([](Quantity q) { return q == Quantity{}; }), AllOf(Ge(0.1), Le(0.6)));
    EXPECT_THAT(share([](Quantity q) { return q > Quantity::of(100); }), AllOf(Ge(0.005), Le(0.2)));
}

TEST(Pictures, are_drawn_in_the_asked_colour_and_differ_by_it) {
    const auto red = picture_svg("cordless-drill-c8372d");
    ASSERT_TRUE(red);
    EXPECT_THAT(*red, HasSubstr("#c8372d"));
    EXPECT_THAT(*red, Not(HasSubstr("$")));
    EXPECT_NE(red, picture_svg("cordless-drill-2f6fb5"));
}

TEST(Pictures, of_unknown_names_do_not_exist) {
    EXPECT_FALSE(picture_svg("no-such-thing-c8372d"));
    EXPECT_FALSE(picture_svg("cordless-drill-red"));
    EXPECT_FALSE(picture_svg("cordless-drill-C8372D"));
    EXPECT_FALSE(picture_svg(""));
}

}  // namespace kontor::seed
