-- Reserves one of SKU at a time, as services do: wrk .. -s reserve.lua URL -- SKU TOKEN KEYS,
-- where TOKEN opens /internal and KEYS begins the keys of this run, which must never repeat.
dofile(debug.getinfo(1, "S").source:match("@(.*/)") .. "result.lua")

local headers, before, after
local made = 0

function init(args)
    headers = {
        ["Authorization"] = "Bearer " .. args[2],
        ["Content-Type"] = "application/json",
        ["Kontor-Deadline-Ms"] = "5000",
        ["Kontor-Market"] = "de",
    }
    before = '{"reservation":"' .. args[3] .. "-"
    after = '","lines":[{"sku":"' .. args[1] .. '","quantity":"1"}]}'
end

function request()
    made = made + 1
    return wrk.format("POST", "/internal/inventory/reserve", headers, before .. made .. after)
end
