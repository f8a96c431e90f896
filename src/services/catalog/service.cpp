#include "services/catalog/service.hpp"

#include <map>
#include <set>

#include "services/catalog/events.hpp"
#include "services/catalog/rules.hpp"
#include "services/catalog/store.hpp"

namespace kontor::catalog {

namespace {

std::unexpected<Refusal> no_product(std::string_view key) {
    return refuse(refusals::not_found, "no product has the id, slug, code, SKU or GTIN \"{}\"",
                  key);
}

std::string reference(const Product& product) {
    return to_text(product.id);
}

/// Drafts on their way to becoming products: those still good, by their place in the request.
class Batch {
public:
    explicit Batch(const std::vector<ProductDraft>& drafts) : drafts_(drafts) {
        std::set<std::string_view> seen;
        for (std::size_t i = 0; i < drafts.size(); ++i) {
            for (const auto& fault : faults(drafts[i])) {
                reject(i, fault.pointer, fault.message);
            }
            if (!seen.insert(drafts[i].code).second) {
                reject(i, "/code", fmt::format("{} stands twice in this request", drafts[i].code));
            }
        }
    }

    void reject(std::size_t index, std::string pointer, std::string reason) {
        if (rejected_.insert(index).second) {
            outcome_.rejected.push_back(
                {static_cast<std::int64_t>(index), std::move(pointer), std::move(reason)});
        }
    }
    bool is_rejected(std::size_t index) const { return rejected_.contains(index); }

    std::vector<std::string> codes() const {
        std::vector<std::string> codes;
        for (const auto& draft : drafts_) {
            codes.push_back(draft.code);
        }
        return codes;
    }

    /// Makes the products that change, given what is there now.
    void apply(const std::vector<std::optional<Product>>& before, IdSource& ids, Timestamp now) {
        for (std::size_t i = 0; i < drafts_.size(); ++i) {
            if (is_rejected(i)) {
                continue;
            }
            if (auto product = applied(drafts_[i], before[i], ids.make<ProductId>(), now)) {
                changed_.emplace(i, *std::move(product));
            } else {
                ++outcome_.unchanged;
            }
        }
    }

    /// Takes out every product one of whose names, as listed by `names_of`, has another owner in
    /// the database or earlier in the batch.
    template <class NamesOf, class OwnersOf>
    Task<void> refuse_taken(std::string pointer, NamesOf names_of, OwnersOf owners_of) {
        std::vector<std::string> names;
        std::vector<std::size_t> places;
        for (const auto& [index, product] : changed_) {
            for (auto& name : names_of(product)) {
                names.push_back(std::move(name));
                places.push_back(index);
            }
        }
        const auto owners = co_await owners_of(names);
        std::map<std::string_view, std::size_t> first;
        for (std::size_t i = 0; i < names.size(); ++i) {
            const auto product = changed_.find(places[i]);
            const bool elsewhere =
                owners[i] && product != changed_.end() && owners[i] != product->second.id;
            const bool earlier = first.emplace(names[i], places[i]).first->second != places[i];
            if (product != changed_.end() && (elsewhere || earlier)) {
                reject(places[i], pointer, fmt::format("{} belongs to another product", names[i]));
                changed_.erase(product);
            }
        }
    }

    std::vector<Product> changed() const {
        std::vector<Product> products;
        for (const auto& [index, product] : changed_) {
            products.push_back(product);
        }
        return products;
    }

