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

    static constexpr auto describe() {
        return described<StockCount>(
            "What lies in one place, as it was counted.",
            field<&StockCount::sku>("What is sold.", {.min_length = 1, .max_length = 64}),
            field<&StockCount::location>("Id of the store or warehouse.",
                                         {.min_length = 1, .max_length = 64}),
            field<&StockCount::on_hand>("0 or more, reserved and allocated ones included."),
            field<&StockCount::safety>("Kept back from now on; as before where missing."));
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
