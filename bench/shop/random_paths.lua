-- Asks for paths at random, all alike likely: wrk .. -s random_paths.lua URL -- FILE SEED,
-- where FILE has one path a line.
dofile(debug.getinfo(1, "S").source:match("@(.*/)") .. "result.lua")

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
