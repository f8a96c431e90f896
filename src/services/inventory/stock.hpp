#pragma once

#include "platform/describe/describe.hpp"
#include "platform/describe/values.hpp"

/// What the contract (api.hpp) says about stock: counters, counts, feeds.
namespace kontor::inventory {

/// The counters of a SKU in one place, in sales units.
/// available = on_hand - reserved - allocated - safety, and below zero after a count that found
/// less than was promised.
struct StockCell {
    std::string location;
    Quantity on_hand;
    Quantity reserved;
    Quantity allocated;
    Quantity safety;
    Quantity available;

    static constexpr auto describe() {
        return described<StockCell>("The counters of a SKU in one place.",
                                    field<&StockCell::location>("Id of the store or warehouse."),
                                    field<&StockCell::on_hand>("Lies there."),
                                    field<&StockCell::reserved>("Claimed for a while."),
                                    field<&StockCell::allocated>("Belongs to orders."),
                                    field<&StockCell::safety>("Kept back."),
                                    field<&StockCell::available>("What may still be reserved."));
    }
};

/// The same with what the place is for.
struct StockLevel {
    std::string location;
    Quantity on_hand;
    Quantity reserved;
    Quantity allocated;
    Quantity safety;
    Quantity available;
    bool serves_online = false;

    static constexpr auto describe() {
        return described<StockLevel>(
            "The counters of a SKU in one place, and whether it serves online orders.",
            field<&StockLevel::location>("Id of the store or warehouse."),
            field<&StockLevel::on_hand>("Lies there."),
            field<&StockLevel::reserved>("Claimed for a while."),
            field<&StockLevel::allocated>("Belongs to orders."),
            field<&StockLevel::safety>("Kept back."),
            field<&StockLevel::available>("on_hand - reserved - allocated - safety."),
            field<&StockLevel::serves_online>("Whether any market's online orders are served "
                                              "from there."));
    }
};

/// What somebody counted.
struct StockCount {
    std::string sku;
    std::string location;
    Quantity on_hand;
    std::optional<Quantity> safety;
    std::optional<std::int64_t> sequence{};

