#include <algorithm>
#include <map>

#include "services/discovery/engine/engine.hpp"
#include "services/discovery/engine/snapshot.hpp"
#include "services/discovery/engine/text_match.hpp"
#include "services/discovery/engine/text_plan.hpp"
#include "services/discovery/engine/words.hpp"

namespace kontor::discovery::engine {
namespace {

constexpr std::size_t prefix_bytes_max = 100;
constexpr std::uint32_t suggestions_max = 50;
// Of what begins with the last word, so many terms are tried: the most frequent ones.
constexpr std::size_t completions_max = 16;
// Categories and brands, so many that most products stand behind, are counted in the market.
constexpr std::size_t counted_max = 24;
// One word that so many products have is completed enough.
constexpr std::uint32_t products_enough = 2'000;

/// A suggestion and what speaks for it.
struct Weighed {
    Suggestion suggestion;
    double weight;
};

using ByKey = std::map<std::string, Weighed>;

void note(ByKey& found, std::string key, Suggestion suggestion, double weight) {
    auto [known, added] = found.try_emplace(std::move(key), Weighed{std::move(suggestion), 0});
    known->second.weight += weight;
}

void append_best(std::vector<Suggestion>& out, ByKey found, std::size_t most) {
    std::vector<Weighed> sorted;
    for (auto& [key, weighed] : found) {
        sorted.push_back(std::move(weighed));
    }
    std::ranges::sort(sorted, [](const Weighed& one, const Weighed& other) {
        return one.weight != other.weight ? one.weight > other.weight
                                          : one.suggestion.text < other.suggestion.text;
    });
    for (std::size_t i = 0; i < std::min(sorted.size(), most); ++i) {
        out.push_back(std::move(sorted[i].suggestion));
    }
}

/// What begins with `prefix` and has most products behind it.
std::vector<std::uint32_t> largest(const Completions& completions, std::string_view prefix) {
    const auto [first, last] = completions.keys.with_prefix(prefix);
    std::vector<std::pair<std::uint32_t, std::uint32_t>> weighed;
    for (auto at = first; at < last; ++at) {
        weighed.emplace_back(completions.weights[at], completions.targets[at]);
    }
    std::ranges::sort(weighed, std::greater<>());
    const auto same = std::ranges::unique(weighed);
    weighed.erase(same.begin(), same.end());
    std::vector<std::uint32_t> targets;
    for (std::size_t i = 0; i < std::min(weighed.size(), counted_max); ++i) {
        targets.push_back(weighed[i].second);
    }
    return targets;
}

class Suggester {
public:
    Suggester(const Snapshot& snapshot, const SuggestionsWanted& wanted) : snapshot_(snapshot) {
        limit_ = std::min(wanted.limit, suggestions_max);
        languages_ = needed_languages(snapshot, wanted.languages);
        // Categories and brands of each part, counted in what the market's shoppers can buy.
        for (const auto& part : snapshot.parts) {
            const auto* market = part.offers->market(wanted.market);
            sellable_.push_back(market ? *part.live & *market->sellable : Bitmap());
        }
    }

    std::vector<Suggestion> suggest(std::string_view typed) const {
        std::vector<Suggestion> out;
        const auto key = folded(typed);
        append_best(out, categories(key), (limit_ + 2) / 3);
        append_best(out, brands(key), (limit_ + 3) / 4);
        append_best(out, products(typed), limit_ - std::min<std::size_t>(out.size(), limit_));
        return out;
    }

    /// The typed text with its words corrected; empty where none can be.
    std::string corrected(std::string_view typed) const {
        for (const auto& language : languages_) {
            std::string text;
            bool changed = false;
            for (const auto& word : words_of(typed, language_of(language))) {
                const bool known = !terms_with_prefix(snapshot_, language, word.text, 1).empty();
                const auto better =
                    known ? std::nullopt : correction_with_prefix(language, word.text);
                changed = changed || better;
                text += (text.empty() ? "" : " ") + better.value_or(word.display);
            }
            if (changed) {
                return text;
            }
        }
        return {};
    }

private:
    ByKey categories(std::string_view key) const {
        ByKey found;
        for (std::size_t i = 0; i < snapshot_.parts.size(); ++i) {
            const auto& segment = *snapshot_.parts[i].segment;
            const TextIndex* text = text_of(segment);
            if (!text) {
                continue;
            }
            for (const auto ordinal : largest(text->categories, key)) {
                const auto count = sellable_[i].common(segment.category_docs[ordinal]);
                const auto id = segment.categories[ordinal];
                if (count > 0) {
                    note(found, std::to_string(id),
                         {Suggestion::Kind::category, std::string(text->category_names[ordinal]),
                          id},
                         static_cast<double>(count));
                }
            }
        }
        return found;
    }

    ByKey brands(std::string_view key) const {
        ByKey found;
        for (std::size_t i = 0; i < snapshot_.parts.size(); ++i) {
            const auto& segment = *snapshot_.parts[i].segment;
            for (const auto ordinal : largest(segment.brand_completions, key)) {
                const auto count = sellable_[i].common(segment.brand_docs[ordinal]);
                if (count > 0) {
                    note(found, std::string(segment.brand_keys[ordinal]),
                         {Suggestion::Kind::brand, std::string(segment.brand_names[ordinal]), 0},
                         static_cast<double>(count));
                }
            }
        }
        return found;
    }

