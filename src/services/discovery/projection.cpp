#include "services/discovery/projection.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <fstream>
#include <system_error>

#include "services/discovery/packing.hpp"

namespace kontor::discovery {

namespace {

// Another one: documents of another shape are made anew.
constexpr std::uint64_t format = 1;
constexpr std::string_view clean = "clean";

std::string read_file(const std::filesystem::path& file) {
    std::ifstream in(file);
    return {std::istreambuf_iterator<char>(in), {}};
}

void write_durably(const std::filesystem::path& file, std::string_view text) {
    const int descriptor = ::open(file.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0640);
    const bool good =
        descriptor >= 0 &&
        ::write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
        ::fsync(descriptor) == 0;
    const int error = errno;
    if (descriptor >= 0) {
        ::close(descriptor);
    }
    if (!good) {
        throw std::system_error(error, std::generic_category(), file.string());
    }
}

/// Changes with every start of the machine; see random(4).
std::string boot_id() {
    return read_file("/proc/sys/kernel/random/boot_id");
}

/// Empties `folder` where what it holds may be torn: it was not closed, and the machine has been
/// started anew since.
void drop_what_may_be_torn(const std::filesystem::path& folder) {
    const auto state = read_file(folder / "state");
    if (state != clean && state != boot_id()) {
        std::filesystem::remove_all(folder);
    }
    std::filesystem::create_directories(folder);
    write_durably(folder / "state", boot_id());
}

std::uint64_t number_in(const lmdb::Transaction& transaction, lmdb::Table table,
                        std::string_view key) {
    const auto stored = transaction.get(table, key);
    return stored ? Unpacker(*stored).number<std::uint64_t>() : 0;
}

std::string packed(std::uint64_t number) {
    return Packer().number(number).bytes;
}

std::string position_key(std::string_view stream) {
    return "position/" + std::string(stream);
}

std::string parked_prefix(std::string_view stream) {
    return std::string(stream) + "/";
}

}  // namespace

Projection::Projection(std::filesystem::path folder, std::uint64_t incarnation)
    : folder_(std::move(folder)) {
    drop_what_may_be_torn(folder_);
    const auto open = [&] {
        environment_ = std::make_unique<lmdb::Environment>(folder_, lmdb::Durability::process);
        tables_ = std::make_unique<Tables>(*environment_);
        return number_in(lmdb::Reading(*environment_), tables_->meta, "format");
    };
    const auto found = open();
    if (found != format && found != 0) {
        environment_.reset();
        std::filesystem::remove_all(folder_);
        drop_what_may_be_torn(folder_);
        open();
    }
    if (found != format) {
        lmdb::Writing writing(*environment_);
        writing.put(tables_->meta, "format", packed(format));
        writing.put(tables_->meta, "incarnation", packed(incarnation));
        writing.commit();
    }
    world_.store(World::load(lmdb::Reading(*environment_), *tables_, generation().number));
}

Projection::~Projection() {
    try {
        environment_->sync();
        write_durably(folder_ / "state", clean);
    } catch (const std::exception&) {
        // Not marked as clean, it is made anew if the machine stops.
    }
}

Generation Projection::generation() const {
    const lmdb::Reading reading(*environment_);
    return {number_in(reading, tables_->meta, "incarnation"),
            number_in(reading, tables_->meta, "generation")};
}

events::Position Projection::position(std::string_view stream) const {
    return static_cast<events::Position>(
        number_in(lmdb::Reading(*environment_), tables_->meta, position_key(stream)));
}

std::set<std::string> Projection::parked_aggregates(std::string_view stream) const {
    std::set<std::string> aggregates;
    const auto prefix = parked_prefix(stream);
    lmdb::Reading(*environment_)
        .each(tables_->parked, prefix, [&](std::string_view key, std::string_view aggregate) {
            const bool of_stream = key.starts_with(prefix);
            if (of_stream) {
                aggregates.emplace(aggregate);
            }
            return of_stream;
        });
    return aggregates;
}

TouchedProducts Projection::changed_since(std::uint64_t generation) const {
    TouchedProducts touched;
    lmdb::Reading(*environment_)
        .each(tables_->unmerged, {}, [&](std::string_view key, std::string_view value) {
            Unpacker from(value);
            if (from.number<std::uint64_t>() > generation) {
                touched.emplace(id_of_key(key), from.number<Touched>());
            }
            return true;
        });
    return touched;
}

void Projection::merged(std::uint64_t generation) {
    lmdb::Writing writing(*environment_);
    std::vector<std::string> done;
    writing.each(tables_->unmerged, {}, [&](std::string_view key, std::string_view value) {
        if (Unpacker(value).number<std::uint64_t>() <= generation) {
            done.emplace_back(key);
        }
        return true;
    });
    for (const auto& key : done) {
        writing.erase(tables_->unmerged, key);
    }
    writing.commit();
}

TouchedProducts Projection::all_products() const {
    TouchedProducts all;
    lmdb::Reading(*environment_)
        .each(tables_->products, {}, [&](std::string_view key, std::string_view) {
            all.emplace(id_of_key(key), Touched::product);
            return true;
        });
    return all;
}

void Changes::set_position(std::string_view stream, events::Position position) {
    writing_.put(tables_.meta, position_key(stream), packed(static_cast<std::uint64_t>(position)));
}

void Changes::park(std::string_view stream, events::Position sequence, std::string_view aggregate) {
    writing_.put(tables_.parked,
                 parked_prefix(stream) + key_of(static_cast<std::uint64_t>(sequence)), aggregate);
}

void Changes::unpark_all(std::string_view stream) {
    const auto prefix = parked_prefix(stream);
    std::vector<std::string> keys;
    writing_.each(tables_.parked, prefix, [&](std::string_view key, std::string_view) {
        if (key.starts_with(prefix)) {
            keys.emplace_back(key);
        }
        return key.starts_with(prefix);
    });
    for (const auto& key : keys) {
        writing_.erase(tables_.parked, key);
    }
}

}  // namespace kontor::discovery
