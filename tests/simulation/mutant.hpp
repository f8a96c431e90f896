#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>

#include "platform/sql/sqlite/connection.hpp"

namespace kontor::simulation {

/// What is done to a statement of the product.
struct Alteration {
    std::string_view statement;  ///< Its name.
    std::string_view find;       ///< A part of its text; empty: the statement is skipped.
    std::string_view replace;    ///< What stands there instead.
};

/// Something that a product could do wrong.
struct Defect {
    std::string_view name;
    std::vector<Alteration> alterations{};
    /// Commits are acknowledged before they are made.
    bool acknowledges_early = false;
    /// An operation whose failure is taken for this answer (JSON).
    std::string_view taken_for_done{};
    std::string_view answer{};
};

/// The product with a defect, which is done to it from outside: the simulation must notice.
class Mutant {
public:
    explicit Mutant(const Defect& defect) : defect_(defect) {}

    const Defect& defect() const { return defect_; }
    /// The shop opens without the defect, which is there from here on.
    void appear() { appeared_ = true; }

    /// What runs in place of `statement`; null: nothing does, and one row is said to have changed.
    const sql::Statement* in_place_of(const sql::Statement& statement);

    /// The statements that should have been altered and never came by as they are described.
    std::vector<std::string> not_met() const;

private:
    struct Altered {
        std::string text;
        sql::Statement statement;
    };

    const Defect& defect_;
    bool appeared_ = false;
    std::set<std::string_view> met_;
    std::map<std::string_view, Altered> altered_;
};

/// A transaction whose statements a mutant has altered.
class AlteredTransaction final : public sql::Transaction {
public:
    AlteredTransaction(sql::sqlite::Connection& connection, Mutant& mutant)
        : connection_(connection), mutant_(mutant) {}

    sql::Engine engine() const override { return sql::Engine::sqlite; }

private:
    Task<std::vector<std::int64_t>> run(const sql::Statement& statement,
                                        std::span<const sql::Args> many,
                                        sql::RowSink* sink) override;
    void defer(const sql::Statement& statement, sql::Args args) override;

    sql::sqlite::Connection& connection_;
    Mutant& mutant_;
};

}  // namespace kontor::simulation
