#include "services/catalog/store.hpp"

#include <gtest/gtest.h>

#include "services/catalog/service.hpp"
#include "services/catalog/tests/samples.hpp"
#include "support/test_host.hpp"

namespace kontor::catalog {
namespace {

constexpr sql::Statement lose_outbox{"test.lose_outbox",
                                     "ALTER TABLE outbox RENAME TO lost_outbox"};

class A_change_and_its_event : public ::testing::TestWithParam<sql::Engine> {
protected:
    void lose_the_outbox() {
        const auto lost = host_.run(host_.database->write(
            Context{}, [](sql::Transaction& transaction) -> Task<Result<bool>> {
                co_await transaction.execute(lose_outbox);
                co_return true;
            }));
        ASSERT_TRUE(lost);
    }

    kontor::testing::TestHost host_{"catalog", GetParam()};
    LocalCatalog catalog_{host_.host()};
};

TEST_P(A_change_and_its_event, are_one_transaction_so_that_without_the_one_there_is_not_the_other) {
    ASSERT_TRUE(host_.run(catalog_.put_products({}, {{samples::drill()}})));
    lose_the_outbox();
    EXPECT_THROW(host_.run(catalog_.rename_product({}, {"4711", {{"de", "Bohrhammer"}}})),
                 sql::Error);
    const auto product = host_.run(catalog_.product({}, {"4711"})).value();
    EXPECT_EQ(product.version, 1);
    EXPECT_EQ(product.name, samples::drill().name);
}

INSTANTIATE_TEST_SUITE_P(On, A_change_and_its_event, kontor::testing::both_engines(),
                         kontor::testing::engine_name);

}  // namespace
}  // namespace kontor::catalog
