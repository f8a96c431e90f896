#include "services/payments/stripe/form.hpp"

#include <fmt/format.h>

namespace kontor::payments::stripe {

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view unreserved =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    std::string out;
    for (const char c : text) {
        if (unreserved.contains(c)) {
            out.push_back(c);
        } else {
            out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
        }
    }
    return out;
}

Form& Form::add(std::string_view name, std::string_view value) {
    text_ += text_.empty() ? "" : "&";
    text_ += percent_encoded(name);
    text_ += '=';
    text_ += percent_encoded(value);
    return *this;
}

}  // namespace kontor::payments::stripe
