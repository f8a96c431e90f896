#pragma once

#include <string>
#include <string_view>

namespace kontor {

/// Names the running thread, as `top -H`, debuggers and profilers show it. Linux keeps 15
/// characters; what is longer is cut off.
void name_thread(std::string_view name);

}  // namespace kontor
