#include "simulation/mutant.hpp"

namespace kontor::simulation {

const sql::Statement* Mutant::in_place_of(const sql::Statement& statement) {
    if (!appeared_) {
        return &statement;
    }
    if (const auto known = altered_.find(statement.name); known != altered_.end()) {
        return &known->second.statement;
    }
    std::string text(statement.text);
    for (const auto& alteration : defect_.alterations) {
        if (alteration.statement != statement.name) {
            continue;
        }
        if (alteration.find.empty()) {
            met_.insert(alteration.statement);
            return nullptr;
        }
        const auto place = text.find(alteration.find);
        if (place != text.npos) {
            text.replace(place, alteration.find.size(), alteration.replace);
            met_.insert(alteration.statement);
        }
    }
    if (text == statement.text) {
        return &statement;
    }
    auto& altered = altered_[statement.name];
    altered.text = std::move(text);
    altered.statement = {statement.name, altered.text};
    return &altered.statement;
}

std::vector<std::string> Mutant::not_met() const {
    std::vector<std::string> names;
    for (const auto& alteration : defect_.alterations) {
        if (!met_.contains(alteration.statement)) {
            names.emplace_back(alteration.statement);
        }
    }
    return names;
}

Task<std::vector<std::int64_t>> AlteredTransaction::run(const sql::Statement& statement,
                                                        std::span<const sql::Args> many,
                                                        sql::RowSink* sink) {
    const auto* in_place = mutant_.in_place_of(statement);
    std::vector<std::int64_t> changed(many.size(), 1);
    for (std::size_t i = 0; in_place != nullptr && i < many.size(); ++i) {
        changed[i] = connection_.run(*in_place, many[i], i, sink);
    }
    co_return changed;
}

void AlteredTransaction::defer(const sql::Statement& statement, sql::Args args) {
    if (const auto* in_place = mutant_.in_place_of(statement)) {
        connection_.run(*in_place, args, 0, nullptr);
    }
}

}  // namespace kontor::simulation
