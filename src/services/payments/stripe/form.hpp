#pragma once

#include <string>
#include <string_view>

namespace kontor::payments::stripe {

/// A body in `application/x-www-form-urlencoded`, as Stripe takes it: `metadata[order]=...`.
class Form {
public:
    Form& add(std::string_view name, std::string_view value);
    std::string text() && { return std::move(text_); }

private:
    std::string text_;
};

/// `text` with everything but unreserved characters (RFC 3986, 2.3) percent-encoded.
std::string percent_encoded(std::string_view text);

}  // namespace kontor::payments::stripe
