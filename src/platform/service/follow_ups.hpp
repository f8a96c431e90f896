#pragma once

#include "platform/events/dead_letter.hpp"
#include "platform/rpc/contract.hpp"

/// What a service could not do about an event, for staff: the one thing about events that needs
/// somebody. Each service that keeps positions in its database publishes a contract of its own:
///
///     struct FollowUpsTag {
///         static constexpr std::string_view name = "lamps-follow-ups";
///     };
///     using LampFollowUps = FollowUps<FollowUpsTag>;
namespace kontor {

struct ListDeadLetters {
    std::int64_t limit = 100;
    static constexpr auto describe() {
        using L = ListDeadLetters;
        return described<L>("Asks for the events that were put aside.",
                            field<&L::limit>("How many at most; 100 where missing.",
                                             {.min = 1, .max = 1'000, .optional = true}));
    }
};

struct RetryDeadLetters {
    static constexpr auto describe() {
        return described<RetryDeadLetters>("Has the events that were put aside tried again.");
    }
};

struct DeadLetterList {
    std::vector<events::DeadLetter> items;
    static constexpr auto describe() {
        return described<DeadLetterList>(
            "Events that were put aside after five failures, and those of the same aggregate that "
            "wait behind them.",
            field<&DeadLetterList::items>("By consumer, stream and position."));
    }
};

/// The contract of one service, told apart by its tag.
template <class Tag>
class FollowUps {
public:
    virtual ~FollowUps() = default;

    virtual Task<Result<DeadLetterList>> dead_letters(Context context, ListDeadLetters wanted) = 0;
    /// In order per aggregate. Answers with the first 100 of what is still put aside; what could
    /// not be tried within two seconds is tried later.
    virtual Task<Result<DeadLetterList>> retry_dead_letters(Context context,
                                                            RetryDeadLetters wanted) = 0;

    static constexpr auto contract() {
        return rpc::contract<FollowUps>(
            Tag::name, "What a service could not do about an event.",
            rpc::read<&FollowUps::dead_letters>("Lists the events that were put aside."),
            rpc::change<&FollowUps::retry_dead_letters>(
                "Tries the events that were put aside again, and lists what is left."));
    }
};

}  // namespace kontor
