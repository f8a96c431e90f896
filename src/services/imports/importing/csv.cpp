#include "services/imports/importing/csv.hpp"

#include <utility>

#include <fmt/format.h>

namespace kontor::importing {

FileFault CsvReader::fault(std::string reason) const {
    return {line_, bytes_read(), std::move(reason)};
}

std::expected<bool, FileFault> CsvReader::next(CsvRecord& record) {
    const auto begin = [&] {
        record.line = line_;
        record.fields.clear();
        record.fault.reset();
        record.line_break = true;
        record_bytes_ = 0;
        quoted_anything_ = false;
    };
    begin();
    for (;;) {
        while (!rest_.empty()) {
            const char c = rest_.front();
            rest_.remove_prefix(1);
            const auto step = take(c, record);
            if (!step) {
                return std::unexpected(step.error());
            }
            if (*step == Step::record_done && !is_empty_line(record)) {
                return true;
            }
            if (*step == Step::record_done) {
                begin();
            }
        }
        auto chunk = text_.next();
        if (!chunk) {
            return std::unexpected(std::move(chunk).error());
        }
        if (chunk->empty()) {
            return end_file(record);
        }
        rest_ = *chunk;
    }
}

std::expected<CsvReader::Step, FileFault> CsvReader::take(char c, CsvRecord& record) {
    if (++record_bytes_ > options_.record_bytes_max) {
        return std::unexpected(fault(fmt::format(
            "the record that begins on line {} is longer than {} bytes: is a quote not closed?",
            record.line, options_.record_bytes_max)));
    }
    if (state_ == State::line_ends && c != '\n') {
        return std::unexpected(
            fault("a carriage return without a line feed: lines end in CR LF "
                  "or LF, and quotes go round one inside a field"));
    }
    const bool line_feed = c == '\n';
    line_ += line_feed ? 1 : 0;
    if (line_feed && state_ != State::quoted) {
        end_field(record);
        return Step::record_done;
    }
    if (state_ == State::quoted) {
        if (c == '"') {
            state_ = State::quote_closed;
        } else {
            field_.push_back(c);
        }
    } else {
        take_structure(c, record);
    }
    return Step::goes_on;
}

/// Outside of quotes.
void CsvReader::take_structure(char c, CsvRecord& record) {
    if (c == options_.delimiter) {
        end_field(record);
    } else if (c == '\r') {
        state_ = State::line_ends;
    } else if (c == '"' && state_ == State::field_begins) {
        state_ = State::quoted;
        quote_line_ = line_;
        quoted_anything_ = true;
    } else if (c == '"' && state_ == State::quote_closed) {
        state_ = State::quoted;
        field_.push_back('"');
    } else {
        if (c == '"') {
            record.fault =
                "a quote inside a field that does not begin with one: put the field in "
                "quotes and write two for each inside";
        } else if (state_ == State::quote_closed) {
            record.fault =
                "text behind the closing quote of a field: write two quotes for each "
                "inside";
        }
        state_ = State::plain;
        field_.push_back(c);
    }
}

void CsvReader::end_field(CsvRecord& record) {
    record.fields.push_back(std::exchange(field_, {}));
    state_ = State::field_begins;
}

bool CsvReader::is_empty_line(const CsvRecord& record) const {
    return record.fields.size() == 1 && record.fields.front().empty() && !quoted_anything_;
}

std::expected<bool, FileFault> CsvReader::end_file(CsvRecord& record) {
    if (state_ == State::quoted) {
        return std::unexpected(
            fault(fmt::format("the file ends inside the quoted field that begins on line {}: it is "
                              "cut short, or a quote is not closed",
                              quote_line_)));
    }
    const bool anything = record_bytes_ > 0 && state_ != State::line_ends;
    if (!anything && record.fields.empty() && field_.empty()) {
        return false;
    }
    record.line_break = state_ == State::line_ends;
    end_field(record);
    return !is_empty_line(record);
}

void append_csv(std::string& out, std::string_view field, char delimiter) {
    const bool plain = !field.empty() && field.find_first_of("\"\r\n") == std::string_view::npos &&
                       field.find(delimiter) == std::string_view::npos;
    if (plain) {
        out += field;
        return;
    }
    out += '"';
    for (const char c : field) {
        out.append(c == '"' ? 2 : 1, c);
    }
    out += '"';
}

}  // namespace kontor::importing
