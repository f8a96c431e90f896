#include "services/imports/spool.hpp"

#include <fstream>
#include <system_error>

namespace kontor::imports {

namespace {

// Until it is closed a file has another name, so that half of one is never taken for a whole.
constexpr std::string_view arriving = ".part";
constexpr std::string_view arrived = ".rows";

Refusal no_upload(ImportId id) {
    return refusal(refusals::not_found, "no upload {} is on its way here: begin again",
                   to_text(id));
}

}  // namespace

struct Spool::Upload {
    OpenImport wanted;
    std::ofstream file;
    std::int64_t bytes = 0;
    Timestamp touched_at;
};

Spool::Spool(std::filesystem::path folder) : folder_(std::move(folder)) {
    std::filesystem::create_directories(folder_);
    for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
        if (entry.path().extension() == arriving) {
            std::filesystem::remove(entry.path());
        }
    }
}

Spool::~Spool() = default;

Result<void> Spool::open(ImportId id, OpenImport wanted, Timestamp now, Timestamp stale_before) {
    const std::scoped_lock lock(mutex_);
    std::erase_if(uploads_, [&](const auto& upload) {
        const bool stale = upload.second.touched_at.microseconds < stale_before.microseconds;
        if (stale) {
            std::filesystem::remove(rows_of(upload.first).replace_extension(arriving));
        }
        return stale;
    });
    if (uploads_.size() >= uploads_max) {
        return refuse(refusals::unavailable,
                      "{} uploads are on their way already: try again when one has ended",
                      uploads_.size());
    }
    std::ofstream file(rows_of(id).replace_extension(arriving), std::ios::binary);
    file.exceptions(std::ios::failbit | std::ios::badbit);
    uploads_.emplace(id, Upload{std::move(wanted), std::move(file), 0, now});
    return {};
}

Result<std::int64_t> Spool::append(const AppendPiece& piece, Timestamp now) {
    const auto& data = piece.content.data;
    if (data.size() > piece_bytes_max) {
        return refuse(refusals::too_large, "a piece of {} bytes: at most {}", data.size(),
                      piece_bytes_max);
    }
    const std::scoped_lock lock(mutex_);
    const auto found = uploads_.find(piece.import);
    if (found == uploads_.end()) {
        return std::unexpected(no_upload(piece.import));
    }
    auto& upload = found->second;
    if (piece.offset != upload.bytes) {
        return refuse(refusals::conflict, "a piece at {}: the next one is at {}", piece.offset,
                      upload.bytes);
    }
    upload.file.write(data.data(), static_cast<std::streamsize>(data.size()));
    upload.bytes += static_cast<std::int64_t>(data.size());
    upload.touched_at = now;
    return upload.bytes;
}

Result<Spool::Received> Spool::close(ImportId id) {
    const std::scoped_lock lock(mutex_);
    auto upload = uploads_.extract(id);
    if (!upload) {
        return std::unexpected(no_upload(id));
    }
    upload.mapped().file.close();
    const auto rows = rows_of(id);
    std::filesystem::rename(std::filesystem::path(rows).replace_extension(arriving), rows);
    return Received{std::move(upload.mapped().wanted), upload.mapped().bytes};
}

std::filesystem::path Spool::rows_of(ImportId id) const {
    return folder_ / (to_text(id) + std::string(arrived));
}

std::filesystem::path Spool::rejects_of(ImportId id) const {
    return folder_ / (to_text(id) + ".jsonl");
}

std::vector<ImportId> Spool::closed() const {
    std::vector<ImportId> ids;
    for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
        const auto id = parse_id(ImportTag::prefix, entry.path().stem().string());
        if (entry.path().extension() == arrived && id) {
            ids.push_back(ImportId{*id});
        }
    }
    std::ranges::sort(ids);
    return ids;
}

void Spool::remove(ImportId id) {
    std::error_code ignored;  // What is left over is no harm.
    std::filesystem::remove(rows_of(id), ignored);
    std::filesystem::remove(rejects_of(id), ignored);
}

}  // namespace kontor::imports
