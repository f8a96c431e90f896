#pragma once

#include "base/localized_text.hpp"
#include "platform/describe/put_outcome.hpp"
#include "platform/describe/values.hpp"
#include "platform/rpc/contract.hpp"

/// What is sold: products with their variants, and the categories they stand in.
namespace kontor::catalog {

struct ProductTag {
    static constexpr std::string_view prefix = "prd";
};
using ProductId = Id<ProductTag>;

/// One property. A number has a `number`, anything else a `text`.
struct Attribute {
    std::string name;
    std::optional<std::string> text;
    std::optional<Quantity> number;
    std::optional<std::string> unit;
    std::optional<LocalizedText> label;
    std::optional<LocalizedText> value_label;

    static constexpr auto describe() {
        return described<Attribute>(
            "One property of a product or variant: a number or a text.",
            field<&Attribute::name>("Stable machine name.",
                                    {.min_length = 1, .max_length = 60, .example = "\"voltage\""}),
            field<&Attribute::text>("Its value as a code or free text.", {.max_length = 500}),
            field<&Attribute::number>("Its value as a number."),
            field<&Attribute::unit>("Unit of the number as people read it.", {.max_length = 12}),
            field<&Attribute::label>("The property's name for people."),
            field<&Attribute::value_label>("The text's name for people."));
    }
};

/// What is sold: a product in one colour, size or content.
struct Variant {
    std::string sku;
    std::optional<std::string> gtin;
    std::vector<Attribute> attributes;
    std::optional<Measure> content;
    Unit sales_unit = units::piece;
    Quantity minimum = Quantity::of(1);
    Quantity step = Quantity::of(1);
    std::optional<std::string> picture;

    static constexpr auto describe() {
        return described<Variant>(
            "What is sold: a product in one colour, size or content.",
            field<&Variant::sku>("The retailer's own code; unique.",
                                 {.min_length = 1, .max_length = 64}),
            field<&Variant::gtin>("GS1 code of 8, 12, 13 or 14 digits with a valid check digit.",
                                  {.max_length = 14}),
            field<&Variant::attributes>("What sets it apart.", {.max_length = 200}),
            field<&Variant::content>("What one sales unit holds, for the unit price."),
            field<&Variant::sales_unit>("What is counted: C62 pieces, MTR metres.",
                                        {.optional = true}),
            field<&Variant::minimum>("Smallest quantity sold.", {.optional = true}),
            field<&Variant::step>("Quantities are multiples of it.", {.optional = true}),
            field<&Variant::picture>("Path of a picture.", {.max_length = 300}));
    }
};

/// A product as staff and other services see it.
struct Product {
    ProductId id;
    std::uint64_t version = 0;
    std::string code;
    std::string slug;
    LocalizedText name;
    std::optional<LocalizedText> description;
    std::optional<std::string> brand;
    std::string category;
    std::string tax_class;
    std::vector<Attribute> attributes;
    std::vector<Variant> variants;
    std::int64_t rank = 0;
    Timestamp created_at;

    static constexpr auto describe() {
        return described<Product>(
            "A product as staff and other services see it.", field<&Product::id>("Opaque, stable."),
            field<&Product::version>("Grows by one with each change."),
            field<&Product::code>("The retailer's own code of the product; unique."),
            field<&Product::slug>("Its part of a page's address; unique."),
            field<&Product::name>("By language."), field<&Product::description>("By language."),
            field<&Product::brand>("Who makes it."), field<&Product::category>("Category code."),
            field<&Product::tax_class>("Which VAT rate it has in each market."),
            field<&Product::attributes>("What all variants share."),
            field<&Product::variants>("At least one.", {.min_length = 1}),
            field<&Product::rank>("Higher is shown earlier among equals."),
            field<&Product::created_at>("When it was first listed."));
    }
};

/// A product as imports bring it: known by its code, made or replaced.
struct ProductDraft {
    std::string code;
    std::optional<std::string> slug;
    LocalizedText name;
    std::optional<LocalizedText> description;
    std::optional<std::string> brand;
    std::string category;
    std::string tax_class = "standard";
    std::vector<Attribute> attributes;
    std::vector<Variant> variants;
    std::int64_t rank = 0;
    std::optional<Timestamp> created_at;

    static constexpr auto describe() {
        return described<ProductDraft>(
            "A product as imports bring it: known by its code, made or replaced.",
            field<&ProductDraft::code>("The retailer's own code.",
                                       {.min_length = 1, .max_length = 64}),
            field<&ProductDraft::slug>("Lower-case letters, digits and hyphens; made from the name "
                                       "where it is missing.",
                                       {.min_length = 1, .max_length = 160}),
            field<&ProductDraft::name>("By language, at least one.", {.min_length = 1}),
            field<&ProductDraft::description>("By language."),
            field<&ProductDraft::brand>("Who makes it.", {.max_length = 100}),
            field<&ProductDraft::category>("Code of a category.",
                                           {.min_length = 1, .max_length = 64}),
            field<&ProductDraft::tax_class>("`standard` or `reduced`.",
                                            {.max_length = 32, .optional = true}),
            field<&ProductDraft::attributes>("What all variants share.", {.max_length = 1000}),
            field<&ProductDraft::variants>("1 to 200.", {.min_length = 1, .max_length = 200}),
            field<&ProductDraft::rank>("Higher is shown earlier among equals.",
                                       {.min = 0, .max = 1'000'000, .optional = true}),
            field<&ProductDraft::created_at>("When it was first listed; now where missing."));
    }
};

struct Category {
    std::string code;
    std::optional<std::string> parent;
    LocalizedText name;
    std::int64_t position = 0;

