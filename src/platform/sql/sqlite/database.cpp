#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "platform/async/thread_name.hpp"
#include "platform/sql/migrate.hpp"
#include "platform/sql/sqlite/connection.hpp"
#include "platform/sql/sqlite/transaction.hpp"
#include "platform/sql/sqlite/writer.hpp"

namespace kontor::sql {

namespace sqlite {

namespace {

using namespace std::chrono_literals;

// The WAL is copied back from 4 MB on, by a reader beside the running writer, or by the writer
// itself once it is idle.
constexpr int wal_pages_worth_copying = 1'000;
constexpr auto idle_before_checkpoint = 1s;

constexpr Statement begin_read{"begin", "BEGIN"};
constexpr Statement end_read{"rollback", "ROLLBACK"};

class SqliteMigrationTarget final : public MigrationTarget {
public:
    explicit SqliteMigrationTarget(Connection& connection) : connection_(connection) {}

    Engine engine() const override { return Engine::sqlite; }
    void script(const std::string& text) override { connection_.script(text); }
    std::vector<AppliedMigration> applied() override {
        static constexpr Statement all{"schema_migrations.all", R"sql(
            SELECT component, version, checksum
              FROM schema_migrations
        )sql"};
        std::vector<AppliedMigration> steps;
        using Step = std::tuple<std::string, int, std::string>;
        auto take = [&](std::size_t, Step&& step) {
            steps.push_back({std::get<0>(step), std::get<1>(step), std::get<2>(step)});
        };
        DecodingSink<Step, decltype(take)> sink(take);
        connection_.run(all, Args(), 0, &sink);
        return steps;
    }

private:
    Connection& connection_;
};

/// One writer thread for all writes, a few reader threads that start when they are needed.
class SqliteDatabase final : public Database {
public:
    SqliteDatabase(std::filesystem::path file, SqliteOptions options)
        : file_(std::move(file)),
          options_(options),
          writing_(file_, Connection::Use::write, options_.durable),
          writer_([this] { write_until_stopped(); }) {}

    ~SqliteDatabase() override {
        {
            const std::lock_guard lock(mutex_);
            stopping_ = true;
        }
        writes_waiting_.notify_all();
        reads_waiting_.notify_all();
        writer_.join();
        readers_.clear();
        for (auto* queue : {&writes_, &reads_}) {
            for (auto& job : *queue) {
                job.done(refusal(refusals::unavailable, "the database is shutting down"));
            }
        }
    }

    void migrate(std::span<const Migration> migrations) override {
        Connection connection(file_, Connection::Use::write, options_.durable);
        connection.script("BEGIN EXCLUSIVE");
        SqliteMigrationTarget target(connection);
        apply_migrations(target, migrations);
        connection.script("COMMIT");
    }

    Engine engine() const override { return Engine::sqlite; }

protected:
    Task<std::optional<Refusal>> run(Access access, const Context& context,
                                     const ErasedBody& body) override {
        co_return co_await complete<std::optional<Refusal>>(
            [&](Completion<std::optional<Refusal>> done) {
                Job job{&body, context.deadline, std::move(done), access == Access::statement};
                if (!job.refuse_when_late()) {
                    access == Access::write ? enqueue_write(std::move(job))
                                            : enqueue_read(std::move(job));
                }
            });
    }

private:
    void enqueue_write(Job job) {
        std::unique_lock lock(mutex_);
        if (!admit(writes_, job, lock)) {
            return;
        }
        writes_.push_back(std::move(job));
        lock.unlock();
        writes_waiting_.notify_one();
    }

    void enqueue_read(Job job) {
        std::unique_lock lock(mutex_);
        if (!admit(reads_, job, lock)) {
            return;
        }
        reads_.push_back(std::move(job));
        provide_reader();
        lock.unlock();
        reads_waiting_.notify_one();
    }

    bool admit(const std::deque<Job>& queue, Job& job, std::unique_lock<std::mutex>& lock) {
        if (queue.size() < options_.waiting_max) {
            return true;
        }
        lock.unlock();
        job.done(refusal(refusals::unavailable,
                         "{} transactions wait for the database already; try again later",
                         options_.waiting_max));
        return false;
    }

    /// With the mutex held.
    void provide_reader() {
        if (idle_readers_ == 0 && static_cast<int>(readers_.size()) < options_.readers) {
            readers_.emplace_back([this] { read_until_stopped(); });
        }
    }

