#pragma once

#include "platform/telemetry/metrics.hpp"

namespace kontor::telemetry {

/// Registers what every Prometheus client library shows of its process, under the same names:
/// memory, CPU time, open files and their limit, threads, start time. Read from /proc at each
/// scrape.
void add_process_metrics(Registry& registry);

}  // namespace kontor::telemetry
