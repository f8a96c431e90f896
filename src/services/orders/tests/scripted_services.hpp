#pragma once

#include <map>

#include "platform/rpc/remote.hpp"
#include "services/inventory/api.hpp"
#include "services/payments/api.hpp"

namespace kontor::orders {

/// Inventory and payments as a checkout meets them: holds and payments by their keys, changes that
/// may be repeated, and one call that fails once: before it has done its work, or after.
class ScriptedServices final : public rpc::Channel {
public:
    enum class Loses { request, reply };

    Task<Result<std::string>> call(Context, std::string_view, std::string_view operation,
                                   rpc::Effect, std::string request) override {
        const bool fails = ++calls == failing_call;
        if (fails && loses == Loses::request) {
            co_return refuse(refusals::unavailable, "the request was lost");
        }
        auto reply = answer(operation, request);
        if (fails) {
            co_return refuse(refusals::unavailable, "the reply was lost");
        }
        co_return reply;
    }

    int calls = 0;
    int failing_call = 0;  ///< From 1; 0: none.
    Loses loses = Loses::request;
    bool sold_out = false;

    std::map<std::string, inventory::ReservationStatus> holds;
    std::map<std::string, payments::Payment> payments;

    /// Holds that are not released.
    std::size_t held() const {
        std::size_t count = 0;
        for (const auto& [key, status] : holds) {
            count += status == inventory::ReservationStatus::held ? 1 : 0;
        }
        return count;
    }

    /// The shopper confirms every payment that waits for it.
    void confirm() {
        for (auto& [key, payment] : payments) {
            if (payment.status == payments::Status::requires_action) {
                payment.status = payments::Status::authorized;
            }
        }
    }

    std::size_t alive() const {
        std::size_t count = 0;
        for (const auto& [key, payment] : payments) {
            count += payment.status == payments::Status::cancelled ||
                             payment.status == payments::Status::failed
                         ? 0
                         : 1;
        }
        return count;
    }

private:
    Result<std::string> answer(std::string_view operation, const std::string& request) {
        if (operation == "reserve") {
            return reserve(from_json<inventory::ReserveStock>(request).value().reservation);
        }
        if (operation == "extend") {
            return extend(from_json<inventory::ExtendReservation>(request).value().reservation);
        }
        if (operation == "release") {
            const auto key = from_json<inventory::ReleaseStock>(request).value().reservation;
            holds[key] = inventory::ReservationStatus::released;
            return hold(key);
        }
        if (operation == "open") {
            return open(from_json<payments::OpenPayment>(request).value());
        }
        const auto found = payments.find(from_json<payments::PaymentOf>(request).value().order);
        if (found == payments.end()) {
            return refuse(refusals::not_found, "no such payment");
        }
        if (operation == "cancel") {
            found->second.status = payments::Status::cancelled;
        }
        return to_json(found->second);
    }

    std::string hold(const std::string& key) {
        return to_json(inventory::Reservation{.reservation = key,
                                              .status = holds[key],
                                              .lines = {},
                                              .expires_at = {},
                                              .order = std::nullopt});
    }

    Result<std::string> extend(const std::string& key) {
        if (!holds.contains(key) || holds[key] != inventory::ReservationStatus::held) {
            return refuse(inventory::refusals::reservation_ended, "{} has ended", key);
        }
        return hold(key);
    }

    Result<std::string> reserve(const std::string& key) {
        if (sold_out) {
            return refuse(inventory::refusals::out_of_stock, "nothing is left");
        }
        holds.try_emplace(key, inventory::ReservationStatus::held);
        return extend(key);
    }

    Result<std::string> open(const payments::OpenPayment& wanted) {
        const auto added = payments.try_emplace(
            wanted.order, payments::Payment{.id = {payments.size() + 1},
                                            .order = wanted.order,
                                            .method = wanted.method,
                                            .status = payments::Status::requires_action,
                                            .amount = wanted.amount,
                                            .authorized = wanted.amount,
                                            .captured = {0, wanted.amount.currency},
                                            .refunded = {0, wanted.amount.currency},
                                            .received = {0, wanted.amount.currency},
                                            .reference = wanted.reference,
                                            .redirect_url = "https://pay.example/1",
                                            .failure = std::nullopt,
                                            .expires_at = std::nullopt,
                                            .created_at = {}});
        return to_json(added.first->second);
    }
};

}  // namespace kontor::orders