    void write_until_stopped() {
        name_thread("write " + file_.stem().string());
        GroupCommit group(writing_, [this] { tell_listeners(); });
        for (auto batch = next_batch(); !batch.empty(); batch = next_batch()) {
            group.run(batch);
            keep_wal_short();
        }
    }

    /// What has queued while the last commit was under way; empty when it is time to stop.
    std::vector<Job> next_batch() {
        std::vector<Job> batch;
        while (batch.empty()) {
            std::unique_lock lock(mutex_);
            const auto ready = [this] { return stopping_ || !writes_.empty(); };
            if (writing_.wal_pages() > 0 &&
                !writes_waiting_.wait_for(lock, idle_before_checkpoint, ready)) {
                lock.unlock();
                writing_.checkpoint();
                lock.lock();
            }
            writes_waiting_.wait(lock, ready);
            if (stopping_) {
                break;
            }
            const auto count = std::min(writes_.size(), options_.batch_max);
            for (std::size_t i = 0; i < count; ++i) {
                batch.push_back(std::move(writes_.front()));
                writes_.pop_front();
            }
            lock.unlock();
            std::erase_if(batch, [](Job& job) { return job.refuse_when_late(); });
        }
        return batch;
    }

    /// A reader copies the bulk of the WAL; then the writer copies the little that came meanwhile,
    /// so that the WAL can start over and a commit never waits for a long copy.
    void keep_wal_short() {
        if (writing_.wal_pages() < wal_pages_worth_copying) {
            return;
        }
        std::unique_lock lock(mutex_);
        if (copy_ == Copy::done) {
            copy_ = Copy::none;
            lock.unlock();
            writing_.checkpoint();
        } else if (copy_ == Copy::none) {
            copy_ = Copy::wanted;
            provide_reader();
            lock.unlock();
            reads_waiting_.notify_one();
        }
    }

    void read_until_stopped() {
        name_thread("read " + file_.stem().string());
        std::optional<Connection> connection;
        std::unique_lock lock(mutex_);
        while (!stopping_) {
            if (copy_ == Copy::wanted) {
                copy_ = Copy::running;
                lock.unlock();
                copy_wal(connection);
                lock.lock();
                copy_ = Copy::done;
            } else if (!reads_.empty()) {
                Job job = std::move(reads_.front());
                reads_.pop_front();
                lock.unlock();
                read(connection, job);
                lock.lock();
            } else {
                ++idle_readers_;
                reads_waiting_.wait(lock);
                --idle_readers_;
            }
        }
    }

    Connection& opened(std::optional<Connection>& connection) {
        if (!connection) {
            connection.emplace(file_, Connection::Use::read, options_.durable);
        }
        return *connection;
    }

    void copy_wal(std::optional<Connection>& connection) {
        try {
            opened(connection).checkpoint();
        } catch (const Error&) {
            return;  // it could not be opened: the writer copies once it is idle
        }
    }

    void read(std::optional<Connection>& connection, Job& job) {
        if (job.refuse_when_late()) {
            return;
        }
        try {
            run_read(opened(connection), job);
        } catch (...) {
            job.error = std::current_exception();
        }
        if (connection && connection->in_transaction()) {
            connection->set_deadline(TimePoint::max());
            connection->run(end_read, Args(), 0, nullptr);
        }
        job.answer();
    }

    static void run_read(Connection& connection, const Job& job) {
        connection.set_deadline(TimePoint::max());
        if (!job.single) {
            connection.run(begin_read, Args(), 0, nullptr);
        }
        connection.set_deadline(job.deadline);
        SqliteTransaction transaction(connection);
        run_to_completion((*job.body)(transaction));
    }

    enum class Copy { none, wanted, running, done };

    std::filesystem::path file_;
    SqliteOptions options_;
    Connection writing_;  ///< The writer thread's.

    std::mutex mutex_;  ///< Guards what follows.
    std::condition_variable writes_waiting_;
    std::condition_variable reads_waiting_;
    std::deque<Job> writes_;
    std::deque<Job> reads_;
    int idle_readers_ = 0;
    Copy copy_ = Copy::none;
    bool stopping_ = false;

    std::vector<std::jthread> readers_;
    std::thread writer_;
};

}  // namespace

}  // namespace sqlite

std::unique_ptr<Database> open_sqlite(const std::filesystem::path& file, SqliteOptions options) {
    return std::make_unique<sqlite::SqliteDatabase>(file, options);
}

}  // namespace kontor::sql
