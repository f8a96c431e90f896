#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "platform/events/log.hpp"

namespace kontor::events {

struct NatsLogOptions {
    std::vector<std::string> urls;  ///< Of one cluster: `nats://127.0.0.1:4222`.
    /// Begins every stream's name and subject: keeps installations on one server apart.
    std::string prefix = "kontor";
    /// Copies of each stream in a cluster; applies when a stream is made.
    int replicas = 1;
    /// Newest events kept in memory, per stream that is read.
    std::size_t tail_events = 4'096;
    std::chrono::milliseconds request_timeout{2'000};
};

/// The log in NATS JetStream: one stream `<prefix>-<service>` per service, made when it is first
/// appended to or read, kept without limit unless an operator sets one. Connects by itself, also
/// while NATS is away, during which reads wait and appends are refused. What its calls block, they
/// block on threads of their own: one for appending, one for history, one per stream that is read.
std::unique_ptr<StoringLog> open_nats(NatsLogOptions options);

}  // namespace kontor::events
