#include "platform/events/nats_stream.hpp"

#include <algorithm>
#include <chrono>

namespace kontor::events {

namespace {

/// Published before their acknowledgements are awaited.
constexpr std::size_t in_flight_max = 1'000;

Envelope envelope_in(natsMsg* message) {
    const std::string_view text(natsMsg_GetData(message),
                                static_cast<std::size_t>(natsMsg_GetDataLength(message)));
    auto envelope = from_cloud_event(text);
    if (!envelope) {
        throw NatsFailure(fmt::format("slot {} of {} holds no CloudEvent of ours: {}",
                                      natsMsg_GetSequence(message), natsMsg_GetSubject(message),
                                      envelope.error().message));
    }
    return *std::move(envelope);
}

std::uint64_t slot_of(natsMsg* message) {
    jsMsgMetaData* raw = nullptr;
    check_nats(natsMsg_GetMetaData(&raw, message), "metadata of a message");
    const std::unique_ptr<jsMsgMetaData, NatsDeleter<jsMsgMetaData_Destroy>> data(raw);
    return data->Sequence.Stream;
}

}  // namespace

NatsStream::NatsStream(natsConnection* connection, std::string name, std::string subject,
                       int replicas, std::int64_t timeout_ms)
    : name_(std::move(name)),
      subject_(std::move(subject)),
      replicas_(replicas),
      timeout_ms_(timeout_ms) {
    jsOptions options;
    jsOptions_Init(&options);
    options.Wait = timeout_ms_;
    options.PublishAsync.MaxPending = 2 * in_flight_max;
    options.PublishAsync.AckHandler = &NatsStream::on_ack;
    options.PublishAsync.AckHandlerClosure = this;
    jsCtx* context = nullptr;
    check_nats(natsConnection_JetStream(&context, connection, &options), "JetStream context");
    context_.reset(context);
}

NatsStream::~NatsStream() = default;

NatsStreamInfo NatsStream::info() {
    jsStreamInfo* raw = nullptr;
    auto error = static_cast<jsErrCode>(0);
    auto status = js_GetStreamInfo(&raw, context_.get(), name_.c_str(), nullptr, &error);
    if (status == NATS_NOT_FOUND) {
        const char* subject = subject_.c_str();
        jsStreamConfig config;
        jsStreamConfig_Init(&config);
        config.Name = name_.c_str();
        config.Subjects = &subject;
        config.SubjectsLen = 1;
        config.Storage = js_FileStorage;
        config.Replicas = replicas_;
        config.DenyDelete = true;
        status = js_AddStream(&raw, context_.get(), &config, nullptr, &error);
    }
    check_nats(status, "stream " + name_, error);
    return NatsStreamInfo(raw);
}

NatsStream::State NatsStream::state() {
    const auto now = info();
    State state{.first_slot = std::max<std::uint64_t>(now->State.FirstSeq, 1),
                .last_slot = now->State.LastSeq,
                .end = 0};
    if (now->State.Msgs > 0) {
        const bool known = state.last_slot == known_.last_slot && known_.end > 0;
        state.end = known ? known_.end : position_at(state.last_slot);
    }
    known_ = state;
    return state;
}

Position NatsStream::position_at(std::uint64_t slot) {
    natsMsg* raw = nullptr;
    auto error = static_cast<jsErrCode>(0);
    check_nats(js_GetMsg(&raw, context_.get(), name_.c_str(), slot, nullptr, &error),
               fmt::format("slot {} of {}", slot, name_), error);
    const NatsMessage message(raw);
    return envelope_in(message.get()).sequence;
}

/// Positions ascend with the slots, and nearly always one by one.
std::uint64_t NatsStream::slot_after(Position after, const State& state) {
    const auto behind = static_cast<std::uint64_t>(state.end - after);
    const auto guess = state.last_slot + 1 - std::min(behind, state.last_slot);
    if (guess > state.first_slot && position_at(guess) > after && position_at(guess - 1) <= after) {
        return guess;
    }
    auto low = state.first_slot;
    auto high = state.last_slot + 1;
    while (low < high) {
        const auto middle = low + (high - low) / 2;
        if (position_at(middle) > after) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

void NatsStream::on_ack(jsCtx*, natsMsg* message, jsPubAck* ack, jsPubAckErr* error, void* self) {
    const NatsMessage owned(message);
    auto& stream = *static_cast<NatsStream*>(self);
    const std::lock_guard lock(stream.mutex_);
    if (error != nullptr && stream.publish_error_.empty()) {
        stream.publish_error_ =
            error->ErrText != nullptr ? error->ErrText : natsStatus_GetText(error->Err);
    }
    if (ack != nullptr) {
        stream.acknowledged_slot_ = std::max(stream.acknowledged_slot_, ack->Sequence);
    }
    stream.acknowledged_.notify_all();
}

void NatsStream::send(const Envelope& event, std::uint64_t slot_before) {
    const auto text = to_cloud_event(event);
    natsMsg* raw = nullptr;
    check_nats(
        natsMsg_Create(&raw, subject_.c_str(), nullptr, text.data(), static_cast<int>(text.size())),
        "message");
    NatsMessage message(raw);
    check_nats(natsMsgHeader_Set(raw, "content-type", "application/cloudevents+json"), "header");
    jsPubOptions options;
    jsPubOptions_Init(&options);
    options.MsgId = event.id.c_str();
    options.ExpectLastSeq = slot_before;
    options.ExpectNoMessage = slot_before == 0;
    raw = message.release();
    const auto status = js_PublishMsgAsync(context_.get(), &raw, &options);
    message.reset(raw);  // ours again where libnats did not take it
    check_nats(status, "publish to " + subject_);
}

Position NatsStream::append(const std::vector<Envelope>& batch) {
    const auto before = state();
    const auto fresh = std::ranges::upper_bound(batch, before.end, {}, &Envelope::sequence);
    if (fresh == batch.end()) {
        return before.end;
    }
    {
        const std::lock_guard lock(mutex_);
        acknowledged_slot_ = before.last_slot;
        publish_error_.clear();
    }
    auto slot = before.last_slot;
    for (auto next = fresh; next != batch.end(); ++next) {
        send(*next, slot++);
        const bool last = next + 1 == batch.end();
        if (last || (slot - before.last_slot) % in_flight_max == 0) {
            await_acknowledgement(slot);
        }
    }
    known_ = {before.first_slot, slot, batch.back().sequence};
    return known_.end;
}

/// One message's acknowledgement answers for all before it, since each named the slot before it.
void NatsStream::await_acknowledgement(std::uint64_t slot) {
    std::unique_lock lock(mutex_);
    acknowledged_.wait_for(lock, std::chrono::milliseconds(timeout_ms_),
                           [&] { return acknowledged_slot_ >= slot || !publish_error_.empty(); });
    if (acknowledged_slot_ < slot) {
        const auto reason = publish_error_.empty() ? "no acknowledgement in time" : publish_error_;
        throw NatsFailure(fmt::format("publish to {}: {}", subject_, reason));
    }
}

std::vector<Envelope> NatsStream::fetch(Position after, std::size_t max) {
    const auto now = state();
    if (now.end <= after) {
        return {};
    }
    const auto slot = slot_after(after, now);
    if (slot > now.last_slot) {
        return {};
    }
    const auto count = std::min<std::uint64_t>(max, now.last_slot - slot + 1);
    return Reader(*this, slot).read(count, timeout_ms_);
}

NatsStream::Reader::Reader(NatsStream& stream, std::uint64_t first_slot) : next_slot_(first_slot) {
    jsSubOptions options;
    jsSubOptions_Init(&options);
    options.Stream = stream.name_.c_str();
    options.Config.DeliverPolicy = js_DeliverByStartSequence;
    options.Config.OptStartSeq = first_slot;
    options.Config.AckPolicy = js_AckNone;
    options.Config.MemoryStorage = true;
    natsSubscription* raw = nullptr;
    auto error = static_cast<jsErrCode>(0);
    check_nats(js_PullSubscribe(&raw, stream.context_.get(), stream.subject_.c_str(), nullptr,
                                nullptr, &options, &error),
               "read " + stream.name_, error);
    subscription_.reset(raw);
}

std::vector<Envelope> NatsStream::Reader::read(std::size_t max, std::int64_t wait_ms) {
    natsMsgList list{};
    auto error = static_cast<jsErrCode>(0);
    const auto status =
        natsSubscription_Fetch(&list, subscription_.get(), static_cast<int>(max), wait_ms, &error);
    if (status == NATS_TIMEOUT) {
        return {};
    }
    check_nats(status, "fetch", error);
    const std::unique_ptr<natsMsgList, NatsDeleter<natsMsgList_Destroy>> owned(&list);
    std::vector<Envelope> events;
    events.reserve(static_cast<std::size_t>(list.Count));
    for (int i = 0; i < list.Count; ++i) {
        const auto slot = slot_of(list.Msgs[i]);
        if (slot != next_slot_) {
            throw NatsFailure(fmt::format("expected slot {}, got {}", next_slot_, slot));
        }
        events.push_back(envelope_in(list.Msgs[i]));
        ++next_slot_;
    }
    return events;
}

}  // namespace kontor::events
