#include "platform/folder_lock.hpp"

#include <unistd.h>

#include <gmock/gmock.h>

#include "support/other_process.hpp"
#include "support/temporary_folder.hpp"

namespace kontor {
namespace {

using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

const testing::OtherProcessBody holder{
    "hold_a_folder", [](testing::ParentProcess& parent, const std::vector<std::string>& arguments) {
        const FolderLock lock(arguments.at(0));
        parent.tell(std::to_string(::getpid()));
        parent.wait_until_done();
    }};

struct A_locked_folder : ::testing::Test {
    testing::TemporaryFolder temporary;
    std::filesystem::path folder = temporary.path() / "new" / "folder";
};

TEST_F(A_locked_folder, is_refused_to_others_by_the_number_of_its_process) {
    testing::OtherProcess other("hold_a_folder", {folder});
    const auto pid = other.read_line();
    EXPECT_THAT([&] { const FolderLock lock(folder); },
                ThrowsMessage<std::runtime_error>(HasSubstr("(process " + pid + "): stop it")));
    EXPECT_EQ(other.finish(), 0);
}

TEST_F(A_locked_folder, is_free_again_when_its_process_is_killed) {
    testing::OtherProcess other("hold_a_folder", {folder});
    other.read_line();
    other.kill();
    EXPECT_NO_THROW(FolderLock{folder});
}

TEST_F(A_locked_folder, is_refused_within_the_process_too_until_it_is_given_back) {
    {
        const FolderLock lock(folder);
        EXPECT_THAT([&] { const FolderLock again(folder); },
                    ThrowsMessage<std::runtime_error>(
                        HasSubstr("(process " + std::to_string(::getpid()) + ")")));
    }
    EXPECT_NO_THROW(FolderLock{folder});
}

}  // namespace
}  // namespace kontor
