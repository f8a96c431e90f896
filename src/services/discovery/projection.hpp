#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "platform/events/envelope.hpp"
#include "services/discovery/engine/published.hpp"
#include "services/discovery/world.hpp"
#include "services/inventory/api.hpp"

namespace kontor::discovery {

/// What of a product changed, for the index; several together.
enum class Touched : std::uint8_t { nothing = 0, product = 1, offers = 2, stock = 4 };
constexpr Touched operator|(Touched a, Touched b) {
    return static_cast<Touched>(static_cast<std::uint8_t>(a) | static_cast<std::uint8_t>(b));
}
constexpr bool has(Touched all, Touched one) {
    return (static_cast<std::uint8_t>(all) & static_cast<std::uint8_t>(one)) != 0;
}
using TouchedProducts = std::map<std::uint64_t, Touched>;  ///< By product id.

/// Counts the changes of a projection. The incarnation is another one after each beginning from
/// zero, so that an index file that belongs to an earlier one is known.
struct Generation {
    std::uint64_t incarnation = 0;
    std::uint64_t number = 0;
    bool operator==(const Generation&) const = default;
};

class Changes;

/// The documents in LMDB, and the position in each stream up to which they tell. Reading: any
/// thread. Changing: one thread.
///
/// Commits do not wait for the disk. The death of the process loses nothing; after a crash of the
/// machine (seen by the kernel's boot id) the folder is emptied, and the logs are replayed.
class Projection {
public:
    /// `folder` may be empty or missing. `incarnation`: a fresh number, for when it begins from
    /// zero. Throws lmdb::Error and std::filesystem::filesystem_error.
    Projection(std::filesystem::path folder, std::uint64_t incarnation);
    /// Brings everything to the disk.
    ~Projection();

    const lmdb::Environment& environment() const { return *environment_; }
    const Tables& tables() const { return *tables_; }
    std::shared_ptr<const World> world() const { return world_.load(); }
    Generation generation() const;
    events::Position position(std::string_view stream) const;
    std::set<std::string> parked_aggregates(std::string_view stream) const;

    /// What changed after `generation`, and so may be missing in an index written then.
    TouchedProducts changed_since(std::uint64_t generation) const;
    /// Forgets that what had changed up to `generation` was missing in the index.
    void merged(std::uint64_t generation);
    /// Every product, as changed in every way.
    TouchedProducts all_products() const;

private:
    friend Changes;
    std::filesystem::path folder_;
    std::unique_ptr<lmdb::Environment> environment_;
    std::unique_ptr<Tables> tables_;
    engine::Published<const World> world_;
};

/// Changes that take effect together on commit; forgotten otherwise.
class Changes {
public:
    explicit Changes(Projection& projection);

    void put(const stores::Market& market);
    void put(const stores::Store& store);
    void put(const catalog::Category& category);
    void put(const catalog::Product& product);
    void put_prices(const std::string& sku, const std::vector<pricing::Price>& prices);
    void put_tax_rates(MarketCode market, const std::vector<pricing::TaxRate>& rates);
    /// The cells given replace those of the same places; others stay.
    void put_stock(const std::string& sku, const std::vector<inventory::StockCell>& cells);

    void set_position(std::string_view stream, events::Position position);
    void park(std::string_view stream, events::Position sequence, std::string_view aggregate);
    void unpark_all(std::string_view stream);

    /// Answers which products the index must look at again.
    TouchedProducts commit();

private:
    std::uint64_t place_number(const std::string& location);
    void touch(std::uint64_t product, Touched what);
    void touch_sku(std::string_view sku, Touched what);
    void touch_all(Touched what);
    void touch_below_changed_categories(const World& world);
    void note_unmerged(std::uint64_t generation);

    Projection& projection_;
    const Tables& tables_;
    lmdb::Writing writing_;
    TouchedProducts touched_;
    bool world_changed_ = false;
    std::set<std::string> categories_changed_;
};

}  // namespace kontor::discovery
