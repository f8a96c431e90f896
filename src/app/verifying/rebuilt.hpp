#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace kontor::verifying {

/// All that a projection holds.
struct Contents {
    std::string sha256;  ///< Of its dump (discovery/dump.hpp), each line with its line break.
    std::int64_t facts = 0;
};

/// The two lines where the dumps part; `nothing` where one of them has ended.
struct Parting {
    std::string served;
    std::string rebuilt;
};

struct Comparison {
    Contents served;
    Contents rebuilt;
    std::optional<Parting> first_difference;
};

/// Compares two projections fact by fact. `served`, `rebuilt`: the folders of discovery, in use by
/// nobody in this process. `scratch`: a file that is written, as large as all facts of one as JSON.
/// Throws lmdb::Error, and std::runtime_error where the disk refuses.
Comparison compare_projections(const std::filesystem::path& served,
                               const std::filesystem::path& rebuilt,
                               const std::filesystem::path& scratch);

}  // namespace kontor::verifying
