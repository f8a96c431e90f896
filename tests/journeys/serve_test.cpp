#include <gmock/gmock.h>

#include <chrono>
#include <fstream>
#include <sstream>
#include <thread>

#include "support/program.hpp"
#include "support/temporary_folder.hpp"

/// `kontor serve` as an operator meets it who has done something wrong.
namespace kontor::journeys {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;

class Serving : public ::testing::Test {
protected:
    /// Serves from a data folder of its own.
    testing::Program serve(const std::string& name, int port) {
        return testing::Program({KONTOR_PROGRAM, "serve", "--data", folder_.path() / name,
                                 "--listen", fmt::format("127.0.0.1:{}", port)},
                                output(name));
    }
    std::string said(const std::string& name) const {
        std::stringstream text;
        text << std::ifstream(output(name)).rdbuf();
        return text.str();
    }

private:
    std::filesystem::path output(const std::string& name) const {
        return folder_.path() / (name + ".output");
    }

    const testing::TemporaryFolder folder_;
};

TEST_F(Serving, says_that_its_port_is_taken_and_ends) {
    const int port = testing::free_port();
    const auto first = serve("first", port);
    for (int tries = 0; tries < 1000 && !testing::answers(port); ++tries) {
        std::this_thread::sleep_for(20ms);
    }
    ASSERT_TRUE(testing::answers(port)) << said("first");

    EXPECT_EQ(serve("second", port).wait(), 1);

    EXPECT_THAT(said("second"), HasSubstr(fmt::format("127.0.0.1 port {}", port)));
    EXPECT_THAT(said("second"), Not(HasSubstr("destroyed")));
}

}  // namespace
}  // namespace kontor::journeys
