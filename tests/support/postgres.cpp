#include "support/postgres.hpp"

#include <fcntl.h>
#include <grp.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <signal.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <thread>
#include <vector>

#include "support/temporary_folder.hpp"

namespace kontor::testing {

namespace {

using namespace std::chrono_literals;

const std::filesystem::path programs = "/usr/lib/postgresql/15/bin";

/// Starts `arguments` as a user PostgreSQL accepts (it refuses root), ending with this process.
pid_t start(const std::vector<std::string>& arguments, const std::filesystem::path& log) {
    std::vector<char*> raw;
    for (const auto& argument : arguments) {
        raw.push_back(const_cast<char*>(argument.c_str()));
    }
    raw.push_back(nullptr);
    const auto* user = ::geteuid() == 0 ? ::getpwnam("postgres") : nullptr;
    const pid_t pid = ::fork();
    if (pid != 0) {
        return pid;
    }
    const int out = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
    ::dup2(out, STDOUT_FILENO);
    ::dup2(out, STDERR_FILENO);
    if (user != nullptr && (::setgroups(0, nullptr) != 0 || ::setgid(user->pw_gid) != 0 ||
                            ::setuid(user->pw_uid) != 0)) {
        ::_exit(126);
    }
    ::prctl(PR_SET_PDEATHSIG, SIGQUIT);
    ::execv(raw[0], raw.data());
    ::_exit(127);
}

class Cluster {
public:
    Cluster() {
        std::filesystem::permissions(folder_.path(), std::filesystem::perms::owner_all |
                                                         std::filesystem::perms::others_exec |
                                                         std::filesystem::perms::group_exec);
        std::filesystem::create_directory(data());
        if (::geteuid() == 0) {
            const auto* user = ::getpwnam("postgres");
            if (user == nullptr || ::chown(data().c_str(), user->pw_uid, user->pw_gid) != 0) {
                throw std::runtime_error("cannot give the data folder to the user postgres");
            }
        }
        int status = 0;
        const auto making = start({programs / "initdb", "--no-sync", "--auth=trust", "--encoding",
                                   "UTF8", "--locale=C.UTF-8", "-U", "kontor", "-D", data() / "db"},
                                  log());
        ::waitpid(making, &status, 0);
        if (status != 0) {
            throw std::runtime_error("initdb failed; is postgresql-15 installed?");
        }
        start_server();
    }

    ~Cluster() { stop_server(SIGQUIT); }

    void restart() {
        stop_server(SIGQUIT);
        start_server();
    }

    const std::string& url() const { return url_; }

private:
    std::filesystem::path data() const { return folder_.path() / "pg"; }
    std::filesystem::path log() const { return folder_.path() / "log"; }

    void start_server() {
        server_ = start({programs / "postgres", "-D", data() / "db", "-k", data(), "-c",
                         "listen_addresses=", "-c", "fsync=off", "-c", "full_page_writes=off", "-c",
                         "max_connections=200", "-c", "shared_buffers=32MB"},
                        log());
        for (int attempt = 0; attempt < 500; ++attempt) {
            if (PQping(url_.c_str()) == PQPING_OK) {
                return;
            }
            std::this_thread::sleep_for(20ms);
        }
        throw std::runtime_error("the test's PostgreSQL does not answer");
    }

    void stop_server(int signal) const {
        ::kill(server_, signal);
        ::waitpid(server_, nullptr, 0);
    }

    TemporaryFolder folder_;
    pid_t server_ = 0;
    std::string url_ = "postgresql:///postgres?user=kontor&host=" + data().string();
};

Cluster& cluster() {
    static Cluster one;
    return one;
}

}  // namespace

const std::string& postgres_url() {
    return cluster().url();
}

std::string fresh_postgres_database() {
    static int made = 0;
    const auto name = "fresh_" + std::to_string(++made);
    const std::unique_ptr<PGconn, decltype(&PQfinish)> connection(
        PQconnectdb(postgres_url().c_str()), PQfinish);
    const std::unique_ptr<PGresult, decltype(&PQclear)> result(
        PQexec(connection.get(), ("CREATE DATABASE " + name).c_str()), PQclear);
    if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) {
        throw std::runtime_error(PQerrorMessage(connection.get()));
    }
    auto url = postgres_url();
    const std::string_view standard = "/postgres?";
    return url.replace(url.find(standard), standard.size(), "/" + name + "?");
}

void restart_postgres() {
    cluster().restart();
}

}  // namespace kontor::testing
