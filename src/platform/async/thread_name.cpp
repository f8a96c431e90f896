#include "platform/async/thread_name.hpp"

#include <pthread.h>

namespace kontor {

namespace {
constexpr std::size_t longest_name = 15;
}

void name_thread(std::string_view name) {
    pthread_setname_np(pthread_self(), std::string(name.substr(0, longest_name)).c_str());
}

}  // namespace kontor
