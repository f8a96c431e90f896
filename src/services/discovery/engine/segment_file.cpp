#include "services/discovery/engine/segment_file.hpp"

#include <fcntl.h>
#include <unistd.h>
#include <cerrno>
#include <stdexcept>
#include <system_error>

namespace kontor::discovery::engine {
namespace {

/// A file that is written from its start and made durable; closed at the end.
class NewFile {
public:
    explicit NewFile(std::filesystem::path path)
        : path_(std::move(path)),
          handle_(::open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644)) {
        check(handle_ >= 0);
    }
    ~NewFile() {
        if (handle_ >= 0) {
            ::close(handle_);
        }
    }
    NewFile(const NewFile&) = delete;
    NewFile& operator=(const NewFile&) = delete;

    void append(std::span<const char> bytes) {
        buffer_.append(bytes.data(), bytes.size());
        if (buffer_.size() >= (1U << 20)) {
            flush();
        }
    }
    void make_durable() {
        flush();
        check(::fsync(handle_) == 0);
    }

private:
    void flush() {
        std::span<const char> left = buffer_;
        while (!left.empty()) {
            const auto written = ::write(handle_, left.data(), left.size());
            check(written >= 0 || errno == EINTR);
            left = left.subspan(static_cast<std::size_t>(std::max<ssize_t>(written, 0)));
        }
        buffer_.clear();
    }
    void check(bool good) const {
        if (!good) {
            throw std::system_error(errno, std::generic_category(), path_.string());
        }
    }

    std::filesystem::path path_;
    int handle_;
    std::string buffer_;
};

/// A rename is durable once its folder is.
void make_folder_durable(const std::filesystem::path& file) {
    const auto folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
    const int handle = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool good = handle >= 0 && ::fsync(handle) == 0;
    const int error = errno;
    if (handle >= 0) {
        ::close(handle);
    }
    if (!good) {
        throw std::system_error(error, std::generic_category(), folder.string());
    }
}

std::shared_ptr<const Segment> or_throw(Result<std::shared_ptr<const Segment>> segment) {
    if (!segment) {
        throw std::runtime_error(segment.error().message);
    }
    return *std::move(segment);
}

std::shared_ptr<const Image> image_of(const ProductSource& source, const Segment* larger,
                                      const std::string& position) {
    std::vector<std::string> pieces;
    ImageWriter writer(
        [&](std::span<const char> bytes) { pieces.emplace_back(bytes.data(), bytes.size()); });
    write_segment(source, larger, position, writer);
    return Image::of(pieces);
}

}  // namespace

ProductSource products(const std::vector<IndexedProduct>& all) {
    const auto get = [&all](Doc i) { return all[i]; };
    return {static_cast<Doc>(all.size()), get, get};
}

ProductSource live_products(const Snapshot& snapshot) {
    std::vector<Snapshot::Place> places;
    for (std::size_t part = 0; part < snapshot.parts.size(); ++part) {
        snapshot.parts[part].live->for_each([&](Doc doc) { places.push_back({part, doc}); });
    }
    const auto count = static_cast<Doc>(places.size());
    const auto shared = std::make_shared<const std::vector<Snapshot::Place>>(std::move(places));
    return {count,
            [&snapshot, shared](Doc i) {
                const auto [part, doc] = (*shared)[i];
                return snapshot.parts[part].texts(doc);
            },
            [&snapshot, shared](Doc i) {
                const auto [part, doc] = (*shared)[i];
                return snapshot.parts[part].product(doc);
            }};
}

std::shared_ptr<const Segment> small_segment(const ProductSource& source, const Segment* larger) {
    return or_throw(Segment::open(image_of(source, larger, {}), false));
}

std::shared_ptr<const Segment> base_in_memory(const ProductSource& source,
                                              const std::string& position) {
    return or_throw(Segment::open(image_of(source, nullptr, position), true));
}

std::shared_ptr<const Segment> segment_written_to(const std::filesystem::path& file,
                                                  const ProductSource& source,
                                                  const std::string& position) {
    auto fresh = file;
    fresh += ".new";
    {
        NewFile out(fresh);
        ImageWriter writer([&](std::span<const char> bytes) { out.append(bytes); });
        write_segment(source, nullptr, position, writer);
        out.make_durable();
    }
    std::filesystem::rename(fresh, file);
    make_folder_durable(file);
    return or_throw(segment_from(file));
}

Result<std::shared_ptr<const Segment>> segment_from(const std::filesystem::path& file) {
    return Segment::open(TRY_NOW(Image::map(file)), true);
}

}  // namespace kontor::discovery::engine
