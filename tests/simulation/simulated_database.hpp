#pragma once

#include "platform/sql/sql.hpp"
#include "platform/sql/sqlite/writer.hpp"
#include "simulation/environment.hpp"
#include "simulation/mutant.hpp"
#include "simulation/storage.hpp"

namespace kontor::simulation {

/// A service's database as one life of its process sees it. The statements run for real, on SQLite,
/// in groups as its writer thread commits them; time passes and answers get lost by the seed.
class SimulatedDatabase final : public sql::Database {
public:
    /// `mutant`: whose defect the statements have; null: none.
    SimulatedDatabase(Environment& environment, std::shared_ptr<Life> life, Storage& storage,
                      Mutant* mutant);

    /// The storage has its tables.
    void migrate(std::span<const sql::Migration>) override {}
    sql::Engine engine() const override { return sql::Engine::sqlite; }

private:
    /// How a write ended, for the one who waits.
    struct Outcome {
        std::optional<Refusal> refused;
        std::exception_ptr error;
    };
    struct Write {
        const ErasedBody* body;
        Context::TimePoint deadline;
        std::function<void(Outcome)> answer;
        std::optional<Fault> fault;
    };
    /// What a body and the one who settles it know together.
    struct Settled {
        Write write;
        bool acknowledged_early = false;
        bool kept = false;
    };

    Task<std::optional<Refusal>> run(Access access, const Context& context,
                                     const ErasedBody& body) override;
    Task<std::optional<Refusal>> write(const Context& context, const ErasedBody& body);
    void read(Access access, const ErasedBody& body);

    std::optional<Fault> draw_fault();
    void begin_commit();
    void commit();
    Task<void> settle(std::shared_ptr<Settled> settled, std::vector<sql::sqlite::Job>& jobs);
    Task<bool> run_body(Settled& settled, sql::Transaction& transaction);
    Task<bool> run_statements(const ErasedBody& body, sql::Transaction& transaction);

    Environment& environment_;
    std::shared_ptr<Life> life_;
    Storage& storage_;
    Mutant* mutant_;
    std::vector<Write> queue_;
    bool committing_ = false;
};

}  // namespace kontor::simulation
