#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "services/discovery/engine/text_plan.hpp"

namespace kontor::discovery::engine {
namespace {

template <class Visit>
void for_each_text(const Snapshot& snapshot, std::string_view language, Visit&& visit) {
    for (const auto& part : snapshot.parts) {
        if (const TextIndex* text = part.segment->text(language)) {
            visit(*text);
        }
    }
}

}  // namespace

TermStatistics statistics(const Snapshot& snapshot, std::string_view language,
                          std::string_view stem) {
    std::uint32_t frequency = 0;
    double products = 0;
    for_each_text(snapshot, language, [&](const TextIndex& text) {
        const auto at = text.find(stem);
        frequency += at == Strings::npos ? 0 : text.frequency(at);
        products += static_cast<double>(text.names.size());
    });
    const double without = std::max(products - frequency, 0.0);
    return {frequency, static_cast<float>(std::log1p((without + 0.5) / (frequency + 0.5)))};
}

std::optional<Correction> correction_of(const Snapshot& snapshot, std::string_view language,
                                        std::string_view word) {
    const auto letters = characters(word);
    const auto forgiven = typos_forgiven(letters.size());
    if (forgiven == 0 || word.find_first_of("0123456789") != std::string_view::npos) {
        return std::nullopt;
    }
    std::optional<Correction> best;
    for_each_text(snapshot, language, [&](const TextIndex& text) {
        for (const auto candidate : text.deletes.candidates(letters)) {
            const auto distance =
                edit_distance(letters, characters(text.words[candidate]), forgiven);
            const auto count = text.word_counts[candidate];
            // The first letter is seldom wrong: so a word with another one is a step further away.
            const auto cost = [&](std::uint32_t d, std::string_view other) {
                return 2 * d + (other[0] != word[0]);
            };
            const bool better =
                distance > 0 && distance <= forgiven &&
                (!best || std::pair(cost(distance, text.words[candidate]), ~count) <
                              std::pair(cost(best->distance, best->text), ~best->count));
            if (better) {
                best = Correction{std::string(text.words[candidate]),
                                  std::string(text.displays[candidate]), distance, count};
            }
        }
    });
    return best;
}

std::vector<std::string> terms_with_prefix(const Snapshot& snapshot, std::string_view language,
                                           std::string_view prefix, std::size_t terms_max) {
    std::map<std::string, std::uint32_t, std::less<>> found;
    for_each_text(snapshot, language, [&](const TextIndex& text) {
        const auto [first, last] = text.terms.with_prefix(prefix);
        std::vector<std::pair<std::uint32_t, std::size_t>> frequent;
        for (auto at = first; at < last; ++at) {
            frequent.emplace_back(text.frequency(at), at);
        }
        const auto kept = std::min(frequent.size(), terms_max);
        std::partial_sort(frequent.begin(), frequent.begin() + static_cast<std::ptrdiff_t>(kept),
                          frequent.end(), std::greater<>());
        for (std::size_t i = 0; i < kept; ++i) {
            found[std::string(text.terms[frequent[i].second])] += frequent[i].first;
        }
    });
    std::vector<std::pair<std::uint32_t, std::string>> sorted;
    for (const auto& [term, frequency] : found) {
        sorted.emplace_back(frequency, term);
    }
    std::ranges::sort(sorted, std::greater<>());
    std::vector<std::string> terms;
    for (std::size_t i = 0; i < std::min(sorted.size(), terms_max); ++i) {
        terms.push_back(std::move(sorted[i].second));
    }
    return terms;
}

std::vector<std::string> needed_languages(const Snapshot& snapshot,
                                          const std::vector<std::string>& chain) {
    std::vector<std::string> needed;
    for (const auto& language : chain) {
        const auto has_language = [&](const Part& part) { return part.segment->text(language); };
        const auto complete = [&](const Part& part) {
            const TextIndex* text = part.segment->text(language);
            return text && text->complete;
        };
        const bool known = std::ranges::any_of(snapshot.parts, has_language);
        if (known && std::ranges::find(needed, language) == needed.end()) {
            needed.push_back(language);
        }
        if (std::ranges::all_of(snapshot.parts, complete)) {
            break;
        }
    }
    return needed;
}

}  // namespace kontor::discovery::engine
