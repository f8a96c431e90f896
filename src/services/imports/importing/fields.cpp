#include "services/imports/importing/fields.hpp"

#include <algorithm>

namespace kontor::importing {

std::optional<std::string> CsvFields::text(std::string_view name) const {
    const auto column = columns_.find(name);
    return column == columns_.end() ? std::nullopt : std::optional(values_.at(column->second));
}

std::vector<std::unique_ptr<Fields>> CsvFields::entries(std::string_view) const {
    return {};
}

std::optional<json::Node> JsonFields::find(std::string_view name) const {
    std::optional<json::Node> node = object_;
    while (node && !name.empty()) {
        const auto dot = std::min(name.find('.'), name.size());
        node = node->kind() == json::Node::Kind::object ? node->member(name.substr(0, dot))
                                                        : std::nullopt;
        name.remove_prefix(std::min(dot + 1, name.size()));
    }
    return node;
}

std::optional<std::string> JsonFields::text(std::string_view name) const {
    const auto node = find(name);
    if (!node) {
        return std::nullopt;
    }
    switch (node->kind()) {
        case json::Node::Kind::string:
            return std::string(node->string());
        case json::Node::Kind::boolean:
            return node->boolean() ? "true" : "false";
        case json::Node::Kind::integer:
            return fmt::format("{}", node->integer());
        // The shortest text that reads as the same number: what the file has, up to 15 digits.
        case json::Node::Kind::number:
            return fmt::format("{}", node->number());
        default:
            return std::nullopt;
    }
}

std::vector<std::unique_ptr<Fields>> JsonFields::entries(std::string_view name) const {
    std::vector<std::unique_ptr<Fields>> all;
    const auto node = find(name);
    if (node && node->kind() == json::Node::Kind::array) {
        for (std::size_t i = 0; i < node->size(); ++i) {
            all.push_back(std::make_unique<JsonFields>(node->element(i)));
        }
    }
    return all;
}

}  // namespace kontor::importing
