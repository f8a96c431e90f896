#include "simulation/invariants.hpp"

namespace kontor::simulation {

namespace {

constexpr sql::Statement not_the_sum_of_movements{"check.movements", R"sql(
    SELECT s.sku || ' in ' || s.location
      FROM stock s
      LEFT JOIN (SELECT cell, SUM(on_hand) AS on_hand, SUM(reserved) AS reserved,
                        SUM(allocated) AS allocated
                   FROM movements
                  GROUP BY cell) m ON m.cell = s.id
     WHERE s.on_hand <> COALESCE(m.on_hand, 0)
        OR s.reserved <> COALESCE(m.reserved, 0)
        OR s.allocated <> COALESCE(m.allocated, 0)
)sql"};

constexpr sql::Statement not_the_sum_of_claims{"check.claims", R"sql(
    SELECT s.sku || ' in ' || s.location
      FROM stock s
      LEFT JOIN (SELECT l.cell,
                        SUM(l.quantity - l.released)
                            FILTER (WHERE r.status = 'held') AS held,
                        SUM(l.quantity - l.released - l.shipped)
                            FILTER (WHERE r.status = 'allocated') AS allocated
                   FROM reservation_lines l
                   JOIN reservations r ON r.id = l.reservation
                  GROUP BY l.cell) c ON c.cell = s.id
     WHERE s.reserved <> COALESCE(c.held, 0)
        OR s.allocated <> COALESCE(c.allocated, 0)
)sql"};

// A count may find less than was promised; a reservation may not promise what is not there.
constexpr sql::Statement oversold{"check.oversold", R"sql(
    SELECT s.sku || ' in ' || s.location || ' by ' || m.reference
      FROM (SELECT cell, cause, reference,
                   SUM(on_hand - reserved - allocated) OVER (PARTITION BY cell ORDER BY id) AS free
              FROM movements) m
      JOIN stock s ON s.id = m.cell
     WHERE m.cause = 'reserve'
       AND m.free - s.safety < 0
)sql"};

void report(std::vector<std::string>& faults, std::string_view fault, Storage& storage,
            const sql::Statement& statement) {
    for (const auto& where : storage.rows<std::string>(statement)) {
        faults.push_back(fmt::format("{}: {}", where, fault));
    }
}

}  // namespace

std::vector<std::string> faults_of_stock(Storage& inventory) {
    std::vector<std::string> faults;
    report(faults, "counters are not the sums of their movements", inventory,
           not_the_sum_of_movements);
    report(faults, "counters are not the sums of the reservations", inventory,
           not_the_sum_of_claims);
    report(faults, "more was reserved than was there", inventory, oversold);
    return faults;
}

}  // namespace kontor::simulation
