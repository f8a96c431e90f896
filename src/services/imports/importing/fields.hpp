#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/describe/json.hpp"

namespace kontor::importing {

/// What is wrong with one row.
struct RowFault {
    std::string field;  ///< As the file names it; empty where it is the row as a whole.
    std::string value;
    std::string reason;
};

/// The named values of one row, whatever it was written in.
class Fields {
public:
    virtual ~Fields() = default;
    /// The value as text; nothing where it is missing, null, or no single value.
    virtual std::optional<std::string> text(std::string_view name) const = 0;
    /// The entries of a list; none where it is missing or no list.
    virtual std::vector<std::unique_ptr<Fields>> entries(std::string_view name) const = 0;
};

/// A row of CSV: its values by the names of the header.
class CsvFields final : public Fields {
public:
    using Columns = std::map<std::string, std::size_t, std::less<>>;

    /// `columns` must outlive it.
    CsvFields(const Columns& columns, std::vector<std::string> values)
        : columns_(columns), values_(std::move(values)) {}

    std::optional<std::string> text(std::string_view name) const override;
    std::vector<std::unique_ptr<Fields>> entries(std::string_view name) const override;

private:
    const Columns& columns_;
    std::vector<std::string> values_;
};

/// A JSON object; a name may lead into objects, as in `brand.name`.
class JsonFields final : public Fields {
public:
    explicit JsonFields(json::Node object) : object_(object) {}
    /// Keeps the document alive.
    explicit JsonFields(json::Document document)
        : document_(std::make_unique<json::Document>(std::move(document))),
          object_(document_->root()) {}

    std::optional<std::string> text(std::string_view name) const override;
    std::vector<std::unique_ptr<Fields>> entries(std::string_view name) const override;

private:
    std::optional<json::Node> find(std::string_view name) const;

    std::unique_ptr<json::Document> document_;
    json::Node object_;
};

}  // namespace kontor::importing
