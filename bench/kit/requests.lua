-- wrk: sends the requests of a file, in random order. REQUESTS names the file: METHOD <tab> path <tab> token or - <tab> header: value or - <tab> body or -
local requests, thread_number = {}, 0
function setup(thread) thread:set("number", thread_number); thread_number = thread_number + 1 end
function init()
  math.randomseed(20261125 + number)
  for line in io.lines(os.getenv("REQUESTS")) do
    local method, path, token, header, body = line:match("^([^\t]*)\t([^\t]*)\t([^\t]*)\t([^\t]*)\t(.*)$")
    local headers = {}
    if token ~= "-" then headers["Authorization"] = "Bearer " .. token end
    if header ~= "-" then local name, value = header:match("^([^:]+): (.*)$"); headers[name] = value end
    if body == "-" then body = nil else headers["Content-Type"] = "application/json" end
    requests[#requests + 1] = wrk.format(method, path, headers, body)
  end
end
local function any() return requests[math.random(#requests)] end
-- Requests that write are sent once each, a part of them by each thread.
local next_one = 0
local function each() next_one = next_one + 1; return requests[(next_one - 1) % #requests + 1] end
request = os.getenv("EACH") == "1" and each or any
function done(summary, latency)
  local e = summary.errors
  io.write(string.format("RESULT %d %d %d %d %d %d\n", summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    e.status, e.connect + e.read + e.write + e.timeout))
end
