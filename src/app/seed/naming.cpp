#include "app/seed/naming.hpp"

#include <array>
#include <utility>

#include <fmt/format.h>

namespace kontor::seed {

namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 21> ascii{{
    {"ä", "ae"}, {"ö", "oe"}, {"ü", "ue"}, {"Ä", "ae"}, {"Ö", "oe"}, {"Ü", "ue"}, {"ß", "ss"},
    {"é", "e"},  {"è", "e"},  {"ê", "e"},  {"à", "a"},  {"â", "a"},  {"ç", "c"},  {"É", "e"},
    {"î", "i"},  {"ô", "o"},  {"û", "u"},  {"°", ""},   {"’", ""},   {"ø", "o"},  {"å", "a"},
}};

std::string without_accents(std::string_view text) {
    std::string plain;
    while (!text.empty()) {
        std::size_t taken = 0;
        for (const auto& [accented, replacement] : ascii) {
            if (text.starts_with(accented)) {
                plain += replacement;
                taken = accented.size();
            }
        }
        if (taken == 0) {
            plain += text.front();
            taken = 1;
        }
        text.remove_prefix(taken);
    }
    return plain;
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// Nouns keep their capital in German only.
std::string noun_text(std::string_view noun, std::string_view language) {
    constexpr std::string_view capital = "É";
    if (language == "de" || noun.empty()) {
        return std::string(noun);
    }
    return noun.starts_with(capital) ? "é" + std::string(noun.substr(capital.size()))
                                     : lower(noun.front()) + std::string(noun.substr(1));
}

std::string number_text(Quantity number, std::string_view language) {
    auto text = to_text(number);
    if (const auto point = text.find('.'); point != std::string::npos && language != "en") {
        text[point] = ',';
    }
    return text;
}

}  // namespace

std::int64_t model_number(std::int64_t ordinal) {
    // Each block of numbers is walked with a step that shares no factor with its size, so that
    // every number of it comes exactly once.
    struct Block {
        std::int64_t first;
        std::int64_t size;
        std::int64_t step;
    };
    constexpr std::array<Block, 3> blocks{
        {{100, 900, 271}, {1000, 9000, 2741}, {10'000, 90'000, 27'011}}};
    for (const auto& block : blocks) {
        if (ordinal < block.size) {
            return block.first + ordinal * block.step % block.size;
        }
        ordinal -= block.size;
    }
    return 100'000 + ordinal;
}

std::string slug(std::string_view text) {
    std::string words;
    for (const char c : without_accents(text)) {
        const char small = lower(c);
        if (is_digit(small) || (small >= 'a' && small <= 'z')) {
            words += small;
        } else if (!words.empty() && words.back() != '-') {
            words += '-';
        }
    }
    while (words.ends_with('-')) {
        words.pop_back();
    }
    return words;
}

std::string gtin13(std::int64_t unique) {
    constexpr std::int64_t bodies = 100'000'000'000;
    constexpr std::int64_t step = 48'271;  // shares no factor with `bodies`: a bijection
    const auto body = static_cast<std::int64_t>(__int128{unique} * step % bodies);
    auto digits = fmt::format("2{:011}", body);
    int sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        sum += (digits[i] - '0') * (i % 2 == 0 ? 1 : 3);
    }
    return digits + static_cast<char>('0' + (10 - sum % 10) % 10);
}

std::string value_text(const Attribute& attribute, const AttributeDefinition& definition,
                       std::string_view language) {
    const auto label = text_in(definition.labels, language);
    if (definition.kind == AttributeKind::flag) {
        return attribute.option == "true" ? noun_text(label, language) : std::string();
    }
    if (definition.kind == AttributeKind::option) {
        return std::string(text_in(attribute.labels, language));
    }
    const auto number = number_text(*attribute.number, language);
    if (!definition.unit.empty()) {
        return fmt::format("{} {}", number, definition.unit);
    }
    return definition.rec20.empty() ? fmt::format("{} {}", noun_text(label, language), number)
                                    : fmt::format("{} {}", number, noun_text(label, language));
}

}  // namespace kontor::seed
