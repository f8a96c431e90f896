#include <gmock/gmock.h>

#include "support/other_process.hpp"

int main(int count, char** arguments) {
    if (kontor::testing::run_as_other_process(count, arguments)) {
        return 0;
    }
    testing::InitGoogleMock(&count, arguments);
    return RUN_ALL_TESTS();
}
