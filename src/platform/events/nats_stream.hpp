#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

#include "platform/events/envelope.hpp"
#include "platform/events/nats_handles.hpp"

namespace kontor::events {

/// The blocking side of one JetStream stream. The server counts messages by sequences of its own,
/// here called slots; positions stand in the events. One thread at a time.
class NatsStream {
public:
    /// `connection` must outlive it.
    NatsStream(natsConnection* connection, std::string name, std::string subject, int replicas,
               std::int64_t timeout_ms);
    ~NatsStream();
    NatsStream(const NatsStream&) = delete;
    NatsStream& operator=(const NatsStream&) = delete;

    struct State {
        std::uint64_t first_slot = 1;
        std::uint64_t last_slot = 0;
        Position end = 0;  ///< Of the event in the last slot; 0 where there is none.
    };

    /// Makes the stream where it is missing. Throws NatsFailure, as all that follows.
    State state();

    /// Stores the events after the stream's end and answers the new end. Each message names the
    /// slot before it, so that whoever else appends meanwhile makes this fail, not interleave.
    Position append(const std::vector<Envelope>& batch);

    /// Up to `max` events after `after` that are stored now.
    std::vector<Envelope> fetch(Position after, std::size_t max);

    /// Reads on from a slot; holds a consumer at the server.
    class Reader {
    public:
        Reader(NatsStream& stream, std::uint64_t first_slot);
        /// Waits for the first event at most `wait_ms`. Throws NatsFailure also where an event
        /// between is missing; the reader is then of no more use.
        std::vector<Envelope> read(std::size_t max, std::int64_t wait_ms);
        std::uint64_t next_slot() const { return next_slot_; }

    private:
        NatsSubscription subscription_;
        std::uint64_t next_slot_;
    };

private:
    NatsStreamInfo info();
    Position position_at(std::uint64_t slot);
    std::uint64_t slot_after(Position after, const State& state);
    void send(const Envelope& event, std::uint64_t slot_before);
    void await_acknowledgement(std::uint64_t slot);
    static void on_ack(jsCtx* context, natsMsg* message, jsPubAck* ack, jsPubAckErr* error,
                       void* self);

    std::string name_;
    std::string subject_;
    int replicas_;
    std::int64_t timeout_ms_;
    NatsContext context_;
    State known_;

    std::mutex mutex_;  ///< Guards what follows; libnats' thread reports acknowledgements.
    std::condition_variable acknowledged_;
    std::uint64_t acknowledged_slot_ = 0;
    std::string publish_error_;
};

}  // namespace kontor::events
