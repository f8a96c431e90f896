#include "app/verifying/rebuilt.hpp"

#include <fstream>
#include <functional>
#include <stdexcept>

#include "platform/crypto/sha256_stream.hpp"
#include "services/discovery/dump.hpp"

namespace kontor::verifying {

namespace {

constexpr auto ended = "nothing";

Contents contents_of(const std::filesystem::path& folder,
                     const std::function<void(std::string_view)>& look) {
    Contents contents;
    crypto::Sha256Stream hash;
    discovery::dump(folder, [&](std::string_view line) {
        hash.add(line);
        hash.add("\n");
        ++contents.facts;
        look(line);
    });
    contents.sha256 = crypto::to_hex(hash.finish());
    return contents;
}

}  // namespace

Comparison compare_projections(const std::filesystem::path& served,
                               const std::filesystem::path& rebuilt,
                               const std::filesystem::path& scratch) {
    Comparison comparison;
    std::ofstream noted(scratch);
    comparison.served = contents_of(served, [&](std::string_view line) { noted << line << '\n'; });
    noted.close();
    if (!noted) {
        throw std::runtime_error("cannot write " + scratch.string());
    }
    std::ifstream lines(scratch);
    auto& parting = comparison.first_difference;
    comparison.rebuilt = contents_of(rebuilt, [&](std::string_view line) {
        std::string other;
        const bool there = !parting && std::getline(lines, other);
        if (!parting && other != line) {
            parting = {there ? other : ended, std::string(line)};
        }
    });
    std::string other;
    if (!parting && std::getline(lines, other)) {
        parting = {other, ended};
    }
    return comparison;
}

}  // namespace kontor::verifying
