#include "unsynced_disk.hpp"

#include <algorithm>
#include <cstring>
#include <fstream>

namespace kontor::faults {

namespace {

// Within a write only whole sectors are kept or lost.
constexpr std::size_t sector = 512;

/// An open file as SQLite sees it. Behind it in memory lies the one of the real VFS.
struct Handle {
    sqlite3_file base;
    UnsyncedDisk* disk;
    std::string* path;  ///< Null for temporary files, which no crash needs.
};

sqlite3_file* real_of(sqlite3_file* file) {
    return reinterpret_cast<sqlite3_file*>(reinterpret_cast<Handle*>(file) + 1);
}
Handle& handle_of(sqlite3_file* file) {
    return *reinterpret_cast<Handle*>(file);
}
UnsyncedDisk& disk_of(sqlite3_vfs* vfs) {
    return *static_cast<UnsyncedDisk*>(vfs->pAppData);
}

int close(sqlite3_file* file) {
    delete handle_of(file).path;
    auto* real = real_of(file);
    return real->pMethods->xClose(real);
}
int read(sqlite3_file* file, void* bytes, int size, sqlite3_int64 offset) {
    auto* real = real_of(file);
    return real->pMethods->xRead(real, bytes, size, offset);
}
int write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 offset) {
    auto& handle = handle_of(file);
    const auto length = static_cast<std::size_t>(size);
    if (handle.path != nullptr &&
        !handle.disk->write(*handle.path, {static_cast<const char*>(bytes), length},
                            static_cast<std::size_t>(offset))) {
        return SQLITE_IOERR_WRITE;
    }
    auto* real = real_of(file);
    return real->pMethods->xWrite(real, bytes, size, offset);
}
int truncate(sqlite3_file* file, sqlite3_int64 size) {
    auto& handle = handle_of(file);
    if (handle.path != nullptr &&
        !handle.disk->truncate(*handle.path, static_cast<std::size_t>(size))) {
        return SQLITE_IOERR_TRUNCATE;
    }
    auto* real = real_of(file);
    return real->pMethods->xTruncate(real, size);
}
int sync(sqlite3_file* file, int) {
    auto& handle = handle_of(file);
    return handle.path == nullptr || handle.disk->sync(*handle.path) ? SQLITE_OK
                                                                     : SQLITE_IOERR_FSYNC;
}
int file_size(sqlite3_file* file, sqlite3_int64* size) {
    auto* real = real_of(file);
    return real->pMethods->xFileSize(real, size);
}
int lock(sqlite3_file* file, int level) {
    auto* real = real_of(file);
    return real->pMethods->xLock(real, level);
}
int unlock(sqlite3_file* file, int level) {
    auto* real = real_of(file);
    return real->pMethods->xUnlock(real, level);
}
int is_reserved(sqlite3_file* file, int* answer) {
    auto* real = real_of(file);
    return real->pMethods->xCheckReservedLock(real, answer);
}
int control(sqlite3_file* file, int operation, void* argument) {
    auto* real = real_of(file);
    return real->pMethods->xFileControl(real, operation, argument);
}
int sector_size(sqlite3_file* file) {
    auto* real = real_of(file);
    return real->pMethods->xSectorSize(real);
}
int characteristics(sqlite3_file* file) {
    auto* real = real_of(file);
    return real->pMethods->xDeviceCharacteristics(real);
}
int map_shared(sqlite3_file* file, int page, int size, int extend, void volatile** memory) {
    auto* real = real_of(file);
    return real->pMethods->xShmMap(real, page, size, extend, memory);
}
int lock_shared(sqlite3_file* file, int offset, int count, int flags) {
    auto* real = real_of(file);
    return real->pMethods->xShmLock(real, offset, count, flags);
}
void barrier(sqlite3_file* file) {
    auto* real = real_of(file);
    real->pMethods->xShmBarrier(real);
}
int unmap_shared(sqlite3_file* file, int remove) {
    auto* real = real_of(file);
    return real->pMethods->xShmUnmap(real, remove);
}

constexpr sqlite3_io_methods methods{.iVersion = 2,
                                     .xClose = close,
                                     .xRead = read,
                                     .xWrite = write,
                                     .xTruncate = truncate,
                                     .xSync = sync,
                                     .xFileSize = file_size,
                                     .xLock = lock,
                                     .xUnlock = unlock,
                                     .xCheckReservedLock = is_reserved,
                                     .xFileControl = control,
                                     .xSectorSize = sector_size,
                                     .xDeviceCharacteristics = characteristics,
                                     .xShmMap = map_shared,
                                     .xShmLock = lock_shared,
                                     .xShmBarrier = barrier,
                                     .xShmUnmap = unmap_shared,
                                     .xFetch = nullptr,
                                     .xUnfetch = nullptr};

int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* flags_out) {
    auto& disk = disk_of(vfs);
    auto& handle = handle_of(file);
    handle = {{nullptr}, &disk, nullptr};
    auto* real = real_of(file);
    const int code = disk.real().xOpen(&disk.real(), name, real, flags, flags_out);
    if (real->pMethods == nullptr) {
        return code;
    }
    if (name != nullptr && (flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL)) != 0) {
        handle.path = new std::string(name);
        disk.opened(*handle.path);
    }
    handle.base.pMethods = &methods;
    return code;
}

