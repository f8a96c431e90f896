-- Asks for paths at random, all alike likely: wrk .. -s random_paths.lua URL -- FILE SEED,
-- where FILE has one path a line. Prints one line of JSON at the end, times in microseconds.
local requests = {}

function init(args)
    math.randomseed(tonumber(args[2]))
    for path in io.lines(args[1]) do
        requests[#requests + 1] = wrk.format("GET", path)
    end
end

function request()
    return requests[math.random(#requests)]
end

function done(summary, latency)
    local errors = summary.errors
    io.write(string.format(
        'RESULT {"requests":%d,"microseconds":%d,"p50":%d,"p99":%d,' ..
        '"bytes":%d,"refused":%d,"broken":%d}\n',
        summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
        summary.bytes, errors.status,
        errors.connect + errors.read + errors.write + errors.timeout))
end
