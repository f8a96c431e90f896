#pragma once

// What nearly every file of the platform reads, parsed once (CMake precompiles it). A file still
// includes what it uses: this is for speed only. Asio and Beast stay out: few files need them.

#include <algorithm>
#include <array>
#include <atomic>
#include <charconv>
#include <chrono>
#include <coroutine>
#include <expected>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <ranges>
#include <set>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <tuple>
#include <unordered_map>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include "platform/async/loop.hpp"
#include "platform/context.hpp"
#include "platform/describe/values.hpp"
