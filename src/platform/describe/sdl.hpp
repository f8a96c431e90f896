#pragma once

#include <map>
#include <string>

#include "platform/describe/type_info.hpp"

namespace kontor::describe {

/// Prints types in GraphQL's schema definition language (GraphQL, October 2021, section 3): members
/// in camelCase, meanings as descriptions, identifiers as ID, integers of 64 bits
/// as the scalar Long, maps as the scalar JSON.
class Sdl {
public:
    enum class Direction { output, input };

    /// Adds `type` and everything it refers to; an input's name ends in `Input`. An input's member
    /// is nullable if it may be left out, an answer's if it can be missing. One without members
    /// is left out. Two types of one name are a programming error and throw std::logic_error.
    void add(const TypeInfo& type, Direction direction = Direction::output);

    /// The definitions in the order of their names.
    std::string text() const;

private:
    std::string reference(const TypeInfo& type, std::string_view member_name, Direction direction);

    std::string scalar(std::string name);

    std::map<std::string, std::string> definitions_;
    std::map<std::string, std::string_view> identities_;
};

/// `given_name` as `givenName`.
std::string camel_case(std::string_view snake_case);

}  // namespace kontor::describe
