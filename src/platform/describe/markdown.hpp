#pragma once

#include <map>
#include <string>

#include "platform/describe/type_info.hpp"

namespace kontor::describe {

/// Prints types as Markdown tables, each once, and links to them.
class Markdown {
public:
    /// `type` in a few words: `text`, `list of [Line](#line)`. Takes down the types it refers to.
    std::string words(const TypeInfo& type);

    /// A table of these members: name, type, meaning with limits.
    std::string table(const std::vector<const TypeInfo::Member*>& members);
    std::string table(const TypeInfo& object);

    /// A heading of the third level with its table for every type that was referred to, in the
    /// order of their names.
    std::string types();

private:
    std::map<std::string, const TypeInfo*> used_;
};

/// The limits in words: `1 to 64 characters`; empty where there are none.
std::string limits_words(const TypeInfo& type, const Limits& limits);

/// `meaning` fit for a table's cell, followed by the limits.
std::string cell(const TypeInfo::Member& member);

/// Where a heading of that text can be linked to.
std::string anchor(std::string_view heading);

}  // namespace kontor::describe
