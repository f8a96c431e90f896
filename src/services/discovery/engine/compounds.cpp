#include "services/discovery/engine/compounds.hpp"

#include <algorithm>
#include <cmath>

namespace kontor::discovery::engine {
namespace {

constexpr std::size_t compound_length_min = 7;
constexpr std::size_t first_part_length_min = 3;
constexpr std::size_t last_part_length_min = 4;
constexpr std::size_t compound_length_max = 48;
constexpr int parts_max = 4;

struct Cut {
    std::vector<std::string> parts;
    double log_counts = 0;

    bool better_than(const Cut& other) const {
        if (other.parts.empty() || parts.size() != other.parts.size()) {
            return other.parts.empty() || parts.size() < other.parts.size();
        }
        return log_counts > other.log_counts;
    }
};

class Splitter {
public:
    Splitter(const Language& language, const WordCounts& counts)
        : language_(language), counts_(counts) {}

    Cut best(std::string_view word, int parts_left) const {
        Cut found;
        if (parts_left < 2 || word.size() < first_part_length_min + last_part_length_min) {
            return found;
        }
        for (auto at = first_part_length_min; at + last_part_length_min <= word.size(); ++at) {
            const std::string_view first = modifier(word.substr(0, at));
            if (!first.empty()) {
                consider(first, word.substr(at), parts_left, found);
            }
        }
        return found;
    }

    std::optional<MendedWord> mended(std::string_view word, int parts_left,
                                     const MendWord& mend) const {
        std::optional<MendedWord> best;
        const auto offer = [&](std::optional<MendedWord> found, auto whole) {
            if (found && (!best || found->distance < best->distance ||
                          (found->distance == best->distance && found->count > best->count))) {
                found->text = whole(found->text);
                best = std::move(found);
            }
        };
        for (auto at = first_part_length_min; at + last_part_length_min <= word.size(); ++at) {
            const auto first = word.substr(0, at);
            const auto rest = word.substr(at);
            const auto after_first = [&](const std::string& text) {
                return std::string(first) + text;
            };
            const auto before_rest = [&](const std::string& text) {
                return text + std::string(rest);
            };
            if (!modifier(first).empty()) {
                offer(mend(rest), after_first);
                if (parts_left > 2) {
                    offer(mended(rest, parts_left - 1, mend), after_first);
                }
            } else if (known(rest) > 0) {
                offer(mend(first), before_rest);
            }
        }
        return best;
    }

private:
    void consider(std::string_view first, std::string_view rest, int parts_left, Cut& found) const {
        const double first_log = std::log(counts_(first));
        if (const auto count = known(rest)) {
            Cut two{{std::string(first), std::string(rest)}, (first_log + std::log(count)) / 2};
            found = two.better_than(found) ? std::move(two) : std::move(found);
            return;
        }
        if (!found.parts.empty() && found.parts.size() == 2) {
            return;
        }
        Cut more = best(rest, parts_left - 1);
        if (!more.parts.empty()) {
            more.log_counts = (more.log_counts + first_log) / 2;
            more.parts.insert(more.parts.begin(), std::string(first));
            found = more.better_than(found) ? std::move(more) : std::move(found);
        }
    }

    std::uint32_t known(std::string_view word) const {
        return std::ranges::find(language_.stop_words, word) == language_.stop_words.end()
                   ? counts_(word)
                   : 0;
    }

    /// The word itself, or without a linking element: `arbeits` is `arbeit`.
    std::string_view modifier(std::string_view word) const {
        if (known(word) > 0) {
            return word;
        }
        for (const auto link : language_.links) {
            if (word.size() >= first_part_length_min + link.size() && word.ends_with(link) &&
                known(word.substr(0, word.size() - link.size())) > 0) {
                return word.substr(0, word.size() - link.size());
            }
        }
        return {};
    }

    const Language& language_;
    const WordCounts& counts_;
};

}  // namespace

std::vector<std::string> compound_parts(std::string_view word, const Language& language,
                                        const WordCounts& counts) {
    if (!language.compounds || word.size() < compound_length_min ||
        word.size() > compound_length_max) {
        return {};
    }
    return Splitter(language, counts).best(word, parts_max).parts;
}

std::optional<MendedWord> mended_compound(std::string_view word, const Language& language,
                                          const WordCounts& counts, const MendWord& mend) {
    if (!language.compounds || word.size() < compound_length_min ||
        word.size() > compound_length_max) {
        return std::nullopt;
    }
    return Splitter(language, counts).mended(word, parts_max, mend);
}

std::vector<std::string> all_compound_parts(std::string_view word, const Language& language,
                                            const WordCounts& counts) {
    auto parts = compound_parts(word, language, counts);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto inner = compound_parts(std::string(parts[i]), language, counts);
        parts.insert(parts.end(), inner.begin(), inner.end());
    }
    return parts;
}

}  // namespace kontor::discovery::engine
