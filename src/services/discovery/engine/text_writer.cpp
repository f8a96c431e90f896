#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <memory>
#include <numeric>

#include <fmt/format.h>
#include <unicode/coll.h>

#include "services/discovery/engine/ranking.hpp"
#include "services/discovery/engine/segment_writer.hpp"
#include "services/discovery/engine/vocabulary.hpp"
#include "services/discovery/engine/words.hpp"

namespace kontor::discovery::engine {
namespace {

constexpr std::size_t collation_key_bytes_max = 96;

/// One word of one product, in the order of the text.
struct Occurrence {
    std::uint32_t word;
    Field field;
    bool part;
};

struct Posting {
    std::uint32_t term;
    Doc doc;
    std::uint16_t impact;
};

const LocalizedText* text_in(const IndexedProduct& product, std::string_view language) {
    const auto found = std::ranges::find(product.texts, language, &LocalizedText::language);
    return found == product.texts.end() ? nullptr : &*found;
}

class TextWriter {
public:
    TextWriter(const Ordered& products, const std::string& code, const TextIndex* larger)
        : products_(products),
          code_(code),
          language_(language_of(code)),
          larger_(larger),
          vocabulary_(language_, larger) {
        UErrorCode status = U_ZERO_ERROR;
        collator_.reset(icu::Collator::createInstance(icu::Locale(code.c_str()), status));
        category_names_.resize(products.categories.size());
        category_counts_.resize(products.categories.size());
    }

    void write(ImageWriter& image) {
        for (Doc doc = 0; doc < products_.order.size(); ++doc) {
            read(doc, products_.source.texts(products_.order[doc]));
        }
        set_averages();
        image.add(at("average_lengths"), std::vector<float>(averages_.begin(), averages_.end()));
        write_names(image);
        write_postings(image);
        write_words(image);
        write_categories(image);
    }

private:
    std::string at(const char* name) const { return fmt::format("text/{}/{}", code_, name); }

    void read(Doc doc, const IndexedProduct& product) {
        const LocalizedText* text = text_in(product, code_);
        // Without a name in this language it is sorted by the one it has, so that all have a place.
        const LocalizedText* named = text                    ? text
                                     : product.texts.empty() ? nullptr
                                                             : &product.texts[0];
        sort_keys_.push_back(named ? collation_key(named->name) : std::string());
        names_.push_back(text ? text->name : std::string());
        ids_.push_back(product.id);
        if (text) {
            present_.push_back(doc);
            read_fields(product, *text);
        }
        occurrences_at_.push_back(occurrences_.size());
        lengths_.resize(doc + 1);
    }

    void read_fields(const IndexedProduct& product, const LocalizedText& text) {
        lengths_.emplace_back();
        read_field(Field::name, text.name);
        read_field(Field::brand, product.brand);
        for (const auto& keyword : text.keywords) {
            read_field(Field::keywords, keyword);
        }
        for (std::size_t i = 0; i < text.category_names.size(); ++i) {
            read_field(Field::categories, text.category_names[i]);
            if (i < product.category_path.size()) {
                note_category(product.category_path[i], text.category_names[i]);
            }
        }
        for (const auto& attribute : product.attributes) {
            const auto* number = std::get_if<double>(&attribute.value);
            read_field(Field::attributes, number ? fmt::format("{}", *number)
                                                 : std::get<std::string>(attribute.value));
        }
        read_field(Field::description, text.description);
    }

    void read_field(Field field, std::string_view content) {
        const auto words = words_of(content, language_);
        lengths_.back()[static_cast<std::size_t>(field)] += static_cast<float>(words.size());
        for (const auto& word : words) {
            occurrences_.push_back({vocabulary_.note(word), field, false});
            for (const auto& part : word.parts) {
                occurrences_.push_back({vocabulary_.note_piece(part), field, true});
            }
        }
        for (const auto& whole : joined(words)) {
            occurrences_.push_back({vocabulary_.note_piece(whole), field, true});
        }
    }

    void note_category(CategoryId category, const std::string& name) {
        const auto found = std::ranges::lower_bound(products_.categories, category);
        const auto ordinal = static_cast<std::size_t>(found - products_.categories.begin());
        category_names_[ordinal] = name;
        ++category_counts_[ordinal];
    }

    std::string collation_key(const std::string& name) const {
        std::array<std::uint8_t, 512> key;
        const auto length = collator_->getSortKey(icu::UnicodeString::fromUTF8(name), key.data(),
                                                  static_cast<int32_t>(key.size()));
        const auto kept =
            std::min({static_cast<std::size_t>(length), key.size(), collation_key_bytes_max});
        return {reinterpret_cast<const char*>(key.data()), kept};
    }

    /// Those of the larger segment where there is one: a handful of products has no typical length.
    void set_averages() {
        for (std::size_t field = 0; field < fields; ++field) {
            double sum = 0;
            for (const auto& lengths : lengths_) {
                sum += lengths[field];
            }
            const double mean = present_.empty() ? 0 : sum / static_cast<double>(present_.size());
            const double known = larger_ ? larger_->average_lengths[field] : 0;
            averages_[field] = static_cast<float>(known > 0 ? known : mean);
        }
    }

    double occurrence_weight(const Occurrence& occurrence, const auto& lengths) const {
        const auto field = static_cast<std::size_t>(occurrence.field);
        const auto [weight, norm] = field_weights[field];
        const double relative = averages_[field] > 0 ? lengths[field] / averages_[field] : 1;
        return weight / (1 - norm + norm * relative);
    }

