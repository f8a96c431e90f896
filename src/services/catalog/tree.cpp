#include "services/catalog/tree.hpp"

#include <algorithm>

namespace kontor::catalog {

CategoryTree::CategoryTree(std::vector<Category> parents_first) {
    for (auto& category : parents_first) {
        codes_.push_back(category.code);
        auto code = category.code;
        entries_.emplace(std::move(code), Entry{std::move(category), codes_.size() - 1});
    }
    known_before_ = codes_.size();
}

std::optional<FieldError> CategoryTree::fault_of(const Category& category) const {
    std::string path = category.code;
    for (auto above = category.parent; above;
         above = entries_.find(*above)->second.category.parent) {
        if (!entries_.contains(*above)) {
            return FieldError{"/parent", fmt::format("no category {}: give parents first", *above)};
        }
        path = fmt::format("{} > {}", *above, path);
        if (*above == category.code) {
            return FieldError{"/parent",
                              fmt::format("{} would stand below itself: {}", category.code, path)};
        }
    }
    return std::nullopt;
}

bool CategoryTree::put(const Category& category) {
    const auto [entry, is_new] = entries_.try_emplace(category.code);
    if (is_new) {
        entry->second.made = codes_.size();
        codes_.push_back(category.code);
    } else if (to_json(entry->second.category) == to_json(category)) {
        return false;
    }
    entry->second.category = category;
    return true;
}

std::vector<CategoryTree::Place> CategoryTree::parents_first() const {
    std::vector<Place> order;
    std::vector<bool> placed(codes_.size());
    std::vector<const Entry*> path;  // from a category up to the first that has its place
    for (const auto& code : codes_) {
        for (const auto* entry = &entries_.find(code)->second; !placed[entry->made];) {
            path.push_back(entry);
            if (!entry->category.parent) {
                break;
            }
            entry = &entries_.find(*entry->category.parent)->second;
        }
        for (; !path.empty(); path.pop_back()) {
            const auto& entry = *path.back();
            placed[entry.made] = true;
            const bool known = entry.made < known_before_;
            order.push_back(
                {&entry.category, known ? static_cast<std::int64_t>(entry.made) + 1 : 0});
        }
    }
    return order;
}

}  // namespace kontor::catalog
