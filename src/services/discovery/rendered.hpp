#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/clock.hpp"
#include "platform/context.hpp"
#include "services/discovery/projection.hpp"

namespace kontor::discovery {

enum class Fragment : std::uint8_t { page, item };

/// Which text it is: one product, in one market and language, in one state of the World.
struct RenderedKey {
    std::uint64_t product = 0;
    std::uint64_t world = 0;
    std::uint32_t market = 0;
    Fragment fragment = Fragment::page;
    LocaleCode locale;
    bool operator==(const RenderedKey&) const = default;
};

/// Pages and list items as they were last rendered, for the next reader. Exact: what has changed
/// since, or ends by the clock, is not found. Thread-safe; a hit costs about 0.1 us.
///
/// Bounded: entries are kept in two halves; when the younger is full, the older is dropped and the
/// younger takes its place. What is found in the older moves to the younger, so that what is read
/// stays.
class Rendered {
public:
    /// `bytes_max`: at least 1 MiB; of texts and what holds them.
    explicit Rendered(std::size_t bytes_max);
    ~Rendered();

    /// Null: not there, or no longer true at `now`.
    std::shared_ptr<const std::string> find(const RenderedKey& key, Timestamp now);

    /// Counts the calls of `forget`. Whoever takes it, and then begins to read the documents, sees
    /// all that changed up to it.
    std::uint64_t changes() const { return changes_.load(std::memory_order_acquire); }

    /// Keeps `json`, rendered from documents that were read after `changes` was taken, until the
    /// product changes or `valid_until` comes.
    void keep(const RenderedKey& key, std::shared_ptr<const std::string> json,
              Timestamp valid_until, std::uint64_t changes);

    /// What changed is no longer found. To be called when readers can see the change, by one thread
    /// at a time.
    void forget(const TouchedProducts& touched);

private:
    struct Entry {
        std::shared_ptr<const std::string> json;
        Timestamp valid_until;
        std::uint64_t changes = 0;  ///< That it surely shows.
    };
    struct Hash {
        std::size_t operator()(const RenderedKey& key) const;
    };
    using Half = std::unordered_map<RenderedKey, Entry, Hash>;
    struct Shard;

    std::atomic<std::uint64_t>& last_change(std::uint64_t product) const;

    static constexpr std::size_t shards = 16;
    std::size_t half_bytes_max_;
    std::unique_ptr<Shard[]> shards_;
    std::atomic<std::uint64_t> changes_{0};
    /// By the product's hash; a neighbour's change costs a rendering, nothing else.
    std::unique_ptr<std::atomic<std::uint64_t>[]> last_changes_;
};

}  // namespace kontor::discovery
