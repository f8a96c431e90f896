#include "services/discovery/engine/typos.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <unicode/utf8.h>

namespace kontor::discovery::engine {
namespace {

constexpr std::size_t prefix_length = 7;
constexpr std::size_t word_length_max = 40;

std::uint32_t hash(std::u32string_view text) {
    std::uint64_t h = 0xCBF29CE484222325ULL;
    for (const char32_t c : text) {
        h = (h ^ c) * 0x100000001B3ULL;
    }
    return static_cast<std::uint32_t>(h ^ (h >> 32));
}

/// Hashes of the prefix with up to `deletions` letters left out.
void add_deletes(std::u32string_view text, std::uint32_t deletions, std::size_t from,
                 std::vector<std::uint32_t>& out) {
    out.push_back(hash(text));
    if (deletions == 0 || text.size() <= 1) {
        return;
    }
    for (std::size_t i = from; i < text.size(); ++i) {
        std::u32string shorter(text);
        shorter.erase(i, 1);
        add_deletes(shorter, deletions - 1, i, out);
    }
}

std::vector<std::uint32_t> filed_under(std::u32string_view word) {
    std::vector<std::uint32_t> out;
    add_deletes(word.substr(0, prefix_length), typos_forgiven(word.size()), 0, out);
    std::ranges::sort(out);
    out.erase(std::ranges::unique(out).begin(), out.end());
    return out;
}

}  // namespace

std::u32string characters(std::string_view utf8) {
    std::u32string out;
    const auto size = static_cast<int32_t>(utf8.size());
    for (int32_t i = 0; i < size;) {
        UChar32 c = 0;
        U8_NEXT_OR_FFFD(utf8.data(), i, size, c);
        out += static_cast<char32_t>(c);
    }
    return out;
}

std::uint32_t typos_forgiven(std::size_t letters) {
    return letters < 4 ? 0 : letters < 8 ? 1 : 2;
}

std::uint32_t edit_distance(std::u32string_view one, std::u32string_view other, std::uint32_t max) {
    if (one.size() > other.size()) {
        std::swap(one, other);
    }
    if (other.size() - one.size() > max || one.size() > word_length_max) {
        return max + 1;
    }
    using Row = std::array<std::uint32_t, word_length_max + 1>;
    Row before_previous{};
    Row previous{};
    Row current{};
    for (std::uint32_t i = 0; i <= one.size(); ++i) {
        previous[i] = i;
    }
    for (std::size_t j = 1; j <= other.size(); ++j) {
        current[0] = static_cast<std::uint32_t>(j);
        std::uint32_t least = current[0];
        for (std::size_t i = 1; i <= one.size(); ++i) {
            const std::uint32_t replaced = previous[i - 1] + (one[i - 1] != other[j - 1]);
            current[i] = std::min({previous[i] + 1, current[i - 1] + 1, replaced});
            if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1]) {
                current[i] = std::min(current[i], before_previous[i - 2] + 1);
            }
            least = std::min(least, current[i]);
        }
        if (least > max) {
            return max + 1;
        }
        before_previous = std::exchange(previous, current);
    }
    return std::min(previous[one.size()], max + 1);
}

DeletesTable deletes_of(std::span<const std::string> words) {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> entries;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto letters = characters(words[i]);
        if (typos_forgiven(letters.size()) == 0 || letters.size() > word_length_max) {
            continue;
        }
        for (const auto key : filed_under(letters)) {
            entries.emplace_back(key, static_cast<std::uint32_t>(i));
        }
    }
    std::ranges::sort(entries);
    DeletesTable table;
    for (const auto& [key, word] : entries) {
        table.hashes.push_back(key);
        table.words.push_back(word);
    }
    return table;
}

std::vector<std::uint32_t> Deletes::candidates(std::u32string_view word) const {
    std::vector<std::uint32_t> found;
    for (const auto key : filed_under(word)) {
        const auto range = std::ranges::equal_range(hashes, key);
        const auto first = static_cast<std::size_t>(range.begin() - hashes.begin());
        const auto entries = words.subspan(first, range.size());
        found.insert(found.end(), entries.begin(), entries.end());
    }
    std::ranges::sort(found);
    found.erase(std::ranges::unique(found).begin(), found.end());
    return found;
}

}  // namespace kontor::discovery::engine