    PutOutcome outcome() && {
        outcome_.accepted = static_cast<std::int64_t>(changed_.size());
        return std::move(outcome_);
    }

private:
    const std::vector<ProductDraft>& drafts_;
    std::set<std::size_t> rejected_;
    std::map<std::size_t, Product> changed_;
    PutOutcome outcome_;
};

}  // namespace

Task<Result<Product>> LocalCatalog::product(Context context, ProductKey key) {
    co_return co_await host_.database.read(
        std::move(context), [&](sql::Transaction& transaction) -> Task<Result<Product>> {
            auto product = co_await store::find(transaction, key.product);
            if (!product) {
                co_return no_product(key.product);
            }
            co_return *std::move(product);
        });
}

Task<Result<ProductList>> LocalCatalog::products(Context context, ListProducts wanted) {
    const auto after = wanted.cursor ? parse_id(ProductTag::prefix, *wanted.cursor) : 0;
    if (!after) {
        co_return refuse(refusals::malformed, "cursor \"{}\": pass on `next` as it was given",
                         *wanted.cursor);
    }
    const auto position = co_await host_.outbox.end();
    auto products = TRY(co_await host_.database.read(
        std::move(context),
        [&](sql::Transaction& transaction) -> Task<Result<std::vector<Product>>> {
            co_return co_await store::page(transaction, ProductId{*after}, wanted.limit + 1);
        }));
    ProductList list{.items = std::move(products), .next = std::nullopt, .position = position};
    if (static_cast<std::int64_t>(list.items.size()) > wanted.limit) {
        list.items.pop_back();
        list.next = reference(list.items.back());
    }
    co_return list;
}

Task<Result<Product>> LocalCatalog::rename_product(Context context, RenameProduct wanted) {
    co_return co_await host_.database.write(
        context, [&](sql::Transaction& transaction) -> Task<Result<Product>> {
            auto product = co_await store::find_for_change(transaction, wanted.product);
            if (!product) {
                co_return no_product(wanted.product);
            }
            if (context.if_match != 0 && context.if_match != product->version) {
                co_return refuse(refusals::precondition_failed,
                                 "If-Match \"{}\": the product's version is {}; read it again",
                                 context.if_match, product->version);
            }
            if (product->name == wanted.name) {
                co_return *std::move(product);
            }
            product->name = wanted.name;
            ++product->version;
            co_await store::put(transaction, std::span(&*product, 1));
            host_.outbox.publish(transaction, context, ProductChanged{*product},
                                 reference(*product), static_cast<std::int64_t>(product->version));
            co_return *std::move(product);
        });
}

Task<Result<PutOutcome>> LocalCatalog::put_products(Context context, PutProducts wanted) {
    co_return co_await host_.database.write(
        context, [&](sql::Transaction& transaction) -> Task<Result<PutOutcome>> {
            Batch batch(wanted.products);
            const auto codes = batch.codes();
            batch.apply(co_await store::find_by_code(transaction, codes), host_.ids,
                        host_.clock.now());
            co_await batch.refuse_taken(
                "/slug", [](const Product& product) { return std::vector{product.slug}; },
                [&](const auto& slugs) { return store::owners_of_slugs(transaction, slugs); });
            co_await batch.refuse_taken("/variants", codes_of, [&](const auto& names) {
                return store::owners_of_codes(transaction, names);
            });
            const auto products = batch.changed();
            co_await store::put(transaction, products);
            std::vector<events::Fact> facts;
            for (const auto& product : products) {
                facts.push_back(events::fact(ProductChanged{product}, reference(product),
                                             static_cast<std::int64_t>(product.version)));
            }
            co_await host_.outbox.publish_all(transaction, context, facts);
            co_return std::move(batch).outcome();
        });
}

Task<Result<PutOutcome>> LocalCatalog::put_categories(Context context, PutCategories wanted) {
    co_return co_await host_.database.write(
        context, [&](sql::Transaction& transaction) -> Task<Result<PutOutcome>> {
            std::map<std::string, Category> known;
            for (auto& category : co_await store::categories(transaction)) {
                known.emplace(category.code, std::move(category));
            }
            PutOutcome outcome;
            std::vector<events::Fact> facts;
            for (std::size_t i = 0; i < wanted.categories.size(); ++i) {
                const auto& category = wanted.categories[i];
                const auto before = known.find(category.code);
                if (category.parent && !known.contains(*category.parent)) {
                    outcome.rejected.push_back(
                        {static_cast<std::int64_t>(i), "/parent",
                         fmt::format("no category {}: give parents first", *category.parent)});
                } else if (before != known.end() && to_json(before->second) == to_json(category)) {
                    ++outcome.unchanged;
                } else {
                    const auto version = host_.ids.next();
                    known.insert_or_assign(category.code, category);
                    co_await store::put_category(transaction, category,
                                                 static_cast<std::int64_t>(known.size()), version);
                    facts.push_back(events::fact(CategoryChanged{category}, category.code,
                                                 static_cast<std::int64_t>(version)));
                    ++outcome.accepted;
                }
            }
            co_await host_.outbox.publish_all(transaction, context, facts);
            co_return outcome;
        });
}

Task<Result<CategoryList>> LocalCatalog::categories(Context context, AllCategories) {
    co_return co_await host_.database.read(
        std::move(context), [](sql::Transaction& transaction) -> Task<Result<CategoryList>> {
            co_return CategoryList{co_await store::categories(transaction)};
        });
}

}  // namespace kontor::catalog