int remove(sqlite3_vfs* vfs, const char* name, int sync_folder) {
    auto& disk = disk_of(vfs);
    return disk.remove(name) ? disk.real().xDelete(&disk.real(), name, sync_folder)
                             : SQLITE_IOERR_DELETE;
}

std::string contents(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

UnsyncedDisk::UnsyncedDisk(std::uint64_t seed)
    : real_(sqlite3_vfs_find(nullptr)), vfs_(*real_), random_(seed) {
    vfs_.szOsFile = static_cast<int>(sizeof(Handle)) + real_->szOsFile;
    vfs_.zName = "unsynced";
    vfs_.pNext = nullptr;
    vfs_.pAppData = this;
    vfs_.xOpen = faults::open;
    vfs_.xDelete = faults::remove;
    sqlite3_vfs_register(&vfs_, 1);
}

UnsyncedDisk::~UnsyncedDisk() {
    sqlite3_vfs_unregister(&vfs_);
    sqlite3_vfs_register(real_, 1);
}

void UnsyncedDisk::cut_at(std::uint64_t writes) {
    const std::lock_guard lock(mutex_);
    writes_left_ = writes;
}

bool UnsyncedDisk::is_cut() const {
    const std::lock_guard lock(mutex_);
    return cut_;
}

void UnsyncedDisk::opened(const std::string& path) {
    const std::lock_guard lock(mutex_);
    const auto [file, fresh] = files_.try_emplace(path);
    if (fresh) {
        file->second.durable = contents(path);
    }
}

bool UnsyncedDisk::write(const std::string& path, std::string bytes, std::size_t offset) {
    const std::lock_guard lock(mutex_);
    if (cut_) {
        return false;
    }
    files_[path].pending.push_back({offset, std::move(bytes)});
    cut_ = --writes_left_ == 0;
    return !cut_;
}

bool UnsyncedDisk::truncate(const std::string& path, std::size_t size) {
    const std::lock_guard lock(mutex_);
    if (!cut_) {
        files_[path].pending.push_back({size, {}, true});
    }
    return !cut_;
}

bool UnsyncedDisk::sync(const std::string& path) {
    const std::lock_guard lock(mutex_);
    if (!cut_) {
        auto& file = files_[path];
        for (const auto& change : file.pending) {
            apply(file, change);
        }
        file.pending.clear();
    }
    return !cut_;
}

bool UnsyncedDisk::remove(const std::string& path) {
    const std::lock_guard lock(mutex_);
    if (!cut_) {
        files_.erase(path);
    }
    return !cut_;
}

void UnsyncedDisk::restore() {
    const std::lock_guard lock(mutex_);
    for (auto& [path, file] : files_) {
        unsynced_ += file.pending.size();
        for (const auto& change : survivors(std::move(file.pending))) {
            apply(file, change);
        }
        file.pending.clear();
        std::ofstream(path, std::ios::binary | std::ios::trunc) << file.durable;
        std::filesystem::remove(path + "-shm");
    }
    cut_ = false;
    writes_left_ = UINT64_MAX;
}

void UnsyncedDisk::apply(File& file, const Change& change) {
    const auto end = change.offset + change.bytes.size();
    if (change.truncates || file.durable.size() < end) {
        file.durable.resize(end);
    }
    std::memcpy(file.durable.data() + change.offset, change.bytes.data(), change.bytes.size());
}

/// None of them, those up to some point, or any of them in any condition: what a disk does with
/// what it was not asked to keep.
std::vector<UnsyncedDisk::Change> UnsyncedDisk::survivors(std::vector<Change> pending) {
    const auto manner = random_.below(3);
    if (manner == 0 || pending.empty()) {
        return {};
    }
    if (manner == 1) {
        pending.resize(random_.below(pending.size() + 1));
        return pending;
    }
    std::erase_if(pending, [this](const Change&) { return random_.below(2) == 0; });
    for (auto& change : pending) {
        if (change.bytes.size() > sector && random_.below(4) == 0) {
            change.bytes.resize(sector * random_.below(change.bytes.size() / sector + 1));
        }
    }
    return pending;
}

}  // namespace kontor::faults
