#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/discovery/engine/product.hpp"
#include "services/discovery/engine/query.hpp"

namespace kontor::discovery::engine {

struct Snapshot;

/// Answers from one state of the index, which does not change while it is held: take one for each
/// request, let it go soon (it keeps replaced segments alive). Any thread; never blocks; takes no
/// memory in proportion to the catalogue but bitmaps.
class Reader {
public:
    explicit Reader(std::shared_ptr<const Snapshot> snapshot);

    /// One page of products. Refuses: `bad_cursor` (400), `bad_query` (422).
    /// Counted with facets and sorted, 10,000 products: 60 us in a category, 150 us over all.
    Result<Page> find(const Query& query) const;

    /// Completions of what a shopper has typed so far: categories and brands, then products, each
    /// kind by how much it offers in the market; typing errors are forgiven.
    std::vector<Suggestion> suggest(const SuggestionsWanted& wanted) const;

    /// The products with this id, slug, SKU or GTIN; of codes, hyphens, spaces, dots, slashes, case
    /// and a GTIN's leading zeros do not count. Whatever the market. Below 1 us.
    bool has(ProductId id) const;
    std::optional<ProductId> by_slug(std::string_view slug) const;
    std::vector<ProductId> by_code(std::string_view code) const;

    /// How many products there are, in all markets.
    std::uint64_t size() const;

private:
    std::shared_ptr<const Snapshot> snapshot_;
};

/// Finds products: full text by language, filters, facets, sorting, exact codes, suggestions.
///
/// A large immutable part lies in a memory-mapped segment file; changes go into small segments in
/// memory on top of it, until a merge writes a new file. Changes since the file was written are
/// lost with the process: the caller replays them from its `position()`.
///
/// Reading is safe from any thread and never waits for a change or a merge. Changing is safe from
/// any thread, one after the other (a mutex); nothing is visible before `publish`.
class Engine {
public:
    /// Opens `file` where it exists (below 5 ms for 10,000 products: nothing is rebuilt), begins
    /// empty where it does not; the folder must exist. An empty path: memory only, never merged to
    /// disk. Refuses: `damaged_index` (500): delete the file and rebuild.
    static Result<std::unique_ptr<Engine>> open(std::filesystem::path file);
    ~Engine();

    Reader reader() const;

    /// Adds the product or replaces all of it.
    void upsert(IndexedProduct product);
    void remove(ProductId id);
    /// Replaces prices and sellability in every market. Cheap: texts stay. No effect on an unknown
    /// product.
    void set_offers(ProductId id, std::vector<MarketOffer> offers);
    /// Replaces the prices and sellability in the one market that `offer` names.
    void set_offer(ProductId id, MarketOffer offer);
    /// Replaces where the product is in stock. Cheap, as above.
    void set_availability(ProductId id, Availability availability);

    /// Makes all changes so far visible to readers taken from now on, together. Costs about 0.1 ms
    /// a product changed in its texts when many are, 1 ms for one alone: batch where you can.
    void publish();

    /// The caller's mark as of the last merge, as it was given; empty at first.
    std::string position() const;
    /// Products that lie in memory on top of the file: merge when it becomes a tenth of `size()`.
    std::uint64_t unmerged() const;

    /// Publishes, then writes everything into a new file and swaps it in by rename: after a crash
    /// at any moment the file is the old or the new one. `position` is kept with it. Long (about
    /// 0.1 ms a product): call it off the loop. Reading and changing go on meanwhile; what is
    /// changed meanwhile is not in the file, and is replayed from `position`. Throws
    /// std::system_error when the disk refuses.
    void merge(std::string position);

private:
    struct State;
    explicit Engine(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace kontor::discovery::engine
