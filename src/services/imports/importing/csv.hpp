#pragma once

#include <optional>

#include "services/imports/importing/text.hpp"

namespace kontor::importing {

struct CsvOptions {
    char delimiter = ',';
    /// A longer record is a fault of the file: most likely a quote was not closed.
    std::size_t record_bytes_max = 1 << 20;
};

struct CsvRecord {
    std::int64_t line = 0;  ///< On which it begins.
    std::vector<std::string> fields;
    /// What is wrong with its quotes; the fields are then not to be used.
    std::optional<std::string> fault;
    bool line_break = true;  ///< False where the file ends right behind it.
};

/// Reads CSV as RFC 4180 has it, strictly, with two things beyond it that are in wide use: lines
/// may end in LF alone, and empty lines are passed over. Memory is bound by one record.
class CsvReader {
public:
    /// `bytes` must outlive it.
    explicit CsvReader(Bytes& bytes, CsvOptions options = {}) : text_(bytes), options_(options) {}

    /// Reads the next record into `record`; false at the end. A file that ends inside a quoted
    /// field is at fault, as is a CR without LF.
    std::expected<bool, FileFault> next(CsvRecord& record);

    std::int64_t bytes_read() const { return text_.bytes_read() - unread(); }

private:
    enum class State { field_begins, plain, quoted, quote_closed, line_ends };
    enum class Step { goes_on, record_done };

    std::int64_t unread() const { return static_cast<std::int64_t>(rest_.size()); }
    FileFault fault(std::string reason) const;
    std::expected<Step, FileFault> take(char c, CsvRecord& record);
    void take_structure(char c, CsvRecord& record);
    void end_field(CsvRecord& record);
    std::expected<bool, FileFault> end_file(CsvRecord& record);
    bool is_empty_line(const CsvRecord& record) const;

    TextReader text_;
    CsvOptions options_;
    std::string_view rest_;
    State state_ = State::field_begins;
    std::string field_;
    std::size_t record_bytes_ = 0;
    std::int64_t line_ = 1;
    std::int64_t quote_line_ = 0;
    bool quoted_anything_ = false;
};

/// Appends `field` as RFC 4180 writes it, in quotes where it needs them.
void append_csv(std::string& out, std::string_view field, char delimiter = ',');

}  // namespace kontor::importing
