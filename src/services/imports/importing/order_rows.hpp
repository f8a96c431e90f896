#pragma once

#include <unordered_map>

#include "services/imports/importing/rejects.hpp"
#include "services/imports/importing/rows.hpp"

namespace kontor::importing {

/// The orders of a file whose rows are lines of them, in any order. All are kept until its end,
/// some 250 bytes for each row. An order of which a row is at fault is none.
class OrderBook {
public:
    struct Entry {
        orders::PastOrder order;
        std::int64_t line = 0;  ///< Of the file: its first row.
        bool at_fault = false;
    };

    void add(OrderRow row, std::int64_t line);
    /// A row of the order `number` is at fault.
    void spoil(const std::string& number, std::int64_t line);

    /// In the order of their first rows.
    std::vector<Entry> take();

private:
    Entry& entry(const std::string& number, std::int64_t line);

    std::vector<Entry> entries_;
    std::unordered_map<std::string, std::size_t> by_number_;
};

}  // namespace kontor::importing
