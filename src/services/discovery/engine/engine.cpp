#include "services/discovery/engine/engine.hpp"

#include <algorithm>
#include <map>
#include <mutex>
#include <set>

#include "services/discovery/engine/published.hpp"
#include "services/discovery/engine/segment_file.hpp"
#include "services/discovery/engine/snapshot.hpp"

namespace kontor::discovery::engine {
namespace {

constexpr std::size_t memory_segments_max = 8;

/// A change that leaves the texts alone; later ones win.
struct OfferChange {
    bool replaces_offers = false;
    std::vector<MarketOffer> offers;
    std::optional<Availability> availability;

    void set(std::vector<MarketOffer> all) {
        replaces_offers = true;
        offers = std::move(all);
    }
    void set(MarketOffer one) {
        std::erase_if(offers, [&](auto& offer) { return offer.market == one.market; });
        offers.push_back(std::move(one));
    }
    void apply(Doc doc, OffersEditor& editor) const {
        if (replaces_offers) {
            editor.set_offers(doc, offers);
        } else {
            for (const auto& offer : offers) {
                editor.set_offer(doc, offer);
            }
        }
        if (availability) {
            editor.set_availability(doc, *availability);
        }
    }
};

/// What waits for the next publish. A product is in at most one of the two.
struct Pending {
    std::map<ProductId, std::optional<IndexedProduct>> products;  ///< Without one: removed.
    std::map<ProductId, OfferChange> offers;

    IndexedProduct* product(ProductId id) {
        const auto found = products.find(id);
        return found != products.end() && found->second ? &*found->second : nullptr;
    }
    bool removed(ProductId id) const {
        const auto found = products.find(id);
        return found != products.end() && !found->second;
    }
};

void take_out(Snapshot& snapshot, const std::set<ProductId>& ids) {
    std::map<std::size_t, std::vector<Doc>> by_part;
    for (const auto id : ids) {
        if (const auto place = snapshot.find(id)) {
            by_part[place->part].push_back(place->doc);
        }
    }
    for (const auto& [part, docs] : by_part) {
        auto live = std::make_shared<Bitmap>(snapshot.parts[part].live->copy());
        for (const Doc doc : docs) {
            live->remove(doc);
        }
        snapshot.parts[part].live = std::move(live);
    }
}

void change_offers(Snapshot& snapshot, const std::map<ProductId, OfferChange>& changes) {
    std::map<std::size_t, OffersEditor> editors;
    for (const auto& [id, change] : changes) {
        if (const auto place = snapshot.find(id)) {
            const auto& part = snapshot.parts[place->part];
            auto& editor =
                editors.try_emplace(place->part, part.offers, part.segment->size).first->second;
            change.apply(place->doc, editor);
        }
    }
    for (auto& [part, editor] : editors) {
        snapshot.parts[part].offers = editor.finish();
    }
}

const Segment* base_of(const Snapshot& snapshot) {
    return !snapshot.parts.empty() && snapshot.parts[0].segment->is_base
               ? snapshot.parts[0].segment.get()
               : nullptr;
}

/// Joins the small segments at the end into one where there are too many. Of those before, only
/// ones not much larger are taken along, so that a product is rewritten a few times, not each time.
void compact(Snapshot& snapshot) {
    auto& parts = snapshot.parts;
    const Segment* base = base_of(snapshot);
    const std::size_t in_memory = parts.size() - (base ? 1 : 0);
    if (in_memory <= memory_segments_max) {
        return;
    }
    std::size_t first = parts.size() - 1;
    std::uint64_t size = parts[first].live->size();
    while (first > parts.size() - in_memory && parts[first - 1].live->size() <= 2 * size + 16) {
        size += parts[--first].live->size();
    }
    if (parts.size() - first < 2) {
        first = parts.size() - 2;
    }
    Snapshot tail{{parts.begin() + static_cast<std::ptrdiff_t>(first), parts.end()}};
    parts.resize(first);
    if (tail.size() > 0) {
        parts.push_back(Part::of(small_segment(live_products(tail), base)));
    }
}

}  // namespace

struct Engine::State {
    std::filesystem::path file;
    std::mutex merging;   ///< One merge at a time; taken before `changing`.
    std::mutex changing;  ///< Guards all below but `current`.
    Published<const Snapshot> current;
    Pending pending;
    std::string position;
    bool merge_runs = false;
    std::set<ProductId> touched_since_merge_began;

