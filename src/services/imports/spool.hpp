#pragma once

#include <filesystem>
#include <map>
#include <mutex>

#include "services/imports/api.hpp"

namespace kontor::imports {

/// Files that are on their way, in a folder of this process. Appending writes to the page cache,
/// at most 512 KiB at a time, which is quick enough for a loop. Thread-safe.
class Spool {
public:
    static constexpr std::size_t uploads_max = 16;

    explicit Spool(std::filesystem::path folder);
    ~Spool();
    Spool(const Spool&) = delete;
    Spool& operator=(const Spool&) = delete;

    /// Begins a file. Gives up those that got nothing since `stale_before`.
    /// Refuses: `unavailable` where 16 are on their way.
    Result<void> open(ImportId id, OpenImport wanted, Timestamp now, Timestamp stale_before);
    /// How much there is then. Refuses: `not_found`, `conflict` (the offset), `too_large` (the
    /// piece).
    Result<std::int64_t> append(const AppendPiece& piece, Timestamp now);

    struct Received {
        OpenImport wanted;
        std::int64_t bytes = 0;
    };
    /// Ends a file: no piece is taken any more. Refuses: `not_found`.
    Result<Received> close(ImportId id);

    std::filesystem::path rows_of(ImportId id) const;
    std::filesystem::path rejects_of(ImportId id) const;
    /// Those whose file is here and closed.
    std::vector<ImportId> closed() const;
    void remove(ImportId id);

private:
    struct Upload;

    std::filesystem::path folder_;
    mutable std::mutex mutex_;
    std::map<ImportId, Upload> uploads_;
};

}  // namespace kontor::imports
