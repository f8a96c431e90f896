#pragma once

#include "services/imports/importing/fields.hpp"
#include "services/imports/importing/lines.hpp"
#include "services/imports/importing/mapping.hpp"

namespace kontor::importing {

/// One row of a file: its fields, or what is wrong with it.
struct SourceRow {
    std::int64_t line = 0;
    std::unique_ptr<Fields> fields;  ///< None where there is a fault, or `text` is to be read.
    std::string text;                ///< A line of JSON in the API's own shape.
    std::optional<RowFault> fault;
};

/// The rows of a file, one by one.
class RowSource {
public:
    virtual ~RowSource() = default;
    /// Reads the next row; false at the end.
    virtual std::expected<bool, FileFault> next(SourceRow& row) = 0;
    virtual std::int64_t bytes_read() const = 0;
    /// Whether the last row had a line break behind it; to be asked at the end.
    virtual bool ended_with_line_break() const = 0;
};

/// The rows of `bytes`, which must outlive it. `mapping`: none for the native columns of CSV, whose
/// meaning then stands in `mapping` after the first row, and for the API's shape of JSON.
/// A header without the columns that the mapping uses is a fault of the file, and so is a last row
/// that is cut short.
std::unique_ptr<RowSource> open_rows(Bytes& bytes, Kind kind, Format format,
                                     std::optional<Mapping>& mapping);

}  // namespace kontor::importing
