#include "services/discovery/rendered.hpp"

#include <utility>

namespace kontor::discovery {

namespace {

constexpr std::size_t slots = 1 << 15;
// The node, its share of the table, and the text's own header.
constexpr std::size_t entry_bytes = 192;

/// The finalizer of splitmix64 (Steele, Lea, Flood 2014): every bit of the input reaches the upper
/// bits of the result.
std::uint64_t mixed(std::uint64_t bits) {
    bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9;
    bits = (bits ^ (bits >> 27)) * 0x94d049bb133111eb;
    return bits ^ (bits >> 31);
}

}  // namespace

struct Rendered::Shard {
    std::mutex mutex;
    Half young;
    Half old;
    std::size_t young_bytes = 0;

    void add(const RenderedKey& key, Entry entry, std::size_t bytes_max) {
        const auto bytes = entry.json->size() + entry_bytes;
        if (young_bytes + bytes > bytes_max) {
            old = std::exchange(young, {});
            young_bytes = 0;
        }
        young_bytes += bytes;
        young.insert_or_assign(key, std::move(entry));
    }
};

Rendered::Rendered(std::size_t bytes_max)
    : half_bytes_max_(bytes_max / shards / 2),
      shards_(std::make_unique<Shard[]>(shards)),
      last_changes_(std::make_unique<std::atomic<std::uint64_t>[]>(slots)) {}

Rendered::~Rendered() = default;

std::size_t Rendered::Hash::operator()(const RenderedKey& key) const {
    const auto which = std::uint64_t{key.market} << 8 | static_cast<std::uint64_t>(key.fragment);
    const auto locale = std::hash<std::string_view>{}(key.locale.view());
    return mixed(key.product + mixed(which ^ locale ^ (key.world << 40)));
}

std::atomic<std::uint64_t>& Rendered::last_change(std::uint64_t product) const {
    return last_changes_[mixed(product) % slots];
}

std::shared_ptr<const std::string> Rendered::find(const RenderedKey& key, Timestamp now) {
    auto& shard = shards_[mixed(key.product) >> 60];
    const auto changed = last_change(key.product).load(std::memory_order_acquire);
    const auto holds = [&](const Entry& entry) {
        return changed <= entry.changes && now < entry.valid_until;
    };
    const std::lock_guard lock(shard.mutex);
    if (const auto found = shard.young.find(key); found != shard.young.end()) {
        return holds(found->second) ? found->second.json : nullptr;
    }
    auto node = shard.old.extract(key);
    if (!node || !holds(node.mapped())) {
        return nullptr;
    }
    auto json = node.mapped().json;
    shard.add(key, std::move(node.mapped()), half_bytes_max_);
    return json;
}

void Rendered::keep(const RenderedKey& key, std::shared_ptr<const std::string> json,
                    Timestamp valid_until, std::uint64_t changes) {
    auto& shard = shards_[mixed(key.product) >> 60];
    const std::lock_guard lock(shard.mutex);
    shard.add(key, {std::move(json), valid_until, changes}, half_bytes_max_);
}

void Rendered::forget(const TouchedProducts& touched) {
    if (touched.empty()) {
        return;
    }
    const auto now = changes_.load(std::memory_order_relaxed) + 1;
    for (const auto& [product, what] : touched) {
        last_change(product).store(now, std::memory_order_release);
    }
    changes_.store(now,
                   std::memory_order_release);  // last: who counts it, no longer finds old ones
}

}  // namespace kontor::discovery
