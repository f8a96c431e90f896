#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace kontor::seed {

/// A kind of article that the shop carries in many models, as text that `Catalogue` reads once.
struct Family {
    std::string_view code;      ///< Stable and unique: `wall-paint`.
    std::string_view category;  ///< Code of a leaf category.
    std::string_view icon;      ///< What pictures.cpp draws.
    std::string_view name_de;
    std::string_view name_en;
    std::string_view name_fr;
    std::string_view model;   ///< Stands before the model's number: `AB`, `Dekor`.
    std::string_view brands;  ///< Group of invented brands, see brands().
    int weight;               ///< How many models beside other families.
    std::int64_t price_low;   ///< Euro cents, of the plainest model.
    std::int64_t price_high;  ///< Euro cents, of the best.
    /// What models differ in: `voltage=12|18|36; torque=30..90/5; drive=brushless|brushed`.
    std::string_view specs;
    /// What the variants of one model differ in: one attribute, each value a variant, 1 to 6.
    /// Empty: one variant.
    std::string_view variants;
    /// What one sales unit holds, `2.5 LTR`; `variant LTR`: the variant's number of that unit.
    std::string_view content;
    std::string_view sold_by;  ///< `C62`, or `MTR 0.5 0.05`: unit, minimum, step.
    std::string_view text_de;  ///< One or two sentences for the description.
    std::string_view text_en;
};

/// Every family, in a fixed order. Spread over files by department.
std::span<const Family> tool_families();
std::span<const Family> garden_families();
std::span<const Family> interior_families();
std::span<const Family> building_families();
std::span<const Family> technical_families();

/// The invented brands of a group: `tools`, `garden`, `paint`, `floor`, `build`, `electric`,
/// `water`, `home`.
std::span<const std::string_view> brands(std::string_view group);

}  // namespace kontor::seed