    static constexpr auto describe() {
        return described<Category>(
            "A node of the category tree.",
            field<&Category::code>("Stable, and part of addresses.",
                                   {.min_length = 1, .max_length = 64}),
            field<&Category::parent>("Code of the category above; none for a root.",
                                     {.max_length = 64}),
            field<&Category::name>("By language, at least one.", {.min_length = 1}),
            field<&Category::position>("Order among its siblings.", {.optional = true}));
    }
};

struct ProductKey {
    std::string product;
    static constexpr auto describe() {
        return described<ProductKey>(
            "Names one product.",
            field<&ProductKey::product>("Its id, slug, code, or the SKU or GTIN of a variant.",
                                        {.min_length = 1, .max_length = 160}));
    }
};

struct ListProducts {
    std::int64_t limit = 24;
    std::optional<std::string> cursor;
    static constexpr auto describe() {
        return described<ListProducts>(
            "One page of all products, in the order of their ids.",
            field<&ListProducts::limit>("Page size.", {.min = 1, .max = 500, .optional = true}),
            field<&ListProducts::cursor>("`next` of the page before.", {.max_length = 200}));
    }
};

struct ProductList {
    std::vector<Product> items;
    std::optional<std::string> next;
    std::int64_t position = 0;
    static constexpr auto describe() {
        return described<ProductList>(
            "A page of products.", field<&ProductList::items>("The products."),
            field<&ProductList::next>("Cursor of the next page; absent on the last."),
            field<&ProductList::position>(
                "Event log position that this page is at least as new as."));
    }
};

struct RenameProduct {
    std::string product;
    LocalizedText name;
    static constexpr auto describe() {
        return described<RenameProduct>(
            "Gives a product another name.",
            field<&RenameProduct::product>("Its id, slug, code, SKU or GTIN.",
                                           {.min_length = 1, .max_length = 160}),
            field<&RenameProduct::name>("By language, at least one; replaces the name as a whole.",
                                        {.min_length = 1, .max_length = 40}));
    }
};

struct PutProducts {
    std::vector<ProductDraft> products;
    static constexpr auto describe() {
        return described<PutProducts>(
            "Makes or replaces products by their code.",
            field<&PutProducts::products>("1 to 1,000.", {.min_length = 1, .max_length = 1000}));
    }
};

struct PutCategories {
    std::vector<Category> categories;
    static constexpr auto describe() {
        return described<PutCategories>(
            "Makes or replaces categories by their code.",
            field<&PutCategories::categories>("Parents before their children, or known already; "
                                              "no category below itself.",
                                              {.min_length = 1, .max_length = 10'000}));
    }
};

struct AllCategories {
    static constexpr auto describe() { return described<AllCategories>("The whole tree."); }
};

struct CategoryList {
    std::vector<Category> items;
    static constexpr auto describe() {
        return described<CategoryList>(
            "Every category, parents before their children.",
            field<&CategoryList::items>("The categories.", {.max_length = 10'000}));
    }
};

class Catalog {
public:
    virtual ~Catalog() = default;
    virtual Task<Result<Product>> product(Context context, ProductKey key) = 0;
    virtual Task<Result<ProductList>> products(Context context, ListProducts wanted) = 0;
    virtual Task<Result<Product>> rename_product(Context context, RenameProduct wanted) = 0;
    virtual Task<Result<PutOutcome>> put_products(Context context, PutProducts wanted) = 0;
    virtual Task<Result<PutOutcome>> put_categories(Context context, PutCategories wanted) = 0;
    virtual Task<Result<CategoryList>> categories(Context context, AllCategories wanted) = 0;

    static constexpr auto contract() {
        return rpc::contract<Catalog>(
            "catalog", "What is sold: products, their variants and categories.",
            rpc::read<&Catalog::product>("Answers one product.", {refusals::not_found}),
            rpc::read<&Catalog::products>("Lists all products, page by page.",
                                          {refusals::malformed}),
            rpc::change<&Catalog::rename_product>(
                "Gives a product another name.",
                {refusals::not_found, refusals::precondition_failed}),
            rpc::change<&Catalog::put_products>(
                "Makes or replaces products by their code; one at fault does not stop the others."),
            rpc::change<&Catalog::put_categories>("Makes or replaces categories by their code."),
            rpc::read<&Catalog::categories>("Answers the whole category tree."));
    }
};

}  // namespace kontor::catalog
