#pragma once

#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace kontor::bench {

/// What people rated for a query: 0 (wrong) to 3 (just right).
struct RatedProduct {
    std::uint64_t id;
    std::string name;
    std::string description;
};
struct Ratings {
    std::vector<RatedProduct> products;
    std::map<std::string, std::map<std::uint64_t, int>> of_query;
};

/// One record of RFC 4180 CSV; empty at the end.
inline std::vector<std::string> csv_record(std::istream& in) {
    std::vector<std::string> fields;
    std::string field;
    bool quoted = false;
    for (char c = 0; in.get(c);) {
        if (quoted && c == '"' && in.peek() == '"') {
            field += static_cast<char>(in.get());
        } else if (c == '"') {
            quoted = !quoted;
        } else if (!quoted && (c == ',' || c == '\n')) {
            fields.push_back(std::move(field));
            field.clear();
            if (c == '\n') {
                return fields;
            }
        } else if (quoted || c != '\r') {
            field += c;
        }
    }
    if (!field.empty()) {
        fields.push_back(std::move(field));
    }
    return fields;
}

/// Reads `query,docid,name,description,...,final_rating`, a header first.
inline Ratings read_ratings(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    Ratings ratings;
    std::set<std::uint64_t> known;
    csv_record(in);
    for (auto record = csv_record(in); record.size() >= 8; record = csv_record(in)) {
        const std::uint64_t id = std::stoull(record[1]);
        if (known.insert(id).second) {
            ratings.products.push_back({id, record[2], record[3]});
        }
        ratings.of_query[record[0]][id] = std::stoi(record[7]);
    }
    return ratings;
}

/// Normalized discounted cumulative gain of the first ten (Järvelin and Kekäläinen, 2002), gain
/// 2^rating - 1; what nobody rated gains nothing.
inline double ndcg_at_10(const std::vector<std::uint64_t>& found,
                         const std::map<std::uint64_t, int>& ratings) {
    const auto gain = [](int rating, std::size_t place) {
        return (std::exp2(rating) - 1) / std::log2(static_cast<double>(place) + 2);
    };
    std::multiset<int, std::greater<>> best;
    for (const auto& [id, rating] : ratings) {
        best.insert(rating);
    }
    double ideal = 0;
    std::size_t place = 0;
    for (auto at = best.begin(); at != best.end() && place < 10; ++at, ++place) {
        ideal += gain(*at, place);
    }
    double sum = 0;
    for (std::size_t i = 0; i < found.size() && i < 10; ++i) {
        const auto rated = ratings.find(found[i]);
        sum += rated == ratings.end() ? 0 : gain(rated->second, i);
    }
    return ideal > 0 ? sum / ideal : 0;
}

}  // namespace kontor::bench
