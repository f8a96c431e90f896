#pragma once

#include <sqlite3.h>

#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "base/random.hpp"

namespace kontor::faults {

/// A disk below SQLite (as its default VFS, for the lifetime of this) whose power can go: then only
/// what was synced is there for sure, and of each file any part of what was written since.
class UnsyncedDisk {
public:
    explicit UnsyncedDisk(std::uint64_t seed);
    ~UnsyncedDisk();
    UnsyncedDisk(const UnsyncedDisk&) = delete;
    UnsyncedDisk& operator=(const UnsyncedDisk&) = delete;

    /// The power goes within the `writes`-th write from now on; until `restore` nothing more can be
    /// written, synced or deleted.
    void cut_at(std::uint64_t writes);
    bool is_cut() const;

    /// Makes the files what the disk holds after the cut, with power again. Close them all before.
    void restore();

    /// Writes that were never synced when the power went, of all cuts.
    std::uint64_t unsynced() const { return unsynced_; }

    /// One change of a file that is not on the disk yet.
    struct Change {
        std::size_t offset = 0;
        std::string bytes;
        bool truncates = false;  ///< To `offset`.
    };
    struct File {
        std::string durable;  ///< As it was when last synced.
        std::vector<Change> pending;
    };

    // For SQLite, by the C functions beside.
    sqlite3_vfs& real() { return *real_; }
    void opened(const std::string& path);
    /// False: there is no power to do it with.
    bool write(const std::string& path, std::string bytes, std::size_t offset);
    bool truncate(const std::string& path, std::size_t size);
    bool sync(const std::string& path);
    bool remove(const std::string& path);

private:
    void apply(File& file, const Change& change);
    std::vector<Change> survivors(std::vector<Change> pending);

    sqlite3_vfs* real_;
    sqlite3_vfs vfs_;
    mutable std::mutex mutex_;  ///< Guards what follows.
    SeededRandom random_;
    std::map<std::string, File> files_;
    std::uint64_t writes_left_ = UINT64_MAX;
    std::uint64_t unsynced_ = 0;
    bool cut_ = false;
};

}  // namespace kontor::faults
