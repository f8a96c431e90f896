#include "services/access/factory.hpp"

#include "platform/crypto/hash.hpp"
#include "services/access/api.hpp"
#include "services/access/store.hpp"

namespace kontor {

KONTOR_REMOTE(access::Access, staff_token)

namespace access {

namespace {

class LocalAccess final : public Access {
public:
    explicit LocalAccess(const Host& host) : host_(host) {}

    Task<Result<StaffToken>> staff_token(Context context, StaffTokenWanted wanted) override {
        const auto fresh = wanted.token ? *wanted.token : host_.random.secret();
        co_return co_await host_.database.write(
            std::move(context), [&](sql::Transaction& transaction) -> Task<Result<StaffToken>> {
                auto known = co_await store::staff_token_hash(transaction);
                if (known && !wanted.token) {
                    co_return StaffToken{*std::move(known), std::nullopt};
                }
                const auto hash = crypto::sha256_hex(fresh);
                if (known != hash) {
                    co_await store::put_staff_token_hash(transaction, hash, host_.clock.now());
                }
                co_return StaffToken{hash, wanted.token ? std::nullopt : std::optional(fresh)};
            });
    }

private:
    Host host_;
};

class AccessService final : public Service {
public:
    explicit AccessService(const Host& host) : access_(host) {}

    void publish(Directory& directory, rpc::Dispatcher& dispatcher) override {
        publish_contract<Access>(directory, dispatcher, access_);
    }

private:
    LocalAccess access_;
};

}  // namespace

const ServiceEntry entry{
    .name = "access",
    .start = [](const Host& host) -> std::unique_ptr<Service> {
        return std::make_unique<AccessService>(host);
    },
    .connect = connect_remote<Access>,
    .edge = nullptr,
};

}  // namespace access

}  // namespace kontor
