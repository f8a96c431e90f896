#include "support/repository.hpp"

#include <cstdlib>
#include <stdexcept>

namespace kontor::testing {

std::filesystem::path repository() {
    const auto program = std::filesystem::read_symlink("/proc/self/exe");
    for (auto folder = program.parent_path(); folder != folder.root_path();
         folder = folder.parent_path()) {
        if (std::filesystem::exists(folder / "CMakePresets.json")) {
            return folder;
        }
    }
    throw std::runtime_error(program.string() + " was not built inside the repository");
}

std::filesystem::path test_data() {
    const char* folder = std::getenv("KONTOR_TEST_DATA");
    return folder != nullptr ? std::filesystem::path(folder)
                             : repository().parent_path() / "shared/data";
}

}  // namespace kontor::testing
