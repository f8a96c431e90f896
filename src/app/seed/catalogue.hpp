#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "app/seed/families.hpp"
#include "app/seed/shop.hpp"
#include "base/random.hpp"

namespace kontor::seed {

/// One attribute of a family and what it may be: a list of values or a range of numbers.
class Spec {
public:
    /// `voltage*=12|18` or `weight=1.1..1.9/0.1`; the star shows it in the product's name.
    Spec(std::string_view text, const std::vector<AttributeDefinition>& definitions);

    std::string_view name() const { return definition_->name; }
    bool in_name() const { return in_name_; }
    std::size_t size() const { return count_; }
    /// The value at `index`, below size().
    Attribute at(std::size_t index) const;

private:
    const AttributeDefinition* definition_;
    bool in_name_ = false;
    std::size_t count_ = 0;
    std::vector<std::string_view> options_;
    std::vector<Quantity> numbers_;
    Quantity low_;
    Quantity step_;
};

/// A family read from its text.
struct Plan {
    const Family* family;
    std::vector<Spec> specs;
    std::optional<Spec> variants;
    Unit sales_unit;
    Quantity minimum;
    Quantity step;
    Measure content;                  ///< Where the variants don't set it.
    bool content_by_variant = false;  ///< Then `content.unit` holds for the variant's number.
};

/// All families and which product belongs to which.
class Catalogue {
public:
    explicit Catalogue(const std::vector<AttributeDefinition>& definitions);

    struct Place {
        const Plan* plan;
        std::int64_t ordinal;  ///< Which of its family's models, from 0.
    };
    /// `number`: from 1.
    Place place(std::int64_t number) const;

    const std::vector<Plan>& plans() const { return plans_; }

private:
    struct Turn {
        std::size_t plan;
        std::int64_t within;  ///< Which of the family's turns in a round.
    };
    std::vector<Plan> plans_;
    std::vector<Turn> round_;  ///< Each family has as many turns in a round as its weight.
};

}  // namespace kontor::seed
