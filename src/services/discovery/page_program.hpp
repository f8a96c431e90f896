#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/localized_text.hpp"
#include "base/quantity.hpp"
#include "services/discovery/packing.hpp"

/// A page as a small program: literal JSON with the places where a reader's language, the category
/// tree, prices and stock come in. Written once per change, run once per request, without a DOM.
namespace kontor::discovery {

enum class TextForm : bool { json, plain };

/// One text in all its languages, as it lies in a program: a directory, then the texts.
class PackedText {
public:
    PackedText(std::string_view directory, std::string_view texts)
        : directory_(directory), texts_(texts) {}

    /// The text in the program's language of this number, if there is one.
    std::optional<std::string_view> in(std::uint8_t language) const;

private:
    std::string_view directory_;  ///< For each: language (1 byte), end of its text (4 bytes).
    std::string_view texts_;
};

/// The place of what changes by the hour: price and availability of a variant.
struct LiveVariant {
    std::string_view sku;
    Measure content;  ///< Of one sales unit; an amount of 0 where it is not known.
};

class ProgramWriter {
public:
    ProgramWriter& literal(std::string_view json);
    ProgramWriter& json_string(std::string_view text);
    ProgramWriter& text(const LocalizedText& text, TextForm form = TextForm::json);
    ProgramWriter& category_path(std::string_view category);
    ProgramWriter& live(std::string_view sku, const std::optional<Measure>& content);

    std::string finish() &&;

private:
    std::uint8_t number_of(const std::string& language);
    void flush();

    std::vector<std::string> languages_;
    std::string literal_;
    Packer steps_;
};

namespace detail {
enum class Step : std::uint8_t { literal, text, category_path, live };
PackedText read_text(Unpacker& from);
LiveVariant read_live(Unpacker& from);
}  // namespace detail

/// Runs `program`: calls visitor.languages(table) once, then literal(text), text(PackedText),
/// category_path(code) and live(LiveVariant) in the order of the page.
template <class Visitor>
void run_program(std::string_view program, Visitor&& visitor) {
    Unpacker from(program);
    visitor.languages(from.text());
    while (!from.at_end()) {
        switch (from.number<detail::Step>()) {
            case detail::Step::literal:
                visitor.literal(from.text());
                break;
            case detail::Step::text:
                visitor.text(detail::read_text(from));
                break;
            case detail::Step::category_path:
                visitor.category_path(from.text());
                break;
            case detail::Step::live:
                visitor.live(detail::read_live(from));
                break;
        }
    }
}

/// A visitor that minds nothing: to override what matters.
struct IgnoreAll {
    void languages(std::string_view) {}
    void literal(std::string_view) {}
    void text(const PackedText&) {}
    void category_path(std::string_view) {}
    void live(const LiveVariant&) {}
};

/// The SKUs whose prices and stock stand in `program`.
std::vector<std::string> skus_in(std::string_view program);
/// The category that `program` names.
std::string_view category_in(std::string_view program);

/// Chooses a reader's language for each text, in the order of LocalizedText::resolve. Remembers the
/// order for programs with the same languages, so keep it for all of a request.
class LanguageChoice {
public:
    /// `market_languages` must outlive it.
    LanguageChoice(std::string_view wanted, std::span<const std::string_view> market_languages)
        : wanted_(wanted), market_languages_(market_languages) {}

    /// `table`: as the program's `languages` gave it.
    void use(std::string_view table);
    std::string_view choose(const PackedText& text);
    std::string_view choose(const LocalizedText& text) const {
        return text.resolve(wanted_, market_languages_);
    }

private:
    bool extend_order();

    std::string wanted_;
    std::span<const std::string_view> market_languages_;
    std::string table_;
    std::vector<std::string> languages_;
    LocalizedText left_;  ///< Languages not yet in the order; each one's text is its own tag.
    std::vector<std::uint8_t> order_;
};

}  // namespace kontor::discovery
