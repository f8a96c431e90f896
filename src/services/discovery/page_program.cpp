#include "services/discovery/page_program.hpp"

#include <algorithm>

#include "platform/describe/json.hpp"

namespace kontor::discovery {

namespace {

constexpr std::size_t directory_entry_size = 5;

}  // namespace

std::optional<std::string_view> PackedText::in(std::uint8_t language) const {
    std::uint32_t begin = 0;
    for (std::size_t at = 0; at < directory_.size(); at += directory_entry_size) {
        std::uint32_t end = 0;
        std::memcpy(&end, directory_.data() + at + 1, sizeof end);
        if (static_cast<std::uint8_t>(directory_[at]) == language) {
            return texts_.substr(begin, end - begin);
        }
        begin = end;
    }
    return std::nullopt;
}

ProgramWriter& ProgramWriter::literal(std::string_view json) {
    literal_ += json;
    return *this;
}

ProgramWriter& ProgramWriter::json_string(std::string_view text) {
    json::append_string(literal_, text);
    return *this;
}

ProgramWriter& ProgramWriter::text(const LocalizedText& text, TextForm form) {
    flush();
    std::string directory;
    std::string texts;
    for (const auto& [language, words] : text.entries()) {
        if (form == TextForm::json) {
            json::append_string(texts, words);
        } else {
            texts += words;
        }
        const auto end = static_cast<std::uint32_t>(texts.size());
        directory.push_back(static_cast<char>(number_of(language)));
        directory.append(reinterpret_cast<const char*>(&end), sizeof end);
    }
    steps_.number(static_cast<std::uint8_t>(detail::Step::text)).text(directory).text(texts);
    return *this;
}

ProgramWriter& ProgramWriter::category_path(std::string_view category) {
    flush();
    steps_.number(static_cast<std::uint8_t>(detail::Step::category_path)).text(category);
    return *this;
}

ProgramWriter& ProgramWriter::live(std::string_view sku, const std::optional<Measure>& content) {
    flush();
    steps_.number(static_cast<std::uint8_t>(detail::Step::live))
        .text(sku)
        .number(content ? content->amount.thousandths : 0)
        .text(content ? content->unit.view() : std::string_view());
    return *this;
}

std::string ProgramWriter::finish() && {
    flush();
    Packer table;
    for (const auto& language : languages_) {
        table.text(language);
    }
    Packer program;
    program.text(table.bytes);
    return std::move(program.bytes) + steps_.bytes;
}

std::uint8_t ProgramWriter::number_of(const std::string& language) {
    const auto at = std::ranges::find(languages_, language);
    const auto number = at - languages_.begin();
    if (at == languages_.end()) {
        if (number > 255) {
            throw std::runtime_error("a product has texts in more than 256 languages");
        }
        languages_.push_back(language);
    }
    return static_cast<std::uint8_t>(number);
}

void ProgramWriter::flush() {
    if (!literal_.empty()) {
        steps_.number(static_cast<std::uint8_t>(detail::Step::literal)).text(literal_);
        literal_.clear();
    }
}

namespace detail {

PackedText read_text(Unpacker& from) {
    const auto directory = from.text();
    return {directory, from.text()};
}

LiveVariant read_live(Unpacker& from) {
    LiveVariant live;
    live.sku = from.text();
    live.content.amount.thousandths = from.number<std::int64_t>();
    live.content.unit = Unit(from.text());
    return live;
}

}  // namespace detail

std::vector<std::string> skus_in(std::string_view program) {
    struct Collect : IgnoreAll {
        std::vector<std::string> skus;
        void live(const LiveVariant& variant) { skus.emplace_back(variant.sku); }
    } collect;
    run_program(program, collect);
    return std::move(collect.skus);
}

std::string_view category_in(std::string_view program) {
    struct Find : IgnoreAll {
        std::string_view category;
        void category_path(std::string_view code) { category = code; }
    } find;
    run_program(program, find);
    return find.category;
}

void LanguageChoice::use(std::string_view table) {
    if (table == table_) {
        return;
    }
    table_ = table;
    languages_.clear();
    order_.clear();
    left_ = {};
    for (Unpacker from(table); !from.at_end();) {
        const auto& language = languages_.emplace_back(from.text());
        left_.set(language, language);
    }
}

std::string_view LanguageChoice::choose(const PackedText& text) {
    for (std::size_t i = 0; i < order_.size() || extend_order(); ++i) {
        if (const auto found = text.in(order_[i])) {
            return *found;
        }
    }
    return {};
}

bool LanguageChoice::extend_order() {
    const std::string next(left_.resolve(wanted_, market_languages_));
    if (next.empty()) {
        return false;
    }
    order_.push_back(
        static_cast<std::uint8_t>(std::ranges::find(languages_, next) - languages_.begin()));
    left_.set(next, {});
    return true;
}

}  // namespace kontor::discovery
