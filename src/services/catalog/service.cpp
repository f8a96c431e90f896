#include "services/catalog/service.hpp"

#include <map>
#include <set>

#include "services/catalog/events.hpp"
#include "services/catalog/rules.hpp"
#include "services/catalog/store.hpp"
#include "services/catalog/tree.hpp"

namespace kontor::catalog {

namespace {

std::unexpected<Refusal> no_product(std::string_view key) {
    return refuse(refusals::not_found, "no product has the id, slug, code, SKU or GTIN \"{}\"",
                  key);
}

std::string reference(const Product& product) {
    return to_text(product.id);
}

std::optional<FieldError> first_fault(const ProductDraft& draft) {
    auto all = faults(draft);
    return all.empty() ? std::nullopt : std::optional(std::move(all.front()));
}

/// Drafts on their way to becoming products: those still good, by their place in the request.
class Batch {
public:
    explicit Batch(const std::vector<ProductDraft>& drafts)
        : drafts_(drafts),
          intake_(
              take_in(drafts, [](const ProductDraft& draft) { return draft.code; }, first_fault)) {}

    /// Of the good drafts, in their order.
    std::vector<std::string> codes() const {
        std::vector<std::string> codes;
        codes.reserve(intake_.good.size());
        for (const auto index : intake_.good) {
            codes.push_back(drafts_[index].code);
        }
        return codes;
    }

    /// Makes the products that change, given what is there now for each of codes().
    void apply(const std::vector<std::optional<Product>>& before, IdSource& ids, Timestamp now) {
        for (std::size_t i = 0; i < before.size(); ++i) {
            const auto index = intake_.good[i];
            if (auto product = applied(drafts_[index], before[i], ids.make<ProductId>(), now)) {
                changed_.emplace(index, *std::move(product));
            } else {
                ++intake_.outcome.unchanged;
            }
        }
    }

    /// Takes out every product one of whose names, as listed by `names_of`, has another owner in
    /// the database or earlier in the batch. A product that is taken out owns nothing.
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
        std::set<std::string_view> claimed;
        for (std::size_t begin = 0, end = 0; begin < names.size(); begin = end) {
            const auto product = changed_.find(places[begin]);
            std::optional<std::size_t> taken;
            for (end = begin; end < names.size() && places[end] == places[begin]; ++end) {
                const bool elsewhere = owners[end] && owners[end] != product->second.id;
                if (!taken && (elsewhere || claimed.contains(names[end]))) {
                    taken = end;
                }
            }
            if (taken) {
                intake_.reject(places[begin], {pointer, fmt::format("{} belongs to another product",
                                                                    names[*taken])});
                changed_.erase(product);
            } else {
                claimed.insert(names.begin() + std::ptrdiff_t(begin),
                               names.begin() + std::ptrdiff_t(end));
            }
        }
    }

    std::vector<Product> changed() const {
        std::vector<Product> products;
        products.reserve(changed_.size());
        for (const auto& [index, product] : changed_) {
            products.push_back(product);
        }
        return products;
    }

    PutOutcome outcome() && {
        intake_.outcome.accepted = static_cast<std::int64_t>(changed_.size());
        return std::move(intake_.outcome);
    }

private:
    const std::vector<ProductDraft>& drafts_;
    Intake intake_;
    std::map<std::size_t, Product> changed_;
};

/// Writes what the request changed of the tree, in the order that the whole tree now has.
Task<void> store_tree(sql::Transaction& transaction, const CategoryTree& tree,
                      const std::map<std::string, std::uint64_t>& versions) {
    std::vector<store::CategoryRow> rows;
    std::vector<store::Place> moved;
    std::int64_t ordinal = 0;
    for (const auto& [category, place_before] : tree.parents_first()) {
        ++ordinal;
        if (const auto version = versions.find(category->code); version != versions.end()) {
            rows.push_back({category, ordinal, version->second});
        } else if (place_before != ordinal) {
            moved.push_back({category->code, ordinal});
        }
    }
    co_await store::put(transaction, rows);
    co_await store::move(transaction, moved);
}

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
            auto intake = take_in(
                wanted.categories, [](const Category& category) { return category.code; },
                [](const Category&) -> std::optional<FieldError> { return std::nullopt; });
            CategoryTree tree(co_await store::categories(transaction));
            std::vector<events::Fact> facts;
            std::map<std::string, std::uint64_t> versions;
            for (const auto index : intake.good) {
                const auto& category = wanted.categories[index];
                if (auto fault = tree.fault_of(category)) {
                    intake.reject(index, *std::move(fault));
                } else if (!tree.put(category)) {
                    ++intake.outcome.unchanged;
                } else {
                    const auto version = host_.ids.next();
                    versions.emplace(category.code, version);
                    facts.push_back(events::fact(CategoryChanged{category}, category.code,
                                                 static_cast<std::int64_t>(version)));
                    ++intake.outcome.accepted;
                }
            }
            co_await store_tree(transaction, tree, versions);
            co_await host_.outbox.publish_all(transaction, context, facts);
            co_return std::move(intake.outcome);
        });
}

Task<Result<CategoryList>> LocalCatalog::categories(Context context, AllCategories) {
    co_return co_await host_.database.read(
        std::move(context), [](sql::Transaction& transaction) -> Task<Result<CategoryList>> {
            co_return CategoryList{co_await store::categories(transaction)};
        });
}

}  // namespace kontor::catalog
