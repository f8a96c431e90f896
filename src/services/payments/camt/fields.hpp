#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace kontor::payments::camt {

/// The texts of a part of a statement by their paths within it, `Refs/EndToEndId`: several where an
/// element is repeated.
struct Fields {
    std::map<std::string, std::vector<std::string>, std::less<>> values;

    /// The first of the paths that has a text; empty where none has.
    std::string first(std::initializer_list<std::string_view> paths) const;
    void append_all(std::string_view path, std::string& text) const;
};

/// An entry (`Ntry`) with its transactions (`NtryDtls/TxDtls`).
struct Entry {
    Fields fields;
    std::vector<Fields> transactions;
};

/// A statement (`Stmt`) as it stands in the file.
struct Parsed {
    Fields fields;
    std::vector<Fields> balances;
    std::vector<Entry> entries;
};

/// Takes a camt.053 file apart. The currency of an amount is a text of its own, at `Amt@Ccy`.
Result<std::vector<Parsed>> parse(std::string_view document);

}  // namespace kontor::payments::camt
