-- For every script of wrk's here: prints one line of JSON at the end, times in microseconds.
function done(summary, latency)
    local errors = summary.errors
    io.write(string.format(
        'RESULT {"requests":%d,"microseconds":%d,"p50":%d,"p99":%d,' ..
        '"bytes":%d,"refused":%d,"broken":%d}\n',
        summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
        summary.bytes, errors.status,
        errors.connect + errors.read + errors.write + errors.timeout))
end