    void publish();
    void adopt(std::shared_ptr<const Segment> merged, const Snapshot& captured);
};

void Engine::State::publish() {
    if (pending.products.empty() && pending.offers.empty()) {
        return;
    }
    auto next = std::make_shared<Snapshot>(*current.load());
    std::set<ProductId> replaced;
    std::vector<IndexedProduct> added;
    for (auto& [id, product] : pending.products) {
        replaced.insert(id);
        if (product) {
            added.push_back(std::move(*product));
        }
    }
    if (merge_runs) {
        touched_since_merge_began.insert(replaced.begin(), replaced.end());
        for (const auto& [id, change] : pending.offers) {
            touched_since_merge_began.insert(id);
        }
    }
    take_out(*next, replaced);
    change_offers(*next, pending.offers);
    if (!added.empty()) {
        next->parts.push_back(Part::of(small_segment(products(added), base_of(*next))));
    }
    // While a merge runs, segments must stay those that it began with.
    if (!merge_runs) {
        compact(*next);
    }
    pending = {};
    current.store(std::move(next));
}

/// Puts the merged segment in the place of those it was made of, and does again to it what was done
/// to their products in the meantime.
void Engine::State::adopt(std::shared_ptr<const Segment> merged, const Snapshot& captured) {
    const auto before = current.load();
    auto next = std::make_shared<Snapshot>();
    next->parts.push_back(Part::of(std::move(merged)));
    const auto was_captured = [&](const Part& part) {
        return std::ranges::find(captured.parts, part.segment, &Part::segment) !=
               captured.parts.end();
    };
    std::set<ProductId> outdated;
    std::map<ProductId, OfferChange> offers;
    for (const auto id : touched_since_merge_began) {
        const auto place = before->find(id);
        if (!place || !was_captured(before->parts[place->part])) {
            outdated.insert(id);
            continue;
        }
        const auto& now = *before->parts[place->part].offers;
        offers[id].set(now.offers_of(place->doc));
        offers[id].availability = now.availability_of(place->doc);
    }
    take_out(*next, outdated);
    change_offers(*next, offers);
    std::ranges::copy_if(before->parts, std::back_inserter(next->parts),
                         [&](const Part& part) { return !was_captured(part); });
    current.store(std::move(next));
}

Engine::Engine(std::unique_ptr<State> state) : state_(std::move(state)) {}
Engine::~Engine() = default;

Result<std::unique_ptr<Engine>> Engine::open(std::filesystem::path file) {
    auto state = std::make_unique<State>();
    auto first = std::make_shared<Snapshot>();
    if (!file.empty() && std::filesystem::exists(file)) {
        auto segment = TRY_NOW(segment_from(file));
        state->position = segment->position();
        first->parts.push_back(Part::of(std::move(segment)));
    }
    state->file = std::move(file);
    state->current.store(std::move(first));
    return std::unique_ptr<Engine>(new Engine(std::move(state)));
}

Reader Engine::reader() const {
    return Reader(state_->current.load());
}

void Engine::upsert(IndexedProduct product) {
    const std::lock_guard lock(state_->changing);
    state_->pending.offers.erase(product.id);
    state_->pending.products[product.id] = std::move(product);
}

void Engine::remove(ProductId id) {
    const std::lock_guard lock(state_->changing);
    state_->pending.offers.erase(id);
    state_->pending.products[id] = std::nullopt;
}

void Engine::set_offers(ProductId id, std::vector<MarketOffer> offers) {
    const std::lock_guard lock(state_->changing);
    if (auto* product = state_->pending.product(id)) {
        product->offers = std::move(offers);
    } else if (!state_->pending.removed(id)) {
        state_->pending.offers[id].set(std::move(offers));
    }
}

void Engine::set_offer(ProductId id, MarketOffer offer) {
    const std::lock_guard lock(state_->changing);
    if (auto* product = state_->pending.product(id)) {
        std::erase_if(product->offers, [&](auto& known) { return known.market == offer.market; });
        product->offers.push_back(std::move(offer));
    } else if (!state_->pending.removed(id)) {
        state_->pending.offers[id].set(std::move(offer));
    }
}

void Engine::set_availability(ProductId id, Availability availability) {
    const std::lock_guard lock(state_->changing);
    if (auto* product = state_->pending.product(id)) {
        product->availability = std::move(availability);
    } else if (!state_->pending.removed(id)) {
        state_->pending.offers[id].availability = std::move(availability);
    }
}

void Engine::publish() {
    const std::lock_guard lock(state_->changing);
    state_->publish();
}

std::string Engine::position() const {
    const std::lock_guard lock(state_->changing);
    return state_->position;
}

std::uint64_t Engine::unmerged() const {
    const auto snapshot = state_->current.load();
    return snapshot->size() - (base_of(*snapshot) ? snapshot->parts[0].live->size() : 0);
}

void Engine::merge(std::string position) {
    const std::lock_guard one_at_a_time(state_->merging);
    std::shared_ptr<const Snapshot> captured;
    {
        const std::lock_guard lock(state_->changing);
        state_->publish();
        captured = state_->current.load();
        state_->touched_since_merge_began.clear();
        state_->merge_runs = true;
    }
    std::shared_ptr<const Segment> merged;
    try {
        merged = state_->file.empty()
                     ? base_in_memory(live_products(*captured), position)
                     : segment_written_to(state_->file, live_products(*captured), position);
    } catch (...) {
        const std::lock_guard lock(state_->changing);
        state_->merge_runs = false;
        throw;
    }
    const std::lock_guard lock(state_->changing);
    state_->merge_runs = false;
    state_->adopt(std::move(merged), *captured);
    state_->position = std::move(position);
}

}  // namespace kontor::discovery::engine
