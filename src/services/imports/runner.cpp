#include "services/imports/runner.hpp"

#include <fstream>

#include "services/imports/rules.hpp"
#include "services/imports/store.hpp"

namespace kontor::imports {

namespace {

constexpr std::int64_t rejects_kept = 10'000;
constexpr std::int64_t rejects_at_a_time = 500;

/// Imports may take their time, and are staff's.
Context context_of_imports() {
    Context context;
    context.principal.kind = Principal::Kind::staff;
    return context;
}

RejectedLine shown(const importing::Rejects::Entry& entry) {
    return {entry.line, entry.fault.field, entry.fault.value, entry.fault.reason};
}

}  // namespace

Runner::Runner(const Host& host, importing::Takers takers, Spool& spool)
    : host_(host),
      takers_(takers),
      spool_(spool),
      touching_(touched_every, [this] { return touch(); }, [](std::string_view) {}) {}

Task<void> Runner::start() {
    for (const auto id : spool_.closed()) {
        add(id);
    }
    running_ = true;
    touching_.start();
    spawn(run());
    co_return;
}

Task<void> Runner::stop() {
    stopping_ = true;
    wake_.notify_all();
    while (running_) {
        const auto seen = ended_.count();
        if (running_) {
            co_await ended_.wait_beyond(seen, std::chrono::seconds(1));
        }
    }
    co_await touching_.stop();
}

void Runner::add(ImportId id) {
    {
        const std::scoped_lock lock(mutex_);
        waiting_.push_back(id);
    }
    wake_.notify_all();
}

std::optional<ImportId> Runner::take_next() {
    const std::scoped_lock lock(mutex_);
    if (waiting_.empty()) {
        return std::nullopt;
    }
    const auto id = waiting_.front();
    waiting_.pop_front();
    return id;
}

Task<void> Runner::run() {
    while (!stopping_) {
        const auto seen = wake_.count();
        if (const auto id = take_next()) {
            try {
                co_await take_in(*id);
            } catch (const Stopped&) {
                break;
            } catch (const std::exception&) {
                // The record could not be written: it shows as interrupted after a while, and the
                // file is still here for the next start.
            }
        } else {
            co_await wake_.wait_beyond(seen, std::chrono::hours(1));
        }
    }
    running_ = false;
    ended_.notify_all();
}

Task<void> Runner::take_in(ImportId id) {
    auto known = co_await host_.database.read(
        Context(), [id](sql::Transaction& transaction) -> Task<Result<std::optional<Import>>> {
            co_return co_await store::import(transaction, id);
        });
    std::error_code error;
    const auto size = std::filesystem::file_size(spool_.rows_of(id), error);
    const bool whole =
        known && *known && !error && static_cast<std::int64_t>(size) == (*known)->bytes;
    if (!whole || is_over((*known)->status)) {
        spool_.remove(id);  // An accident cut it short, or all of it was done but this.
        co_return;
    }
    auto import = **std::move(known);
    {
        const std::scoped_lock lock(mutex_);
        current_ = import;
    }
    importing::Rejects rejects(spool_.rejects_of(id));
    Result<importing::Summary> outcome;
    try {
        outcome = co_await import_file(import, rejects);
    } catch (const std::exception& accident) {
        outcome = refuse(refusals::internal, "an accident: {}; repeat the import", accident.what());
    }
    rejects.close();
    {
        const std::scoped_lock lock(mutex_);
        current_.reset();
    }
    co_await keep_rejects(id);
    co_await finish(std::move(import), outcome, rejects);
    spool_.remove(id);
}

Task<Result<importing::Wanted>> Runner::reading_of(const OpenImport& wanted) {
    std::optional<importing::Mapping> mapping;
    if (wanted.mapping) {
        const auto toml = TRY(co_await host_.database.read(
            Context(),
            [&](sql::Transaction& transaction) -> Task<Result<std::optional<std::string>>> {
                co_return co_await store::mapping(transaction, *wanted.mapping);
            }));
        auto parsed = importing::parse_mapping(toml.value_or(""), *wanted.mapping);
        if (!parsed) {
            co_return refuse(refusals::invalid, "{}", parsed.error());
        }
        mapping = *std::move(parsed);
    }
    co_return imports::reading_of(wanted, std::move(mapping));
}

Task<Result<importing::Summary>> Runner::import_file(const Import& import,
                                                     importing::Rejects& rejects) {
    importing::FileBytes file(spool_.rows_of(import.id));
    co_return co_await importing::import_file(
        file, TRY(co_await reading_of(import.of)), takers_, context_of_imports(), rejects,
        [this](importing::Pass pass, std::int64_t bytes, const importing::Summary& so_far) {
            report(pass, bytes, so_far);
        });
}

void Runner::report(importing::Pass pass, std::int64_t bytes, const importing::Summary& so_far) {
    if (stopping_) {
        throw Stopped();
    }
    const std::scoped_lock lock(mutex_);
    current_->status =
        pass == importing::Pass::checking ? ImportStatus::checking : ImportStatus::writing;
    current_->bytes_done = bytes;
    current_->records = so_far.records;
    current_->prices = so_far.prices;
}

Task<void> Runner::keep_rejects(ImportId id) {
    std::ifstream file(spool_.rejects_of(id));
    std::string line;
    bool more = true;
    for (std::int64_t place = 0; more && place < rejects_kept; place += rejects_at_a_time) {
        std::vector<RejectedLine> lines;
        while (std::ssize(lines) < rejects_at_a_time && (more = !!std::getline(file, line))) {
            lines.push_back(from_json<RejectedLine>(line).value());
        }
        co_await host_.database.write(
            Context(), [&](sql::Transaction& transaction) -> Task<Result<bool>> {
                if (place == 0) {
                    co_await store::forget_rejects(transaction, id);
                }
                co_await store::put_rejects(transaction, id, place, lines);
                co_return true;
            });
    }
}

Task<void> Runner::finish(Import import, const Result<importing::Summary>& outcome,
                          const importing::Rejects& rejects) {
    if (outcome) {
        import.status = ImportStatus::finished;
        import.bytes_done = import.bytes;
        import.records = outcome->records;
        import.prices = outcome->prices;
    } else {
        import.status = ImportStatus::failed;
        import.problem = outcome.error().message;
    }
    for (const auto& entry : rejects.first()) {
        import.first_rejects.push_back(shown(entry));
    }
    co_await put(import);
}

Task<void> Runner::put(const Import& import) {
    auto fresh = import;
    fresh.updated_at = host_.clock.now();
    co_await host_.database.write(
        Context(), [&](sql::Transaction& transaction) -> Task<Result<bool>> {
            const auto known = co_await store::import(transaction, fresh.id);
            if (known && !is_over(known->status)) {
                co_await store::put(transaction, fresh);
            }
            co_return true;
        });
}

/// Says of the one that is taken in how far it is, and of those that wait that somebody has them.
Task<void> Runner::touch() {
    std::optional<Import> current;
    std::deque<ImportId> waiting;
    {
        const std::scoped_lock lock(mutex_);
        current = current_;
        waiting = waiting_;
    }
    if (current) {
        co_await put(*current);
    }
    for (const auto id : waiting) {
        const auto known = co_await host_.database.read(
            Context(), [id](sql::Transaction& transaction) -> Task<Result<std::optional<Import>>> {
                co_return co_await store::import(transaction, id);
            });
        if (known && *known) {
            co_await put(**known);
        }
    }
}

}  // namespace kontor::imports
