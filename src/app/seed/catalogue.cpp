#include "app/seed/catalogue.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>

#include "app/seed/attributes.hpp"
#include "app/seed/table.hpp"

namespace kontor::seed {

namespace {

[[noreturn]] void reject(std::string_view what, std::string_view text) {
    throw std::logic_error(std::string(what) + ": " + std::string(text));
}

Quantity number(std::string_view text) {
    const auto read = parse_quantity(text);
    if (!read) {
        reject("not a number in a family", text);
    }
    return *read;
}

Measure measure(std::string_view text) {
    const auto read = parse_measure(text);
    if (!read) {
        reject("not a measure in a family", text);
    }
    return *read;
}

const AttributeDefinition& find(const std::vector<AttributeDefinition>& definitions,
                                std::string_view name) {
    const auto found = std::ranges::find(definitions, name, &AttributeDefinition::name);
    if (found == definitions.end()) {
        reject("no such attribute", name);
    }
    return *found;
}

const Texts& labels_of(std::string_view option) {
    static const auto labels = option_labels();
    const auto found = labels.find(option);
    if (found == labels.end()) {
        reject("no such option", option);
    }
    return found->second;
}

std::vector<Spec> read_specs(std::string_view text,
                             const std::vector<AttributeDefinition>& definitions) {
    std::vector<Spec> specs;
    while (!text.empty()) {
        auto one = take(text, ';');
        one.remove_prefix(std::min(one.find_first_not_of(' '), one.size()));
        specs.emplace_back(one, definitions);
    }
    return specs;
}

void read_sold_by(std::string_view text, Plan& plan) {
    plan.sales_unit = text.empty() ? units::piece : *parse_unit(take(text, ' '));
    plan.minimum = text.empty() ? Quantity::of(1) : number(take(text, ' '));
    plan.step = text.empty() ? Quantity::of(1) : number(text);
}

void read_content(std::string_view text, Plan& plan) {
    constexpr std::string_view by_variant = "variant ";
    if (text.starts_with(by_variant)) {
        plan.content_by_variant = true;
        plan.content = {Quantity::of(1), *parse_unit(text.substr(by_variant.size()))};
    } else {
        plan.content = text.empty() ? Measure{Quantity::of(1), units::piece} : measure(text);
    }
}

Plan read_plan(const Family& family, const std::vector<AttributeDefinition>& definitions) {
    Plan plan{};
    plan.family = &family;
    plan.specs = read_specs(family.specs, definitions);
    if (!family.variants.empty()) {
        plan.variants.emplace(family.variants, definitions);
    }
    read_sold_by(family.sold_by, plan);
    read_content(family.content, plan);
    return plan;
}

}  // namespace

Spec::Spec(std::string_view text, const std::vector<AttributeDefinition>& definitions) {
    auto name = take(text, '=');
    in_name_ = name.ends_with('*');
    name.remove_suffix(in_name_ ? 1 : 0);
    definition_ = &find(definitions, name);
    if (const auto dots = text.find(".."); dots != std::string_view::npos) {
        low_ = number(text.substr(0, dots));
        text.remove_prefix(dots + 2);
        const auto high = number(take(text, '/'));
        step_ = number(text);
        count_ = static_cast<std::size_t>((high - low_).thousandths / step_.thousandths + 1);
        return;
    }
    for (; !text.empty(); ++count_) {
        const auto value = take(text, '|');
        if (definition_->kind == AttributeKind::number) {
            numbers_.push_back(number(value));
        } else {
            labels_of(value);
            options_.push_back(value);
        }
    }
}

Attribute Spec::at(std::size_t index) const {
    if (!options_.empty()) {
        return {.name = name(), .option = options_[index], .labels = labels_of(options_[index])};
    }
    const auto steps = static_cast<std::int64_t>(index);
    return {.name = name(), .number = numbers_.empty() ? low_ + step_ * steps : numbers_[index]};
}

Catalogue::Catalogue(const std::vector<AttributeDefinition>& definitions) {
    for (const auto& department : {tool_families(), garden_families(), interior_families(),
                                   building_families(), technical_families()}) {
        for (const auto& family : department) {
            for (std::int64_t turn = 0; turn < family.weight; ++turn) {
                round_.push_back({plans_.size(), turn});
            }
            plans_.push_back(read_plan(family, definitions));
        }
    }
    // Mixed, so that a small shop has something of every department. Which turn of a family comes
    // first doesn't matter, only that each comes once a round.
    SeededRandom random(1);
    for (auto left = round_.size(); left > 1; --left) {
        std::swap(round_[left - 1], round_[random.below(left)]);
    }
}

Catalogue::Place Catalogue::place(std::int64_t number) const {
    const auto turns = static_cast<std::int64_t>(round_.size());
    const auto& turn = round_[static_cast<std::size_t>((number - 1) % turns)];
    const auto& plan = plans_[turn.plan];
    return {&plan, (number - 1) / turns * plan.family->weight + turn.within};
}

}  // namespace kontor::seed
