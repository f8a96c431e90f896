#include "services/discovery/engine/segment.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "services/discovery/engine/query.hpp"

namespace kontor::discovery::engine {
namespace {

Completions completions(const Image& image, const std::string& name) {
    return {image.strings(name), image.array<std::uint32_t>(name + ".targets"),
            image.array<std::uint32_t>(name + ".weights")};
}

TextIndex text_index(const Image& image, std::string language, Doc size) {
    const std::string at = "text/" + language + "/";
    TextIndex text;
    text.language = std::move(language);
    text.terms = image.strings(at + "terms");
    text.postings_at = image.array<std::uint64_t>(at + "postings.at");
    text.docs = image.array<Doc>(at + "docs");
    text.impacts = image.array<std::uint16_t>(at + "impacts");
    text.words = image.strings(at + "words");
    text.displays = image.strings(at + "displays");
    text.word_counts = image.array<std::uint32_t>(at + "word_counts");
    text.deletes = {image.array<std::uint32_t>(at + "deletes.hashes"),
                    image.array<std::uint32_t>(at + "deletes.words")};
    text.names = image.strings(at + "names");
    text.by_name = image.array<Doc>(at + "by_name");
    text.name_rank = image.array<std::uint32_t>(at + "name_rank");
    text.name_keys = image.strings(at + "name_keys");
    text.present = image.bitmaps(at + "present")[0];
    text.complete = text.present.size() == size;
    text.average_lengths = image.array<float>(at + "average_lengths");
    text.category_names = image.strings(at + "category_names");
    text.categories = completions(image, at + "category_completions");
    return text;
}

bool fits(const TextIndex& text, Doc size) {
    return text.postings_at.size() == text.terms.size() + 1 &&
           text.docs.size() == text.postings_at.back() && text.impacts.size() == text.docs.size() &&
           text.names.size() == size && text.by_name.size() == size &&
           text.name_rank.size() == size && text.average_lengths.size() == fields &&
           text.displays.size() == text.words.size();
}

bool fits(const Segment& segment) {
    const std::size_t size = segment.size;
    return segment.created.size() == size && segment.ranks.size() == size &&
           segment.sorted_ids.size() == size && segment.docs_of_ids.size() == size &&
           segment.brand_of.size() == size && segment.path_of.size() == size &&
           segment.documents_at.size() == size + 1 &&
           segment.documents.size() == segment.documents_at.back() &&
           segment.values_at.size() == segment.attribute_names.size() + 1 &&
           segment.value_docs.size() == segment.value_keys.size() &&
           segment.store_docs.size() == segment.stores.size() &&
           segment.sellable.size() == segment.markets.size() &&
           std::ranges::all_of(segment.languages,
                               [&](const TextIndex& text) { return fits(text, segment.size); });
}

void read_columns(Segment& segment, const Image& image) {
    segment.ids = image.array<ProductId>("ids");
    segment.size = static_cast<Doc>(segment.ids.size());
    segment.created = image.array<std::int64_t>("created");
    segment.ranks = image.array<std::uint32_t>("ranks");
    segment.sorted_ids = image.array<ProductId>("ids.sorted");
    segment.docs_of_ids = image.array<Doc>("ids.docs");
    segment.slug_hashes = image.array<std::uint64_t>("slugs");
    segment.docs_of_slugs = image.array<Doc>("slugs.docs");
    segment.code_hashes = image.array<std::uint64_t>("codes");
    segment.docs_of_codes = image.array<Doc>("codes.docs");
    segment.documents_at = image.array<std::uint64_t>("documents.at");
    segment.documents = image.bytes("documents");
}

void read_filters(Segment& segment, const Image& image) {
    segment.brand_keys = image.strings("brand.keys");
    segment.brand_names = image.strings("brand.names");
    segment.brand_docs = image.bitmaps("brand.docs");
    segment.brand_of = image.array<std::uint32_t>("brand.of");
    segment.brand_completions = completions(image, "brand.completions");
    segment.categories = image.array<CategoryId>("categories");
    segment.category_docs = image.bitmaps("category.docs");
    segment.path_of = image.array<std::uint32_t>("path.of");
    segment.path_at = image.array<std::uint32_t>("path.at");
    segment.path_categories = image.array<std::uint32_t>("path.categories");
    segment.attribute_names = image.strings("attributes");
    segment.values_at = image.array<std::uint32_t>("values.at");
    segment.value_keys = image.strings("value.keys");
    segment.value_names = image.strings("value.names");
    segment.value_docs = image.bitmaps("value.docs");
    for (std::size_t i = 0; i < segment.attribute_names.size(); ++i) {
        segment.value_of.push_back(image.array<std::uint32_t>(fmt::format("value.of/{}", i)));
    }
    segment.numbers_at = image.array<std::uint32_t>("numbers.at");
    segment.numbers = image.array<double>("numbers");
    segment.docs_of_numbers = image.array<Doc>("numbers.docs");
    segment.markets = image.strings("markets");
    segment.sellable = image.bitmaps("sellable");
    segment.online = image.bitmaps("online");
    segment.stores = image.array<std::uint32_t>("stores");
    segment.store_docs = image.bitmaps("store.docs");
}

}  // namespace

Result<std::shared_ptr<const Segment>> Segment::open(std::shared_ptr<const Image> image,
                                                     bool is_base) {
    auto segment = std::make_shared<Segment>();
    read_columns(*segment, *image);
    read_filters(*segment, *image);
    const auto languages = image->strings("languages");
    for (std::size_t i = 0; i < languages.size(); ++i) {
        segment->languages.push_back(text_index(*image, std::string(languages[i]), segment->size));
    }
    segment->image = std::move(image);
    segment->is_base = is_base;
    if (!fits(*segment)) {
        return refuse(refusals::damaged_index,
                      "the index's columns do not fit together: delete the file and rebuild");
    }
    return std::shared_ptr<const Segment>(std::move(segment));
}

std::optional<Doc> Segment::find(ProductId id) const {
    const auto found = std::ranges::lower_bound(sorted_ids, id);
    if (found == sorted_ids.end() || *found != id) {
        return std::nullopt;
    }
    return docs_of_ids[static_cast<std::size_t>(found - sorted_ids.begin())];
}

const TextIndex* Segment::text(std::string_view language) const {
    const auto found = std::ranges::find(languages, language, &TextIndex::language);
    return found == languages.end() ? nullptr : &*found;
}

PriceColumn Segment::prices(std::size_t market) const {
    const auto name = fmt::format("prices/{}", market);
    const auto offsets = image->array<std::uint32_t>(name + ".at");
    const auto windows = image->array<PriceWindow>(name);
    PriceColumn::Chunks chunks;
    for (Doc first = 0; first < size; first += PriceChunk::products) {
        const Doc count = std::min(PriceChunk::products, size - first);
        chunks.push_back(
            std::make_shared<const PriceChunk>(offsets.subspan(first, count + 1), windows));
    }
    return PriceColumn(std::move(chunks));
}

std::string Segment::position() const {
    const auto bytes = image->bytes("position");
    return {bytes.data(), bytes.size()};
}

std::uint64_t key_hash(std::string_view text) {
    return checksum(text);
}

}  // namespace kontor::discovery::engine
