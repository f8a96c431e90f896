#pragma once

#include <filesystem>

namespace kontor::testing {

/// The root of the checkout that this test program was built in.
std::filesystem::path repository();

/// The folder of published test data that is not part of the repository: KONTOR_TEST_DATA, or
/// shared/data beside the repository. It may be absent: a test then skips, and says so.
std::filesystem::path test_data();

}  // namespace kontor::testing