    static constexpr auto describe() {
        return described<StockCount>(
            "What lies in one place, as it was counted.",
            field<&StockCount::sku>("What is sold.", {.min_length = 1, .max_length = 64}),
            field<&StockCount::location>("Id of the store or warehouse.",
                                         {.min_length = 1, .max_length = 64}),
            field<&StockCount::on_hand>("0 or more, reserved and allocated ones included."),
            field<&StockCount::safety>("Kept back from now on; as before where missing."),
            field<&StockCount::sequence>(
                "The feed's number of this count. One that is not above the "
                "last number of its SKU and place comes late and is "
                "ignored. Without a number it is always taken.",
                {.min = 1}));
    }
};

struct PutStock {
    std::vector<StockCount> counts;
    static constexpr auto describe() {
        return described<PutStock>(
            "Sets what lies where.",
            field<&PutStock::counts>("1 to 10,000.", {.min_length = 1, .max_length = 10'000}));
    }
};

struct SetStock {
    std::string sku;
    std::string location;
    Quantity on_hand;
    std::optional<Quantity> safety;

    static constexpr auto describe() {
        return described<SetStock>(
            "Sets what lies in one place.",
            field<&SetStock::sku>("What is sold.", {.min_length = 1, .max_length = 64}),
            field<&SetStock::location>("Id of the store or warehouse.",
                                       {.min_length = 1, .max_length = 64}),
            field<&SetStock::on_hand>("0 or more, reserved and allocated ones included.",
                                      {.example = "\"100\""}),
            field<&SetStock::safety>("Kept back from now on; as before where missing."));
    }
};

/// Goods that came or went, as a feed tells it.
struct StockAdjustment {
    std::string id;
    std::string sku;
    std::string location;
    Quantity change;

    static constexpr auto describe() {
        return described<StockAdjustment>(
            "Goods that came to a place, or went.",
            field<&StockAdjustment::id>(
                "The feed's own key of it, unique for ever: it happens once.",
                {.min_length = 1, .max_length = 64}),
            field<&StockAdjustment::sku>("What is sold.", {.min_length = 1, .max_length = 64}),
            field<&StockAdjustment::location>("Id of the store or warehouse.",
                                              {.min_length = 1, .max_length = 64}),
            field<&StockAdjustment::change>("Added to on_hand; below 0 where goods went.",
                                            {.example = "\"-2\""}));
    }
};

struct AdjustStock {
    std::vector<StockAdjustment> adjustments;
    static constexpr auto describe() {
        return described<AdjustStock>("Adds to what lies where.",
                                      field<&AdjustStock::adjustments>(
                                          "1 to 10,000.", {.min_length = 1, .max_length = 10'000}));
    }
};

/// How much more of a SKU may be promised than lies there.
struct StockPolicy {
    std::string sku;
    Quantity backorder_limit{};
    Quantity preorder_limit{};
    std::optional<Timestamp> preorder_until{};

    static constexpr auto describe() {
        return described<StockPolicy>(
            "How much more of a SKU may be promised than is available, in each place.",
            field<&StockPolicy::sku>("What is sold.", {.min_length = 1, .max_length = 64}),
            field<&StockPolicy::backorder_limit>("At any time; 0: nothing.", {.optional = true}),
            field<&StockPolicy::preorder_limit>("Until `preorder_until`, where that is more.",
                                                {.optional = true}),
            field<&StockPolicy::preorder_until>("When pre-ordering ends; never begun where "
                                                "missing."));
    }
};

struct PutPolicies {
    std::vector<StockPolicy> policies;
    static constexpr auto describe() {
        return described<PutPolicies>(
            "Sets how much more than is available may be promised.",
            field<&PutPolicies::policies>("1 to 1,000.", {.min_length = 1, .max_length = 1'000}));
    }
};

struct KitPart {
    std::string sku;
    Quantity quantity;
    static constexpr auto describe() {
        return described<KitPart>(
            "What one unit of a kit takes.",
            field<&KitPart::sku>("Of the part.", {.min_length = 1, .max_length = 64}),
            field<&KitPart::quantity>("In the part's sales units, more than 0."));
    }
};

/// A SKU that lies nowhere itself: who reserves it reserves its parts, all in one place.
struct Kit {
    std::string sku;
    std::vector<KitPart> parts;
    static constexpr auto describe() {
        return described<Kit>(
            "A SKU that is made of others.",
            field<&Kit::sku>("Of the kit.", {.min_length = 1, .max_length = 64}),
            field<&Kit::parts>("Distinct SKUs, no kits; with none it is a kit no longer.",
                               {.max_length = 50}));
    }
};

struct PutKits {
    std::vector<Kit> kits;
    static constexpr auto describe() {
        return described<PutKits>(
            "Sets what kits are made of.",
            field<&PutKits::kits>("1 to 1,000.", {.min_length = 1, .max_length = 1'000}));
    }
};

struct RestockedLine {
    std::string sku;
    Quantity quantity;
    std::string location;
    static constexpr auto describe() {
        return described<RestockedLine>(
            "Goods that came back.",
            field<&RestockedLine::sku>("What is sold.", {.min_length = 1, .max_length = 64}),
            field<&RestockedLine::quantity>("In sales units, more than 0."),
            field<&RestockedLine::location>("Id of the store or warehouse that has them now.",
                                            {.min_length = 1, .max_length = 64}));
    }
};

struct RestockGoods {
    std::string key;
    std::vector<RestockedLine> lines;
    static constexpr auto describe() {
        return described<RestockGoods>(
            "Puts returned goods on the shelf again.",
            field<&RestockGoods::key>("The caller's own key of it; unique for ever.",
                                      {.min_length = 1, .max_length = 64}),
            field<&RestockGoods::lines>("1 to 1,000.", {.min_length = 1, .max_length = 1'000}));
    }
};

struct StockOf {
    std::string sku;
    static constexpr auto describe() {
        return described<StockOf>(
            "Asks where a SKU lies.",
            field<&StockOf::sku>("What is sold.", {.min_length = 1, .max_length = 64}));
    }
};

struct StockLevels {
    std::string sku;
    std::vector<StockLevel> items;
    static constexpr auto describe() {
        return described<StockLevels>("Where a SKU lies.",
                                      field<&StockLevels::sku>("What is sold."),
                                      field<&StockLevels::items>("By location."));
    }
};

struct ListStock {
    std::int64_t limit = 200;
    std::optional<std::string> cursor;
    static constexpr auto describe() {
        return described<ListStock>(
            "One page of all stock.",
            field<&ListStock::limit>("SKUs on the page.",
                                     {.min = 1, .max = 1'000, .optional = true}),
            field<&ListStock::cursor>("`next` of the page before.", {.max_length = 64}));
    }
};

struct SkuStock {
    std::string sku;
    std::vector<StockCell> cells;
    static constexpr auto describe() {
        return described<SkuStock>("A SKU with all its stock.",
                                   field<&SkuStock::sku>("What is sold."),
                                   field<&SkuStock::cells>("By location."));
    }
};

struct StockPage {
    std::vector<SkuStock> items;
    std::optional<std::string> next;
    std::int64_t position = 0;
    static constexpr auto describe() {
        return described<StockPage>(
            "A page of SKUs with their stock, by SKU.", field<&StockPage::items>("The SKUs."),
            field<&StockPage::next>("Cursor of the next page; absent on the last."),
            field<&StockPage::position>("Event log position that this is at least as new as."));
    }
};

}  // namespace kontor::inventory
