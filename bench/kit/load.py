"""Load: wrk for HTTP, in a closed loop."""
import os, pathlib, re, subprocess
from dataclasses import dataclass

from . import machine

LUA = pathlib.Path(__file__).with_name("requests.lua")
CONNECTIONS = 64


@dataclass
class Request:
    path: str
    method: str = "GET"
    token: str = "-"
    header: str = "-"
    body: str = "-"

    def line(self):
        return "\t".join((self.method, self.path, self.token, self.header, self.body))


@dataclass
class Measured:
    rate: float
    p50: float  # ms
    p99: float  # ms
    refused: int  # answers that are not 2xx or 3xx
    broken: int  # connections and time-outs


def measure(base, requests, seconds, warm_up=1, each=False, connections=CONNECTIONS):
    """One measurement of `requests` sent to `base`; `each`: in their order, once each as far as they go."""
    file = os.path.join(machine.folder, "requests")
    with open(file, "w") as out:
        out.writelines(request.line() + "\n" for request in requests)
    env = dict(os.environ, REQUESTS=file, EACH="1" if each else "0")
    wrk = ["wrk", "-t1", f"-c{connections}", "--timeout", "8s", "-s", str(LUA)]
    if warm_up and not each:
        subprocess.run([*wrk, f"-d{warm_up}s", base], env=env, stdout=subprocess.DEVNULL, check=True)
    told = subprocess.run([*wrk, f"-d{seconds}s", base], env=env, stdout=subprocess.PIPE, text=True, check=True).stdout
    found = re.search(r"RESULT (\d+) (\d+) (\d+) (\d+) (\d+) (\d+)", told)
    if not found:
        machine.fail(f"wrk says: {told}")
    count, micros, p50, p99, refused, broken = map(int, found.groups())
    return Measured((count - refused) / (micros / 1e6), p50 / 1000, p99 / 1000, refused, broken)
