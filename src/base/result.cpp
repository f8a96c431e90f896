#include "base/result.hpp"

namespace kontor {

Refusal::Refusal() = default;
Refusal::Refusal(const RefusalKind& kind, std::string message)
    : code(kind.code), status(kind.status), message(std::move(message)) {}
Refusal::Refusal(const Refusal&) = default;
Refusal::Refusal(Refusal&&) noexcept = default;
Refusal& Refusal::operator=(const Refusal&) = default;
Refusal& Refusal::operator=(Refusal&&) noexcept = default;
Refusal::~Refusal() = default;
bool Refusal::operator==(const Refusal&) const = default;

}  // namespace kontor