    std::vector<Posting> postings() {
        const auto terms_of = vocabulary_.terms_of_words();
        std::vector<Posting> all;
        std::map<std::uint32_t, double> frequency;
        for (Doc doc = 0; doc < products_.order.size(); ++doc) {
            frequency.clear();
            for (auto i = occurrences_at_[doc]; i < occurrences_at_[doc + 1]; ++i) {
                const double weight = occurrence_weight(occurrences_[i], lengths_[doc]);
                for (const auto [term, part] : terms_of[occurrences_[i].word]) {
                    frequency[term] += weight * (part || occurrences_[i].part ? part_weight : 1);
                }
            }
            for (const auto [term, weight] : frequency) {
                const double impact = weight / (saturation + weight) * impact_unit;
                all.push_back({term, doc, static_cast<std::uint16_t>(std::lround(impact))});
            }
        }
        return all;
    }

    void write_postings(ImageWriter& image) {
        const auto all = postings();
        const auto& terms = vocabulary_.terms();
        std::vector<std::uint32_t> order(terms.size());
        std::iota(order.begin(), order.end(), 0);
        std::ranges::sort(order, {}, [&](std::uint32_t i) -> const auto& { return terms[i]; });
        std::vector<std::uint64_t> counts(terms.size());
        for (const auto& posting : all) {
            ++counts[posting.term];
        }
        std::vector<std::uint64_t> starts{0};
        std::vector<std::uint64_t> next(terms.size());
        std::vector<std::string> sorted;
        for (const auto term : order) {
            sorted.push_back(terms[term]);
            next[term] = starts.back();
            starts.push_back(starts.back() + counts[term]);
        }
        std::vector<Doc> docs(all.size());
        std::vector<std::uint16_t> impacts(all.size());
        for (const auto& posting : all) {
            const auto to = next[posting.term]++;
            docs[to] = posting.doc;
            impacts[to] = posting.impact;
        }
        image.add_strings(at("terms"), sorted);
        image.add(at("postings.at"), starts);
        image.add(at("docs"), docs);
        image.add(at("impacts"), impacts);
    }

    void write_words(ImageWriter& image) {
        std::vector<const Vocabulary::Entry*> entries;
        for (const auto& entry : vocabulary_.words()) {
            if (entry.count > 0) {
                entries.push_back(&entry);
            }
        }
        std::ranges::sort(entries, {}, &Vocabulary::Entry::text);
        std::vector<std::string> words;
        std::vector<std::string> displays;
        std::vector<std::uint32_t> counts;
        std::vector<std::string> correctable;
        for (const auto* entry : entries) {
            words.push_back(entry->text);
            displays.push_back(
                std::ranges::max_element(entry->displays, {}, [](const auto& display) {
                    return std::pair(display.second, display.first);
                })->first);
            counts.push_back(entry->count);
            // A number is no typing error of another number.
            const bool digits = entry->text.find_first_of("0123456789") != std::string::npos;
            correctable.push_back(digits ? std::string() : entry->text);
        }
        const auto deletes = deletes_of(correctable);
        image.add_strings(at("words"), words);
        image.add_strings(at("displays"), displays);
        image.add(at("word_counts"), counts);
        image.add(at("deletes.hashes"), deletes.hashes);
        image.add(at("deletes.words"), deletes.words);
    }

    void write_names(ImageWriter& image) {
        std::vector<Doc> by_name(products_.order.size());
        std::iota(by_name.begin(), by_name.end(), 0);
        std::ranges::sort(by_name, {}, [&](Doc doc) {
            return std::pair<std::string_view, ProductId>(sort_keys_[doc], ids_[doc]);
        });
        std::vector<std::uint32_t> rank(by_name.size());
        for (std::uint32_t i = 0; i < by_name.size(); ++i) {
            rank[by_name[i]] = i;
        }
        std::vector<Bitmap> present;
        present.push_back(Bitmap::of(present_));
        image.add_strings(at("names"), names_);
        image.add(at("by_name"), by_name);
        image.add(at("name_rank"), rank);
        image.add_strings(at("name_keys"), sort_keys_);
        image.add_bitmaps(at("present"), present);
    }

    void write_categories(ImageWriter& image) {
        std::vector<Completion> completions;
        for (std::uint32_t i = 0; i < category_names_.size(); ++i) {
            const auto key = folded(category_names_[i]);
            for (std::size_t start = 0; start < key.size();) {
                completions.push_back({key.substr(start), i, category_counts_[i]});
                const auto space = key.find_first_of(" -/", start);
                start = space == std::string::npos ? key.size() : space + 1;
            }
        }
        image.add_strings(at("category_names"), category_names_);
        write_completions(at("category_completions"), std::move(completions), image);
    }

    const Ordered& products_;
    const std::string& code_;
    const Language& language_;
    const TextIndex* larger_;
    Vocabulary vocabulary_;
    std::unique_ptr<icu::Collator> collator_;
    std::vector<Occurrence> occurrences_;
    std::vector<std::size_t> occurrences_at_{0};
    std::vector<std::array<float, fields>> lengths_;
    std::array<float, fields> averages_{};
    std::vector<std::string> names_;
    std::vector<std::string> sort_keys_;
    std::vector<ProductId> ids_;
    std::vector<Doc> present_;
    std::vector<std::string> category_names_;
    std::vector<std::uint32_t> category_counts_;
};

}  // namespace

void write_texts(const Ordered& products, const std::string& language, const TextIndex* larger,
                 ImageWriter& image) {
    TextWriter(products, language, larger).write(image);
}

}  // namespace kontor::discovery::engine
