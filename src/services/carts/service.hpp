#pragma once

#include "platform/service/service.hpp"
#include "services/carts/api.hpp"
#include "services/discovery/api.hpp"

namespace kontor::carts {

/// Carts on this service's own records; prices and names come from `discovery`.
class LocalCarts final : public Carts {
public:
    LocalCarts(const Host& host, discovery::Discovery& discovery)
        : host_(host), discovery_(discovery) {}

    Task<Result<Cart>> create(Context context, CreateCart wanted) override;
    Task<Result<Cart>> cart(Context context, CartKey wanted) override;
    Task<Result<Cart>> add_line(Context context, AddLine wanted) override;
    Task<Result<Cart>> change_line(Context context, ChangeLine wanted) override;
    Task<Result<Cart>> remove_line(Context context, RemoveLine wanted) override;
    Task<Result<Cart>> set_addresses(Context context, SetAddresses wanted) override;
    Task<Result<Cart>> set_delivery(Context context, SetDelivery wanted) override;
    Task<Result<Cart>> set_payment(Context context, SetPayment wanted) override;
    Task<Result<Closed>> close(Context context, CloseCart wanted) override;

private:
    struct Opened;
    enum class Access { read, change };
    using Edit = std::function<Task<Result<void>>(sql::Transaction&, Opened&)>;

    /// Opens the cart, lets `edit` change it, and answers the whole cart with its new version.
    Task<Result<Cart>> change(Context context, CartId cart, Edit edit);
    static Task<Result<Opened>> open(sql::Transaction& transaction, const Context& context,
                                     CartId cart, Access access);

    Host host_;
    discovery::Discovery& discovery_;
};

}  // namespace kontor::carts
