#include <gmock/gmock.h>

#include "simulation/simulation.hpp"

namespace kontor::simulation {
namespace {

using ::testing::IsEmpty;

constexpr std::uint64_t seeds_max = 12;

/// What a product could do wrong, each done to this one from outside. The simulation that does not
/// notice one of them proves nothing.
const Defect defects[] = {
    {.name = "the_stock_guard_sees_more_than_there_is",
     .alterations = {{"inventory.read_cells_by_id", "s.on_hand,", "s.on_hand + 5000,"},
                     {"inventory.read_places", "s.on_hand,", "s.on_hand + 5000,"}}},
    {.name = "commits_are_acknowledged_before_they_are_made", .acknowledges_early = true},
    {.name = "the_idempotency_record_is_skipped", .alterations = {{"idempotency.claim", "", ""}}},
    {.name = "the_reply_under_a_key_is_not_stored",
     .alterations = {{"idempotency.complete", "", ""}}},
    {.name = "the_order_is_not_written", .alterations = {{"orders.add", "", ""}}},
    {.name = "the_event_is_not_written", .alterations = {{"outbox.insert", "", ""}}},
    {.name = "the_position_is_not_written_with_the_effect",
     .alterations = {{"events.move_position", "", ""}}},
    {.name = "reservations_do_not_expire",
     .alterations = {{"inventory.read_expired", "status = 'held'", "status = 'nothing'"}}},
    {.name = "a_movement_is_forgotten", .alterations = {{"inventory.add_movements", "", ""}}},
    {.name = "an_allocation_leaves_the_stock_reserved",
     .alterations = {{"inventory.update_cells", "reserved = decided.reserved",
                      "reserved = MAX(stock.reserved, decided.reserved)"}}},
    {.name = "an_allocation_does_not_know_its_order",
     .alterations = {{"inventory.update_reservations", "bound_to = decided.bound_to",
                      "bound_to = decided.bound_to || '?'"}}},
    {.name = "a_payment_is_of_another_amount",
     .alterations = {{"payments.add", "$5, $6,", "$5, $6 + 1,"}}},
    {.name = "an_order_forgets_its_invoice", .alterations = {{"orders.update", "", ""}}},
    {.name = "the_ledger_misses_postings", .alterations = {{"payments.add_posting", "", ""}}},
    {.name = "a_compensation_is_lost",
     .alterations = {{"orders.advance_checkout", "document = $5",
                      "document = REPLACE($5, ',\"cancel_payment\"', '')"}}},
    {.name = "a_failed_closing_of_a_cart_is_taken_for_done",
     .taken_for_done = "close",
     .answer = R"({"closed":true})"},
};

class The_simulation : public ::testing::TestWithParam<Defect> {};

TEST_P(The_simulation, notices_that) {
    const auto& defect = GetParam();
    std::vector<std::string> not_met;
    for (std::uint64_t seed = 1; seed <= seeds_max; ++seed) {
        const auto history = simulate({.seed = seed, .defect = &defect});
        if (!history.violations.empty()) {
            fmt::print("seed {}: {}\n", seed, history.violations.front());
            return;
        }
        not_met = history.not_met;
    }
    EXPECT_THAT(not_met, IsEmpty()) << "statements that the product does not have like this";
    FAIL() << "no seed up to " << seeds_max << " noticed it";
}

INSTANTIATE_TEST_SUITE_P(Mutation, The_simulation, ::testing::ValuesIn(defects),
                         [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace kontor::simulation
