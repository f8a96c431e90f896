/// Trouble for a process, loaded before the C library (LD_PRELOAD): a disk that fails and a clock
/// that jumps, switched while the process runs.
///
/// `$TROUBLES_FILE` names a file of two 64-bit integers: what the disk does below the folder
/// `$TROUBLES_FOLDER` (see Disk), and by how many seconds the clock is off.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>

namespace {

/// `forgetful`: says that it synced, and did not.
enum class Disk : std::int64_t { well, full, read_only, no_sync, forgetful };

struct Troubles {
    std::atomic<Disk> disk{Disk::well};
    std::atomic<std::int64_t> clock_offset_s{0};
};

Troubles& troubles() {
    static Troubles* const mapped = [] {
        static Troubles none;
        const char* name = std::getenv("TROUBLES_FILE");
        // Not by `open`, which asks here.
        const auto file =
            name == nullptr ? -1 : syscall(SYS_openat, AT_FDCWD, name, O_RDWR | O_CLOEXEC);
        void* const memory = file < 0 ? MAP_FAILED
                                      : mmap(nullptr, sizeof(Troubles), PROT_READ | PROT_WRITE,
                                             MAP_SHARED, static_cast<int>(file), 0);
        return memory == MAP_FAILED ? &none : static_cast<Troubles*>(memory);
    }();
    return *mapped;
}

/// The optional last argument of `open`.
#define KONTOR_MODE(flags)                                                 \
    va_list more;                                                          \
    va_start(more, flags);                                                 \
    const auto mode = ((flags) & O_CREAT) != 0 ? va_arg(more, mode_t) : 0; \
    va_end(more)

bool below_folder(const char* path) {
    static const char* const folder = std::getenv("TROUBLES_FOLDER");
    return folder != nullptr && std::strncmp(path, folder, std::strlen(folder)) == 0;
}

bool below_folder(int file) {
    char link[64];
    char path[4096];
    std::snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    const auto length = readlink(link, path, sizeof path - 1);
    path[length < 0 ? 0 : length] = '\0';
    return below_folder(path);
}

/// The error of writing to it, or 0.
int write_error(int file) {
    const auto disk = troubles().disk.load();
    if ((disk == Disk::full || disk == Disk::read_only) && below_folder(file)) {
        return disk == Disk::full ? ENOSPC : EROFS;
    }
    return 0;
}

int sync_error(int file) {
    return troubles().disk.load() == Disk::no_sync && below_folder(file) ? EIO : 0;
}

bool forgets(int file) {
    return troubles().disk.load() == Disk::forgetful && below_folder(file);
}

bool may_not_open(const char* path, int flags) {
    const bool writes = (flags & (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC)) != 0;
    return writes && troubles().disk.load() == Disk::read_only && below_folder(path);
}

/// The system call itself: whoever looks for the C library's function allocates, which may be what
/// is under way.
template <class... Arguments>
long unless(int error, long call, Arguments... arguments) {
    if (error != 0) {
        errno = error;
        return -1;
    }
    return syscall(call, arguments...);
}

}  // namespace

extern "C" {

ssize_t write(int file, const void* bytes, size_t size) {
    return unless(write_error(file), SYS_write, file, bytes, size);
}

ssize_t pwrite(int file, const void* bytes, size_t size, off_t offset) {
    return unless(write_error(file), SYS_pwrite64, file, bytes, size, offset);
}

ssize_t pwrite64(int file, const void* bytes, size_t size, off64_t offset) {
    return unless(write_error(file), SYS_pwrite64, file, bytes, size, offset);
}

ssize_t writev(int file, const iovec* parts, int count) {
    return unless(write_error(file), SYS_writev, file, parts, count);
}

ssize_t pwritev(int file, const iovec* parts, int count, off_t offset) {
    return unless(write_error(file), SYS_pwritev, file, parts, count, offset, 0);
}

int ftruncate(int file, off_t size) noexcept {
    return static_cast<int>(unless(write_error(file), SYS_ftruncate, file, size));
}

int ftruncate64(int file, off64_t size) noexcept {
    return static_cast<int>(unless(write_error(file), SYS_ftruncate, file, size));
}

int fsync(int file) {
    return forgets(file) ? 0 : static_cast<int>(unless(sync_error(file), SYS_fsync, file));
}

int fdatasync(int file) {
    return forgets(file) ? 0 : static_cast<int>(unless(sync_error(file), SYS_fdatasync, file));
}

int open(const char* path, int flags, ...) {
    KONTOR_MODE(flags);
    const int error = may_not_open(path, flags) ? EROFS : 0;
    return static_cast<int>(unless(error, SYS_openat, AT_FDCWD, path, flags, mode));
}

int open64(const char* path, int flags, ...) {
    KONTOR_MODE(flags);
    const int error = may_not_open(path, flags) ? EROFS : 0;
    return static_cast<int>(unless(error, SYS_openat, AT_FDCWD, path, flags, mode));
}

int clock_gettime(clockid_t clock, timespec* time) noexcept {
    const auto answer = unless(0, SYS_clock_gettime, clock, time);
    if (answer == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) {
        time->tv_sec += troubles().clock_offset_s.load();
    }
    return static_cast<int>(answer);
}

}  // extern "C"
