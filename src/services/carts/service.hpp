#pragma once

#include "platform/service/service.hpp"
#include "services/carts/api.hpp"
#include "services/carts/settings.hpp"
#include "services/carts/store.hpp"
#include "services/discovery/api.hpp"

namespace kontor::carts {

/// Carts on this service's own records; prices and names come from `discovery`.
class LocalCarts final : public Carts {
public:
    LocalCarts(const Host& host, discovery::Discovery& discovery, CartsSettings settings = {})
        : host_(host), discovery_(discovery), settings_(settings) {}

    Task<Result<Cart>> create(Context context, CreateCart wanted) override;
    Task<Result<Cart>> cart(Context context, CartKey wanted) override;
    Task<Result<Cart>> add_line(Context context, AddLine wanted) override;
    Task<Result<Cart>> change_line(Context context, ChangeLine wanted) override;
    Task<Result<Cart>> remove_line(Context context, RemoveLine wanted) override;
    Task<Result<MergedCart>> merge(Context context, MergeCarts wanted) override;
    Task<Result<Cart>> set_addresses(Context context, SetAddresses wanted) override;
    Task<Result<Cart>> set_delivery(Context context, SetDelivery wanted) override;
    Task<Result<Cart>> set_payment(Context context, SetPayment wanted) override;
    Task<Result<Closed>> close(Context context, CloseCart wanted) override;

private:
    struct Opened;
    struct Seen;
    using Edit = std::function<Task<Result<void>>(sql::Transaction&, Opened&)>;

    /// Lets `edit` change the cart in a transaction of its own, and answers it.
    Task<Result<Cart>> change(Context context, CartId cart, Edit edit);
    /// The same within a transaction.
    Task<Result<Cart>> edited(sql::Transaction& transaction, const Context& context, CartId cart,
                              const Edit& edit);
    Task<Result<void>> add(sql::Transaction& transaction, Opened& opened, const AddLine& wanted,
                           const discovery::OfferAnswer& offer);

    Task<Result<std::pair<store::CartRow, store::CartRow>>> open_both(sql::Transaction& transaction,
                                                                      const Context& context,
                                                                      const MergeCarts& wanted);
    Task<Result<MergedCart>> merged(sql::Transaction& transaction, const Context& context,
                                    const MergeCarts& wanted);
    Task<std::vector<Message>> messages_of_today(Context context, const Seen& seen);
    /// Stores the cart's row as its next version.
    void save(sql::Transaction& transaction, Opened& opened) const;

    Host host_;
    discovery::Discovery& discovery_;
    CartsSettings settings_;
};

}  // namespace kontor::carts
