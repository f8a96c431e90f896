#pragma once

#include "platform/sql/sql.hpp"
#include "services/carts/api.hpp"
#include "services/carts/lines.hpp"

namespace kontor::carts::store {

/// A cart's row, without its lines.
struct CartRow {
    CartId id;
    std::uint64_t version = 0;
    std::string market;
    std::string secret_hash;
    CartStatus status = CartStatus::open;
    std::string currency;
    stores::PriceDisplay prices = stores::PriceDisplay::gross;
    stores::TaxRounding tax_rounding = stores::TaxRounding::line;
    std::string addresses;  ///< JSON, or empty; likewise the next two.
    std::string delivery;
    std::string payment;
    std::string order_id;
    Timestamp changed_at;
    std::string sums;  ///< JSON; empty in a cart from before they were kept.

    SumRules rules() const;

    static constexpr auto describe() {
        using C = CartRow;
        return described<C>(
            "A row of carts.", field<&C::id>("Key."), field<&C::version>("Version."),
            field<&C::market>("Market."), field<&C::secret_hash>("Hash of the secret."),
            field<&C::status>("Status."), field<&C::currency>("Currency."),
            field<&C::prices>("Gross or net."), field<&C::tax_rounding>("Line or document."),
            field<&C::addresses>("JSON."), field<&C::delivery>("JSON."),
            field<&C::payment>("JSON."), field<&C::order_id>("Order."),
            field<&C::changed_at>("Last change."), field<&C::sums>("JSON."));
    }
};

Task<std::optional<CartRow>> find(sql::Transaction& transaction, CartId cart);
/// The same, held until the transaction ends, so that nobody changes it meanwhile.
Task<std::optional<CartRow>> find_for_change(sql::Transaction& transaction, CartId cart);
Task<std::vector<StoredLine>> lines(sql::Transaction& transaction, CartId cart, Currency currency);
/// One line of a cart, by its id or by what it is of; none where there is no such line.
Task<std::optional<StoredLine>> line(sql::Transaction& transaction, CartId cart, LineId line,
                                     Currency currency);
Task<std::optional<StoredLine>> line_of_sku(sql::Transaction& transaction, CartId cart,
                                            std::string sku, Currency currency);
/// These travel with the next statement or the commit.
void add(sql::Transaction& transaction, const CartRow& cart);
void update(sql::Transaction& transaction, const CartRow& cart);
void put_line(sql::Transaction& transaction, CartId cart, const StoredLine& line);
void remove_line(sql::Transaction& transaction, LineId line);

}  // namespace kontor::carts::store
