#include "services/imports/importing/source.hpp"

#include <algorithm>

namespace kontor::importing {

namespace {

constexpr std::size_t shown_bytes_max = 80;

/// The front of a text, for people, cut between characters.
std::string shown(std::string_view text) {
    auto length = std::min(text.size(), shown_bytes_max);
    while (length < text.size() && length > 0 && (text[length] & 0xC0) == 0x80) {
        --length;
    }
    return std::string(text.substr(0, length));
}

class CsvRows final : public RowSource {
public:
    CsvRows(Bytes& bytes, Kind kind, std::optional<Mapping>& mapping)
        : reader_(bytes, mapping ? mapping->csv : CsvOptions()), kind_(kind), mapping_(mapping) {}

    std::expected<bool, FileFault> next(SourceRow& row) override {
        if (columns_.empty()) {
            if (auto read = read_header(); !read) {
                return std::unexpected(std::move(read).error());
            }
        }
        const auto more = TRY_NOW(reader_.next(record_));
        if (!more) {
            return false;
        }
        row = {.line = record_.line};
        if (record_.fault) {
            row.fault = RowFault{"", shown(record_.fields.front()), *std::move(record_.fault)};
        } else if (record_.fields.size() != columns_.size()) {
            return wrong_size(row);
        } else {
            row.fields = std::make_unique<CsvFields>(columns_, std::move(record_.fields));
        }
        return true;
    }

    std::int64_t bytes_read() const override { return reader_.bytes_read(); }
    bool ended_with_line_break() const override { return record_.line_break; }

private:
    FileFault fault(std::string reason) const {
        return {record_.line, reader_.bytes_read(), std::move(reason)};
    }

    std::expected<void, FileFault> read_header() {
        if (!TRY_NOW(reader_.next(record_)) || record_.fault) {
            return std::unexpected(fault("has no header: the first row names the columns"));
        }
        for (std::size_t i = 0; i < record_.fields.size(); ++i) {
            if (record_.fields[i].empty() || !columns_.emplace(record_.fields[i], i).second) {
                columns_.clear();
                return std::unexpected(fault(
                    fmt::format("column {} is named \"{}\": every column needs a name of its own",
                                i + 1, shown(record_.fields[i]))));
            }
        }
        if (!mapping_) {
            auto native = native_mapping(kind_, record_.fields);
            if (!native) {
                return std::unexpected(fault(std::move(native).error()));
            }
            mapping_ = *std::move(native);
        }
        for (const auto& name : fields_used(*mapping_, kind_)) {
            if (!columns_.contains(name)) {
                return std::unexpected(
                    fault(fmt::format("has no column {}, which the mapping uses", name)));
            }
        }
        return {};
    }

    std::expected<bool, FileFault> wrong_size(SourceRow& row) const {
        auto reason = fmt::format("has {} fields where the header has {}", record_.fields.size(),
                                  columns_.size());
        if (!record_.line_break && record_.fields.size() < columns_.size()) {
            return std::unexpected(fault("the last row " + reason + ": the file is cut short"));
        }
        row.fault = RowFault{"", shown(record_.fields.front()), std::move(reason)};
        return true;
    }

    CsvReader reader_;
    Kind kind_;
    std::optional<Mapping>& mapping_;
    CsvFields::Columns columns_;
    CsvRecord record_;
};

class JsonRows final : public RowSource {
public:
    JsonRows(Bytes& bytes, bool native) : reader_(bytes), native_(native) {}

    std::expected<bool, FileFault> next(SourceRow& row) override {
        const auto more = TRY_NOW(reader_.next(line_));
        if (!more) {
            return false;
        }
        row = {.line = line_.number};
        auto document = json::Document::parse(line_.text);
        if (!document && !line_.line_break) {
            return std::unexpected(
                FileFault{line_.number, reader_.bytes_read(),
                          "the last line is no complete JSON: the file is cut short"});
        }
        if (!document) {
            row.fault = RowFault{"", shown(line_.text), document.error().message};
        } else if (document->root().kind() != json::Node::Kind::object) {
            row.fault = RowFault{"", shown(line_.text), "must be a JSON object"};
        } else if (native_) {
            row.text = line_.text;
        } else {
            row.fields = std::make_unique<JsonFields>(*std::move(document));
        }
        return true;
    }

    std::int64_t bytes_read() const override { return reader_.bytes_read(); }
    bool ended_with_line_break() const override { return line_.line_break || line_.text.empty(); }

private:
    LineReader reader_;
    bool native_;
    Line line_;
};

}  // namespace

std::unique_ptr<RowSource> open_rows(Bytes& bytes, Kind kind, Format format,
                                     std::optional<Mapping>& mapping) {
    if (format == Format::csv) {
        return std::make_unique<CsvRows>(bytes, kind, mapping);
    }
    return std::make_unique<JsonRows>(bytes, !mapping);
}

}  // namespace kontor::importing
