#pragma once

#include <map>

#include "services/catalog/api.hpp"

namespace kontor::catalog {

/// The category tree while entries are put into it.
class CategoryTree {
public:
    /// `parents_first`: every category, each after the one above it.
    explicit CategoryTree(std::vector<Category> parents_first);

    /// Why `category` cannot stand where it says: below one that is not known, or below itself.
    std::optional<FieldError> fault_of(const Category& category) const;

    /// Makes or replaces a category without fault. False if it was so already.
    bool put(const Category& category);

    struct Place {
        const Category* category = nullptr;
        std::int64_t before = 0;  ///< Its place when the tree was made, from 1; 0 for a new one.
    };
    /// Every category after the one above it, otherwise in the order they were made in. Valid until
    /// the next put.
    std::vector<Place> parents_first() const;

private:
    struct Entry {
        Category category;
        std::size_t made = 0;  ///< Index in codes_.
    };

    std::map<std::string, Entry, std::less<>> entries_;
    std::vector<std::string> codes_;  ///< In the order they were made in.
    std::size_t known_before_ = 0;
};

}  // namespace kontor::catalog
