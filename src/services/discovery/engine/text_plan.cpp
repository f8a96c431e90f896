#include "services/discovery/engine/text_plan.hpp"

#include <algorithm>

#include "services/discovery/engine/compounds.hpp"
#include "services/discovery/engine/vocabulary.hpp"

namespace kontor::discovery::engine {
namespace {

constexpr std::size_t text_bytes_max = 200;
constexpr std::size_t words_max = 12;

// What a way of having a word is worth beside the word as it was typed.
constexpr float compound_parts_weight = 0.6F;
constexpr float pieces_weight = 0.5F;
constexpr float joined_weight = 0.5F;  // Of each of the two: together they count as one word.
constexpr float beside_correction_weight = 0.4F;
constexpr float prefix_weight = 0.5F;

/// "Next to nothing": so seldom that a frequent neighbour is likely what was meant.
constexpr std::uint32_t seldom = 2;
constexpr std::uint32_t much_more_frequent = 50;
constexpr std::size_t seldom_letters_min = 5;

/// A word on its way from what was typed to what is looked up, in one language.
struct Draft {
    Word word;
    PlannedWord planned;
    std::uint32_t frequency = 0;  ///< Of its most frequent alternative.
};

class Planner {
public:
    Planner(const Snapshot& snapshot, const std::string& code, std::string_view text)
        : snapshot_(snapshot), code_(code), language_(language_of(code)), stem_(language_) {
        for (auto& word : words_of(text, language_)) {
            if (drafts_.size() < words_max) {
                drafts_.push_back({std::move(word), {}, 0});
            }
        }
        drop_stop_words();
        for (std::size_t i = 0; i < drafts_.size(); ++i) {
            plan(i);
        }
    }

    std::size_t size() const { return drafts_.size(); }
    const Draft& draft(std::size_t i) const { return drafts_[i]; }

    std::optional<Correction> correction(std::size_t i) const {
        const auto& word = drafts_[i].word.text;
        if (auto whole = correction_of(snapshot_, code_, word)) {
            return whole;
        }
        auto compound = mended_compound(
            word, language_, [this](std::string_view part) { return count(part); },
            [this](std::string_view part) -> std::optional<MendedWord> {
                auto found = correction_of(snapshot_, code_, part);
                if (!found) {
                    return std::nullopt;
                }
                return MendedWord{std::move(found->text), found->distance, found->count};
            });
        if (!compound) {
            return std::nullopt;
        }
        return Correction{compound->text, compound->text, compound->distance, compound->count};
    }
    /// Searches the correction instead of what was typed, or beside it.
    void correct(std::size_t i, const Correction& correction, bool instead) {
        const float weight = instead ? 1.0F : beside_correction_weight;
        add(drafts_[i], {stem_(correction.text)}, weight);
        add(drafts_[i], parts_of(correction.text), weight * compound_parts_weight);
        if (instead) {
            drafts_[i].word.text = correction.text;
            drafts_[i].word.display = correction.display;
        }
    }
    void complete(std::size_t i) {
        for (const auto& term : terms_with_prefix(snapshot_, code_, drafts_[i].word.text, 8)) {
            add(drafts_[i], {term}, prefix_weight);
        }
    }

    TextPlan finish() && {
        TextPlan plan{code_, {}};
        for (auto& draft : drafts_) {
            plan.words.push_back(std::move(draft.planned));
        }
        return plan;
    }

private:
    void drop_stop_words() {
        const auto is_stop_word = [&](const Draft& draft) {
            const auto& all = language_.stop_words;
            return std::ranges::find(all, draft.word.text) != all.end();
        };
        if (!std::ranges::all_of(drafts_, is_stop_word)) {
            std::erase_if(drafts_, is_stop_word);
        }
    }

