#pragma once

#include "platform/describe/describe.hpp"
#include "platform/describe/values.hpp"

/// What the contract (api.hpp) says about reservations, from the hold to the shipment.
namespace kontor::inventory {

/// What somebody wants held. Where it names no location, one is chosen.
struct WantedLine {
    std::string sku;
    Quantity quantity;
    std::optional<std::string> location;

    static constexpr auto describe() {
        return described<WantedLine>(
            "What to hold.",
            field<&WantedLine::sku>("What is sold.", {.min_length = 1, .max_length = 64}),
            field<&WantedLine::quantity>("In sales units, more than 0."),
            field<&WantedLine::location>("Where from; chosen where missing.",
                                         {.min_length = 1, .max_length = 64}));
    }
};

/// Most lines of one reservation.
inline constexpr std::int64_t lines_limit = 1'000;

struct ReserveStock {
    std::string reservation;
    std::vector<WantedLine> lines;
    std::int64_t expires_in_s = 900;

    static constexpr auto describe() {
        return described<ReserveStock>(
            "Holds stock for every line or for none.",
            field<&ReserveStock::reservation>("The caller's own key of it; unique for ever.",
                                              {.min_length = 1, .max_length = 64}),
            field<&ReserveStock::lines>("1 to 1,000, distinct SKUs.",
                                        {.min_length = 1, .max_length = lines_limit}),
            field<&ReserveStock::expires_in_s>("How long.",
                                               {.min = 1, .max = 604'800, .optional = true}));
    }
};

struct AllocateStock {
    std::string reservation;
    std::string order;
    static constexpr auto describe() {
        return described<AllocateStock>(
            "Binds a reservation to an order.",
            field<&AllocateStock::reservation>("Its key.", {.min_length = 1, .max_length = 64}),
            field<&AllocateStock::order>("Id of the order.", {.min_length = 1, .max_length = 64}));
    }
};

struct ExtendReservation {
    std::string reservation;
    std::int64_t expires_in_s = 900;
    static constexpr auto describe() {
        return described<ExtendReservation>(
            "Lets a held reservation end later.",
            field<&ExtendReservation::reservation>("Its key.", {.min_length = 1, .max_length = 64}),
            field<&ExtendReservation::expires_in_s>("How long from now.",
                                                    {.min = 1, .max = 604'800, .optional = true}));
    }
};

struct ReleasedLine {
    std::string sku;
    Quantity quantity;
    static constexpr auto describe() {
        return described<ReleasedLine>(
            "What is given back of a reservation.",
            field<&ReleasedLine::sku>("What was reserved.", {.min_length = 1, .max_length = 64}),
            field<&ReleasedLine::quantity>("In sales units, more than 0."));
    }
};

struct ReleaseStock {
    std::string reservation;
    std::optional<std::vector<ReleasedLine>> lines{};
    std::optional<std::string> reference{};
    static constexpr auto describe() {
        return described<ReleaseStock>(
            "Gives back what a reservation holds, or a part of it.",
            field<&ReleaseStock::reservation>("Its key.", {.min_length = 1, .max_length = 64}),
            field<&ReleaseStock::lines>("What is given back, distinct SKUs; all where missing.",
                                        {.min_length = 1, .max_length = lines_limit}),
            field<&ReleaseStock::reference>("The caller's own key of this change, unique within "
                                            "the reservation; must be there with `lines`.",
                                            {.min_length = 1, .max_length = 64}));
    }
};

struct ShippedLine {
    std::string sku;
    Quantity quantity;
    static constexpr auto describe() {
        return described<ShippedLine>(
            "What leaves of a reservation.",
            field<&ShippedLine::sku>("What was reserved.", {.min_length = 1, .max_length = 64}),
            field<&ShippedLine::quantity>("In sales units, more than 0."));
    }
};

struct ShipStock {
    std::string reservation;
    std::string shipment;
    std::vector<ShippedLine> lines;
    static constexpr auto describe() {
        return described<ShipStock>(
            "Takes allocated goods out of the place where they lie.",
            field<&ShipStock::reservation>("Its key.", {.min_length = 1, .max_length = 64}),
            field<&ShipStock::shipment>(
                "The caller's own key of it, unique within the reservation.",
                {.min_length = 1, .max_length = 64}),
            field<&ShipStock::lines>("1 to 1,000, distinct SKUs.",
                                     {.min_length = 1, .max_length = lines_limit}));
    }
};

/// `shipped`: nothing is allocated any more, and some of it has left.
enum class ReservationStatus { held, allocated, released, expired, shipped };
BOOST_DESCRIBE_ENUM(ReservationStatus, held, allocated, released, expired, shipped)

struct ReservedLine {
    std::string sku;
    Quantity quantity;
    std::string location;
    Quantity released{};
    Quantity shipped{};

    static constexpr auto describe() {
        return described<ReservedLine>(
            "What is held, and where.", field<&ReservedLine::sku>("What is sold."),
            field<&ReservedLine::quantity>("As it was reserved, in sales units."),
            field<&ReservedLine::location>("Where it lies."),
            field<&ReservedLine::released>("Of it, given back line by line.", {.optional = true}),
            field<&ReservedLine::shipped>("Of it, what has left.", {.optional = true}));
    }
};

struct Reservation {
    std::string reservation;
    ReservationStatus status = ReservationStatus::held;
    std::vector<ReservedLine> lines;
    Timestamp expires_at;
    std::optional<std::string> order;

    static constexpr auto describe() {
        return described<Reservation>(
            "A claim on stock.", field<&Reservation::reservation>("Its key."),
            field<&Reservation::status>("What has become of it."),
            field<&Reservation::lines>("In the order of the request."),
            field<&Reservation::expires_at>("When a held one ends by itself."),
            field<&Reservation::order>("The order that it was allocated to."));
    }
};

}  // namespace kontor::inventory
