#pragma once

#include <optional>
#include <string>

#include "support/program.hpp"
#include "support/temporary_folder.hpp"

namespace kontor::testing {

/// A real nats-server with JetStream on a free port of this machine and storage in a temporary
/// folder; ends with this object, and with this process.
class NatsServer {
public:
    NatsServer();

    const std::string& url() const { return url_; }

    /// As a crash would.
    void kill();
    /// On the same port and storage; returns once it answers.
    void start();

private:
    TemporaryFolder folder_;
    int port_;
    std::string url_;
    std::optional<Program> program_;
};

/// The server that all tests of this process share, made at the first call: give each test a prefix
/// of its own.
NatsServer& shared_nats();

/// A prefix that nobody in this process had before, for the streams of one test.
std::string fresh_nats_prefix();

}  // namespace kontor::testing
