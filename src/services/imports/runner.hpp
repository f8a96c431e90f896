#pragma once

#include <atomic>
#include <deque>
#include <mutex>

#include "platform/async/periodic.hpp"
#include "platform/async/shared_signal.hpp"
#include "platform/service/service.hpp"
#include "services/imports/importing/import.hpp"
#include "services/imports/spool.hpp"

namespace kontor::imports {

/// Takes files in, one after the other, in the background, on the loop that started it; the loop
/// is let go every few milliseconds.
class Runner {
public:
    /// All of it outlives this.
    Runner(const Host& host, importing::Takers takers, Spool& spool);

    /// Goes on with the files that an earlier process left here, then waits for more.
    Task<void> start();
    /// Ends where it is; the next start goes on with that file.
    Task<void> stop();

    /// From any loop.
    void add(ImportId id);

private:
    struct Stopped {};

    Task<void> run();
    Task<void> take_in(ImportId id);
    Task<Result<importing::Summary>> import_file(const Import& import, importing::Rejects& rejects);
    Task<Result<importing::Wanted>> reading_of(const OpenImport& wanted);
    void report(importing::Pass pass, std::int64_t bytes, const importing::Summary& so_far);
    Task<void> keep_rejects(ImportId id);
    Task<void> finish(Import import, const Result<importing::Summary>& outcome,
                      const importing::Rejects& rejects);
    Task<void> put(const Import& import);
    Task<void> touch();
    std::optional<ImportId> take_next();

    Host host_;
    importing::Takers takers_;
    Spool& spool_;
    Periodic touching_;
    SharedSignal wake_;
    SharedSignal ended_;
    std::atomic<bool> stopping_{false};
    std::atomic<bool> running_{false};
    std::mutex mutex_;
    std::deque<ImportId> waiting_;
    std::optional<Import> current_;
};

}  // namespace kontor::imports
