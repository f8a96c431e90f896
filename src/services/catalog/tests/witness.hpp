#pragma once

#include "platform/async/loop.hpp"
#include "services/catalog/api.hpp"

namespace kontor::catalog {

/// What of a caller's Context has arrived.
struct Arrived {
    std::int64_t principal_kind = 0;
    std::uint64_t principal_subject = 0;
    std::string market;
    std::string locale;
    std::string idempotency_key;
    std::string bearer;
    std::uint64_t if_match = 0;
    bool dry_run = false;
    std::int64_t left_us = 0;

    static constexpr auto describe() {
        using A = Arrived;
        return described<A>(
            "What of a caller's context has arrived.", field<&A::principal_kind>("Who."),
            field<&A::principal_subject>("Who."), field<&A::market>("Where."),
            field<&A::locale>("In which language."), field<&A::idempotency_key>("Once."),
            field<&A::bearer>("With what."), field<&A::if_match>("Of which version."),
            field<&A::dry_run>("In earnest."), field<&A::left_us>("How long, in microseconds."));
    }
};

/// The catalogue, but asked for the product `caller` it refuses with what it knows of the caller.
class Witness final : public Catalog {
public:
    explicit Witness(Catalog& catalog) : catalog_(catalog) {}

    Task<Result<Product>> product(Context context, ProductKey key) override {
        if (key.product == "caller") {
            return refuse_with(std::move(context));
        }
        return catalog_.product(std::move(context), std::move(key));
    }
    Task<Result<ProductList>> products(Context context, ListProducts wanted) override {
        return catalog_.products(std::move(context), std::move(wanted));
    }
    Task<Result<Product>> rename_product(Context context, RenameProduct wanted) override {
        return catalog_.rename_product(std::move(context), std::move(wanted));
    }
    Task<Result<PutOutcome>> put_products(Context context, PutProducts wanted) override {
        return catalog_.put_products(std::move(context), std::move(wanted));
    }
    Task<Result<PutOutcome>> put_categories(Context context, PutCategories wanted) override {
        return catalog_.put_categories(std::move(context), std::move(wanted));
    }
    Task<Result<CategoryList>> categories(Context context, AllCategories wanted) override {
        return catalog_.categories(std::move(context), std::move(wanted));
    }

    /// The refusal with every member set, but for its state.
    static Refusal refusal() {
        auto whole = kontor::refusal(refusals::conflict, "not now, \"{}\"", "größer");
        whole.errors = {{"/product", "is the caller"}, {"/product", "is no product"}};
        whole.retry_after_s = 7;
        return whole;
    }

private:
    static Task<Result<Product>> refuse_with(Context context) {
        const auto left = context.deadline - Loop::current().now();
        auto whole = refusal();
        whole.state = to_json(Arrived{
            .principal_kind = static_cast<std::int64_t>(context.principal.kind),
            .principal_subject = context.principal.subject,
            .market = std::string(context.market.view()),
            .locale = std::string(context.locale.view()),
            .idempotency_key = context.idempotency_key,
            .bearer = context.bearer,
            .if_match = context.if_match,
            .dry_run = context.dry_run == DryRun::yes,
            .left_us = std::chrono::duration_cast<std::chrono::microseconds>(left).count()});
        co_return std::unexpected(std::move(whole));
    }

    Catalog& catalog_;
};

}  // namespace kontor::catalog
