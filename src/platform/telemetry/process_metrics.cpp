#include "platform/telemetry/process_metrics.hpp"

#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

namespace kontor::telemetry {

namespace {

/// Field `number` of /proc/self/stat, counted from 1 as in proc(5); only those after the name.
double stat_field(int number) {
    std::ifstream in("/proc/self/stat");
    std::string line;
    std::getline(in, line);
    // The name in parentheses may hold blanks: count from behind it, where field 3 begins.
    std::istringstream rest(line.substr(line.rfind(')') + 2));
    std::string value;
    for (int field = 3; field <= number; ++field) {
        rest >> value;
    }
    return value.empty() ? 0 : std::stod(value);
}

double cpu_seconds() {
    timespec used{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) * 1e-9;
}

double open_files() {
    std::error_code error;
    const std::filesystem::directory_iterator all("/proc/self/fd", error);
    // One of them is the directory that is being read.
    return error ? 0 : static_cast<double>(std::distance(begin(all), end(all)) - 1);
}

double open_files_max() {
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    return static_cast<double>(limit.rlim_cur);
}

double start_time_seconds() {
    constexpr int start_time_field = 22;
    timespec now{};
    timespec since_boot{};
    ::clock_gettime(CLOCK_REALTIME, &now);
    ::clock_gettime(CLOCK_BOOTTIME, &since_boot);
    const auto ticks = static_cast<double>(::sysconf(_SC_CLK_TCK));
    return static_cast<double>(now.tv_sec - since_boot.tv_sec) +
           stat_field(start_time_field) / ticks;
}

}  // namespace

void add_process_metrics(Registry& registry) {
    constexpr int threads_field = 20;
    constexpr int virtual_bytes_field = 23;
    constexpr int resident_pages_field = 24;
    const auto page_bytes = static_cast<double>(::sysconf(_SC_PAGESIZE));
    registry.gauge_from("process_resident_memory_bytes", "Resident memory in bytes.", {},
                        [=] { return stat_field(resident_pages_field) * page_bytes; });
    registry.gauge_from("process_virtual_memory_bytes", "Virtual memory in bytes.", {},
                        [] { return stat_field(virtual_bytes_field); });
    registry.counter_from("process_cpu_seconds_total", "CPU time spent, user and system.", {},
                          cpu_seconds);
    registry.gauge_from("process_open_fds", "Open file descriptors.", {}, open_files);
    registry.gauge_from("process_max_fds", "Limit of open file descriptors.", {}, open_files_max);
    registry.gauge_from("process_threads", "Threads.", {},
                        [] { return stat_field(threads_field); });
    registry.gauge_from("process_start_time_seconds", "Start time since the Unix epoch.", {},
                        [start = start_time_seconds()] { return start; });
}

}  // namespace kontor::telemetry
