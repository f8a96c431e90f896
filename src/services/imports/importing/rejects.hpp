#pragma once

#include <cstdio>
#include <filesystem>
#include <optional>
#include <vector>

#include "services/imports/importing/fields.hpp"

namespace kontor::importing {

/// Takes down what was not taken, and why: line, field, value, reason. A file ending in `.jsonl`
/// gets a JSON object a line, any other CSV with a header.
class Rejects {
public:
    static constexpr std::size_t kept_max = 10;

    struct Entry {
        std::int64_t line = 0;
        RowFault fault;
    };

    /// Without a file only counts, and keeps the first few. Throws
    /// std::filesystem::filesystem_error where it cannot be made.
    explicit Rejects(std::optional<std::filesystem::path> file);
    ~Rejects();
    Rejects(const Rejects&) = delete;
    Rejects& operator=(const Rejects&) = delete;

    void add(std::int64_t line, RowFault fault);

    std::int64_t count() const { return count_; }
    /// The first `kept_max`.
    const std::vector<Entry>& first() const { return first_; }
    /// Brings everything to the file. Throws like the constructor.
    void close();

private:
    void write(const std::string& text);

    std::optional<std::filesystem::path> path_;
    std::FILE* file_ = nullptr;
    bool json_ = false;
    std::int64_t count_ = 0;
    std::vector<Entry> first_;
};

}  // namespace kontor::importing