    /// Products with all the words, the last as the beginning of one.
    ByKey products(std::string_view typed) const {
        PlannedText planned;
        for (const auto& language : languages_) {
            planned.plans.push_back(plan(language, typed));
        }
        ByKey found;
        for (std::size_t i = 0; i < snapshot_.parts.size(); ++i) {
            auto best = matches(snapshot_.parts[i], planned, Words::all);
            std::erase_if(best, [&](auto& match) { return !sellable_[i].contains(match.doc); });
            const auto& segment = *snapshot_.parts[i].segment;
            const auto weight = [&](const Match& match) {
                return std::pair(match.score, segment.ranks[match.doc]);
            };
            const auto kept = std::min<std::size_t>(best.size(), limit_);
            std::ranges::partial_sort(best, best.begin() + static_cast<std::ptrdiff_t>(kept),
                                      std::greater<>(), weight);
            for (std::size_t at = 0; at < kept; ++at) {
                const Doc doc = best[at].doc;
                auto name = name_of(segment, doc);
                // Products of the same name are one completion.
                auto key = folded(name);
                found.try_emplace(std::move(key), Weighed{{Suggestion::Kind::product,
                                                           std::move(name), segment.ids[doc]},
                                                          best[at].score});
            }
        }
        return found;
    }

    TextPlan plan(const std::string& language, std::string_view typed) const {
        const Stemmer stem(language_of(language));
        const auto words = words_of(typed, language_of(language));
        TextPlan plan{language, {}};
        for (std::size_t i = 0; i < words.size(); ++i) {
            std::vector<std::string> terms{stem(words[i].text)};
            if (i + 1 == words.size()) {
                const auto begun =
                    terms_with_prefix(snapshot_, language, words[i].text, completions_max);
                terms.insert(terms.end(), begun.begin(), begun.end());
            }
            PlannedWord word;
            std::uint32_t products = 0;
            for (const auto& term : terms) {
                // Which word it becomes is not known yet, so a rare one is worth no more.
                const auto frequency = statistics(snapshot_, language, term).frequency;
                if (frequency > 0 && (words.size() > 1 || products < products_enough)) {
                    word.alternatives.push_back({{{term, 1}}, 1});
                    products += frequency;
                }
            }
            plan.words.push_back(std::move(word));
        }
        return plan;
    }

    /// The most frequent word that begins with something within the typing errors forgiven.
    std::optional<std::string> correction_with_prefix(const std::string& language,
                                                      std::string_view typed) const {
        if (const auto whole = correction_of(snapshot_, language, typed)) {
            return whole->display;
        }
        const auto letters = characters(typed);
        const auto forgiven = std::min(typos_forgiven(letters.size()), 1U);
        std::pair<std::uint32_t, std::string> best;
        for (const auto& part : snapshot_.parts) {
            const TextIndex* text = part.segment->text(language);
            if (!text || forgiven == 0) {
                continue;
            }
            const auto [first, last] = text->words.with_prefix(typed.substr(0, 2));
            for (auto at = first; at < last; ++at) {
                const auto candidate = characters(text->words[at]);
                const bool near = begins_with(candidate, letters, forgiven);
                if (near && text->word_counts[at] > best.first) {
                    best = {text->word_counts[at], std::string(text->displays[at])};
                }
            }
        }
        return best.first > 0 ? std::optional(best.second) : std::nullopt;
    }

    static bool begins_with(std::u32string_view word, std::u32string_view begin,
                            std::uint32_t forgiven) {
        for (std::size_t size = begin.size() - forgiven; size <= begin.size() + forgiven; ++size) {
            if (size <= word.size() &&
                edit_distance(word.substr(0, size), begin, forgiven) <= forgiven) {
                return true;
            }
        }
        return false;
    }

    const TextIndex* text_of(const Segment& segment) const {
        for (const auto& language : languages_) {
            if (const TextIndex* text = segment.text(language)) {
                return text;
            }
        }
        return nullptr;
    }

    std::string name_of(const Segment& segment, Doc doc) const {
        for (const auto& language : languages_) {
            const TextIndex* text = segment.text(language);
            if (text && !text->names[doc].empty()) {
                return std::string(text->names[doc]);
            }
        }
        return {};
    }

    const Snapshot& snapshot_;
    std::uint32_t limit_ = 0;
    std::vector<std::string> languages_;
    std::vector<Bitmap> sellable_;
};

}  // namespace

std::vector<Suggestion> Reader::suggest(const SuggestionsWanted& wanted) const {
    const std::string_view typed = std::string_view(wanted.prefix).substr(0, prefix_bytes_max);
    if (typed.find_first_not_of(" \t\n") == std::string_view::npos) {
        return {};
    }
    const Suggester suggester(*snapshot_, wanted);
    auto found = suggester.suggest(typed);
    if (found.empty()) {
        const auto corrected = suggester.corrected(typed);
        found = corrected.empty() ? std::vector<Suggestion>() : suggester.suggest(corrected);
    }
    return found;
}

}  // namespace kontor::discovery::engine
