#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace kontor {

namespace detail {

/// ISO 4217 list one, by the digits of the minor unit. Withdrawn codes that documents and price
/// histories still name stay: BGN (2025), HRK (2022).
struct CurrencyGroup {
    int digits;
    std::string_view codes;
};
inline constexpr std::array<CurrencyGroup, 4> currency_groups{{
    {0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"},
    {2,
     "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD "
     "CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL "
     "GHS GIP GMD GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP "
     "LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR "
     "NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN "
     "SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR "
     "ZMW ZWG"},
    {3, "BHD IQD JOD KWD LYD OMR TND"},
    {4, "CLF UYW"},
}};

}  // namespace detail

/// An ISO 4217 currency and the digits of its minor unit: EUR 2, ISK 0, KWD 3. Four bytes.
/// Without a value it is XXX, which ISO 4217 keeps for "no currency".
class Currency {
public:
    constexpr Currency() = default;
    /// A code in the source: `Currency("EUR")`. One that ISO 4217 doesn't list does not compile.
    consteval explicit Currency(const char (&code)[4]) : code_{code[0], code[1], code[2]} {
        digits_ = static_cast<std::int8_t>(listed_digits(view()));
        if (digits_ < 0) {
            throw "not an ISO 4217 code";
        }
    }

    constexpr std::string_view view() const { return {code_.data(), code_.size()}; }
    /// Decimal digits of the minor unit, 0 to 4.
    constexpr int digits() const { return digits_; }
    /// Minor units in one major unit: EUR 100, ISK 1.
    constexpr std::int64_t minor_units_per_major() const {
        constexpr std::array<std::int64_t, 5> powers{1, 10, 100, 1000, 10000};
        return powers[static_cast<std::uint8_t>(digits_)];
    }

    constexpr bool operator==(const Currency& other) const { return code_ == other.code_; }
    constexpr auto operator<=>(const Currency& other) const { return view() <=> other.view(); }

    friend std::expected<Currency, std::string> parse_currency(std::string_view code);

private:
    static constexpr int listed_digits(std::string_view code) {
        for (const auto& group : detail::currency_groups) {
            for (std::size_t at = 0; at < group.codes.size(); at += 4) {
                if (group.codes.substr(at, 3) == code) {
                    return group.digits;
                }
            }
        }
        return -1;
    }

    std::array<char, 3> code_{'X', 'X', 'X'};
    std::int8_t digits_ = 0;
};

/// Reads an upper-case ISO 4217 code. The error says what was expected. Costs a few nanoseconds.
std::expected<Currency, std::string> parse_currency(std::string_view code);

inline std::string to_text(Currency currency) {
    return std::string(currency.view());
}

}  // namespace kontor
