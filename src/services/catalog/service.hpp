#pragma once

#include "platform/service/service.hpp"
#include "services/catalog/api.hpp"

namespace kontor::catalog {

/// The catalogue on this service's own records.
class LocalCatalog final : public Catalog {
public:
    explicit LocalCatalog(const Host& host) : host_(host) {}

    Task<Result<Product>> product(Context context, ProductKey key) override;
    Task<Result<ProductList>> products(Context context, ListProducts wanted) override;
    Task<Result<Product>> rename_product(Context context, RenameProduct wanted) override;
    Task<Result<PutOutcome>> put_products(Context context, PutProducts wanted) override;
    Task<Result<PutOutcome>> put_categories(Context context, PutCategories wanted) override;
    Task<Result<CategoryList>> categories(Context context, AllCategories wanted) override;

private:
    Host host_;
};

}  // namespace kontor::catalog
