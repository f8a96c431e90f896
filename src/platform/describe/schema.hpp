#pragma once

#include <map>
#include <string>

#include "platform/describe/type_info.hpp"

namespace kontor::describe {

/// Prints types as JSON Schema, as OpenAPI 3.1 uses it. Objects and enumerations become components
/// and are referred to; two types of one name are a programming error and throw std::logic_error.
class Schemas {
public:
    /// The schema of `type` as JSON; with `limits` and `meaning` of the field it stands in.
    std::string of(const TypeInfo& type, const Limits& limits = {}, std::string_view meaning = {});

    /// Every component used so far: name to schema.
    const std::map<std::string, std::string>& components() const { return components_; }

private:
    std::string reference(const TypeInfo& type, std::string_view meaning);
    std::string object(const TypeInfo& type);

    std::map<std::string, std::string> components_;
    std::map<std::string, std::string_view> identities_;
};

}  // namespace kontor::describe
