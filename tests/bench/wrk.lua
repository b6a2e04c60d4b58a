-- Send the requests of a file over one connection and say how long each took.
--   wrk … -s wrk.lua http://127.0.0.1:8000 -- FILE rotate|once
-- FILE holds whole requests, each ended by a zero byte. "once" stops after the last one.
-- wrk's own percentiles are corrected for a constant rate of arrival; here the next request
-- leaves when the answer has arrived, so the time between two departures is the plain latency.
local ffi = require("ffi")
ffi.cdef [[
  typedef struct { long seconds; long nanoseconds; } bench_time;
  int clock_gettime(int clock, bench_time *now);
]]

local MONOTONIC = 1
local now = ffi.new("bench_time")
local requests, turn, once = {}, -1, false
local threads = {}
times = {}

local function microseconds()
  ffi.C.clock_gettime(MONOTONIC, now)
  return tonumber(now.seconds) * 1e6 + tonumber(now.nanoseconds) / 1e3
end

function setup(thread)
  threads[#threads + 1] = thread
end

function init(args)
  local file = assert(io.open(args[1], "rb"))
  for request in file:read("*a"):gmatch("([^%z]+)%z") do
    requests[#requests + 1] = request
  end
  file:close()
  once = args[2] == "once"
end

function request()
  turn = turn + 1
  if turn > 0 then -- wrk asks once before it connects
    times[#times + 1] = microseconds()
  end
  if once and turn > #requests then
    wrk.thread:stop()
    return requests[1]
  end
  return requests[(turn - 1) % #requests + 1]
end

function done(summary, latency, _)
  local starts = threads[1]:get("times")
  local durations = {}
  for i = 2, #starts do
    durations[i - 1] = string.format("%.0f", starts[i] - starts[i - 1])
  end
  local errors = summary.errors
  print(string.format("answers %d %d", summary.requests, summary.bytes))
  print(string.format("errors %d %d %d %d %d", errors.connect, errors.read, errors.write, errors.status, errors.timeout))
  print("microseconds " .. table.concat(durations, " "))
end