    void plan(std::size_t i) {
        Draft& draft = drafts_[i];
        add(draft, {stem_(draft.word.text)}, 1);
        add(draft, parts_of(draft.word.text), compound_parts_weight);
        if (draft.word.parts.size() > 1 || draft.planned.alternatives.empty()) {
            add(draft, draft.word.parts, pieces_weight);
        }
        if (i > 0) {
            const auto whole = stem_(drafts_[i - 1].word.text + draft.word.text);
            add(drafts_[i - 1], {whole}, joined_weight);
            add(draft, {whole}, joined_weight);
        }
    }

    /// The stems of a compound's parts.
    std::vector<std::string> parts_of(std::string_view word) {
        auto parts =
            compound_parts(word, language_, [this](std::string_view part) { return count(part); });
        for (auto& part : parts) {
            part = stem_(part);
        }
        return parts;
    }

    std::uint32_t count(std::string_view word) const {
        std::uint32_t found = 0;
        for (const auto& part : snapshot_.parts) {
            const TextIndex* text = part.segment->text(code_);
            found += text ? count_in(*text, word) : 0;
        }
        return found;
    }

    /// Adds a way to have the word, unless one of its terms occurs nowhere.
    void add(Draft& draft, const std::vector<std::string>& terms, float weight) const {
        Alternative alternative{{}, weight};
        std::uint32_t least = 0xFFFFFFFF;
        for (const auto& term : terms) {
            const auto [frequency, idf] = statistics(snapshot_, code_, term);
            least = std::min(least, frequency);
            alternative.terms.push_back({term, idf});
        }
        if (!terms.empty() && least > 0) {
            draft.frequency = std::max(draft.frequency, least);
            draft.planned.alternatives.push_back(std::move(alternative));
        }
    }

    const Snapshot& snapshot_;
    const std::string& code_;
    const Language& language_;
    Stemmer stem_;
    std::vector<Draft> drafts_;
};

/// Corrects the words that no language knows, each in the first language that can.
class Corrector {
public:
    explicit Corrector(std::vector<Planner>& planners) : planners_(planners) {}

    std::string correct() {
        std::string text;
        for (std::size_t i = 0; i < planners_.front().size(); ++i) {
            correct(i);
            text += (i > 0 ? " " : "") + planners_.front().draft(i).word.display;
        }
        return corrected_ ? text : std::string();
    }

private:
    void correct(std::size_t i) {
        std::uint32_t frequency = 0;
        for (const auto& planner : planners_) {
            frequency = std::max(frequency, i < planner.size() ? planner.draft(i).frequency : 0);
        }
        if (frequency > seldom) {
            return;
        }
        const auto letters = planners_.front().draft(i).word.text.size();
        for (const auto& planner : planners_) {
            const auto found = i < planner.size() ? planner.correction(i) : std::nullopt;
            if (!found) {
                continue;
            }
            const bool likely = letters >= seldom_letters_min && found->distance == 1 &&
                                found->count >= much_more_frequent * frequency;
            if (frequency == 0 || likely) {
                apply(i, *found, frequency == 0);
                return;
            }
        }
        if (frequency == 0) {
            complete(i);
        }
    }

    void apply(std::size_t i, const Correction& correction, bool instead) {
        corrected_ = corrected_ || instead;
        for (auto& planner : planners_) {
            if (i < planner.size()) {
                planner.correct(i, correction, instead);
            }
        }
    }

    void complete(std::size_t i) {
        for (auto& planner : planners_) {
            if (i < planner.size()) {
                planner.complete(i);
            }
        }
    }

    std::vector<Planner>& planners_;
    bool corrected_ = false;
};

}  // namespace

PlannedText plan_text(const Snapshot& snapshot, const std::vector<std::string>& languages,
                      std::string_view text) {
    const auto needed = needed_languages(snapshot, languages);
    std::vector<Planner> planners;
    for (const auto& language : needed) {
        planners.emplace_back(snapshot, language, text.substr(0, text_bytes_max));
    }
    PlannedText planned;
    if (planners.empty()) {
        return planned;
    }
    planned.corrected_to = Corrector(planners).correct();
    for (auto& planner : planners) {
        planned.plans.push_back(std::move(planner).finish());
    }
    return planned;
}

}  // namespace kontor::discovery::engine
