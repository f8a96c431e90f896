#pragma once

#include <filesystem>

namespace kontor {

/// Keeps a folder to one user at a time, of this process or another, for files that two would
/// damage. The kernel gives it back when the process ends, however it ends (flock(2)).
class FolderLock {
public:
    /// Makes `folder` where it is missing, and in it the file `lock`, which holds the number of the
    /// process. Waits for half a second at most, blocking. Throws std::runtime_error that names the
    /// process where somebody has it for longer, std::system_error where nothing can be written.
    explicit FolderLock(const std::filesystem::path& folder);
    ~FolderLock();
    FolderLock(const FolderLock&) = delete;
    FolderLock& operator=(const FolderLock&) = delete;

private:
    int descriptor_ = -1;
};

}  // namespace kontor
