"""Each operation of the contract with what it does not expect: bodies that are right in form and extreme in value, and bodies, addresses, parameters and
headers that are not right in any way. Nothing of it may be a 500, a connection that is dropped, or a panic."""
import collections, copy, http.client, json, os, random, subprocess, urllib.parse

from .figures import Figures
from .looking import documents, opened
from .register import Gone, Register

DEMO = "226200012"
EACH_BODY, EACH_QUERY = 80, 24
LONG = "é" * 70_000
VALUES = [None, True, False, 0, -1, 2**31, 2**63, -(2**63) - 1, 10**400, 1e308, -0.0, "", " ", "\u0000", LONG, "\U0010ffff\u202e\ufeff", "0000-00-00", "9999-12-31",
          "-0001-01-01", "+262142-12-31", "2025-02-30", "9999-12-31T23:59:60Z", "23:59:60", "01977e51-0009-7000-8000-000000000302",
          "00000000-0000-0000-0000-000000000000", "99999999999999999999999999.99", "-0.005", "1E400", "NaN", "7.10.7.10", "1/0", "0 days", "4294967296 clear days",
          "{number}{number}", "Europe/Paris/../..", "%s%n", [], {}, [[]], [None] * 5000, {"a": {}}, "../../etc/passwd", "javascript:alert(1)"]
WORDS = ["", " ", "-1", "0", "9223372036854775808", "1e9", "9999-12-31", "-262143-01-01", "+262142-12-31", "0000-00-00", "2025-W53-7", "null", "true", "*", '"', '""', "'",
         "a OR b NOT c", '"a b', "NEAR(a, 1)", "a" * 4000, "é" * 900, "\u0000", "\ud7ff\u202e", "%", "{", "[]", "../..", "01977e51-0009-7000-8000-000000000302",
         "00000000-0000-0000-0000-000000000000", "fr-FR-u-ca-x", "2026-11-26T00:00:00+99:99", "-9223372036854775808", ",,,,", "registre.deliberation.updated"]
BODIES = [b"", b"null", b"[]", b"{}", b"\"", b"[" * 200_000, b'{"a":' * 50_000, b"\xff\xfe\x00", b'"\\ud800"', b'{"title": "\\udfff\\ud800"}', b"1e999999", b"-", b'{"": 0}',
          b"{" + b'"a":0,' * 100_000 + b'"a":0}', b'"' + b"a" * (4 * 1024 * 1024 - 2) + b'"', b" " * 4_000_000, b"%PDF-1.7\n" + b"<<" * 20_000, b"PK\x03\x04" + b"\x00" * 300,
          b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", b"a,b\n" * 1000]
HEADERS = [{"If-Match": "*"}, {"If-Match": '"' + "0" * 64 + '"'}, {"If-Match": 'W/"",,'}, {"If-None-Match": '"' * 500}, {"Range": "bytes=0-0,1-1"}, {"Range": "bytes=18446744073709551615-"},
           {"Range": "bytes=-0"}, {"Last-Event-ID": "2147483648"}, {"Last-Event-ID": "\x80\xff"}, {"Accept": "*/*;q=" + "9" * 300}, {"Accept": ",;,;=" * 200},
           {"Accept-Language": "-,*-*;q=1.0.0," * 100}, {"Accept-Encoding": "br;q=2, gzip;q=-1, \x01"[:20]}, {"Content-Type": "application/json; charset=\"" + "x" * 500},
           {"Content-Encoding": "gzip"}, {"Content-Digest": "sha-256=:AAAA:"}, {"Idempotency-Key": '"' + "k" * 300 + '"'}, {"If-Modified-Since": "Fri, 31 Dec 9999 23:59:60 GMT"},
           {"Host": "a b"}, {"X-Request-Id": "\xe9" * 50}]


def run(program):
    dice = random.Random(int(os.environ.get("SEED", "20261126")))
    figures = Figures("poison requests", "SQLite")
    register = Register(program, settings={"INTAKE_SECONDS": "2"})
    # The demonstration loads the act that the examples of the contract are taken from.
    demo = subprocess.Popen([program, "demo", "--listen", f"127.0.0.1:{register.port}", "--data", register.data], env={"PATH": os.environ["PATH"]},
                            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    register.process = demo
    register.ready()
    register.kill()
    try:
        register.start()
        token = register.token("poison", authority=DEMO)
        document = register.must("GET", "/openapi.json")
        answers, operations = collections.Counter(), 0
        for path, methods in document["paths"].items():
            for method, operation in methods.items():
                if method not in ("get", "post", "put", "delete"):
                    continue
                operations += 1
                client = Client(register)
                for request in requests(method.upper(), path, operation, register, token, dice):
                    figures.tried += 1
                    status = client.send(*request)
                    answers[status if isinstance(status, int) else "dropped"] += 1
                    told = f"{request[0]} {request[1][:150]} {str(request[2])[:150] if request[2] else ''} {({k: v[:60] for k, v in request[3].items() if k != 'Authorization'})}"
                    if not isinstance(status, int) or (status >= 500 and status != 503):
                        figures.wrong.append(f"{told}: {status}")
                    else:
                        figures.survived += 1
                client.close()
                try:
                    healthy = register.ask("GET", "/ready", timeout=20).status
                except Gone as error:
                    healthy = error
                if healthy != 200:
                    figures.wrong.append(f"not ready after {method} {path}: {healthy}")
                    if not register.alive():
                        figures.wrong.append("the service ended: " + register.said())
                        return
        panics = open(register.log, errors="replace").read().count("panicked at")
        if panics:
            figures.wrong.append(f"{panics} panics in the log: " + next(line for line in open(register.log, errors="replace") if "panicked at" in line))
        base = opened(register)
        versions, records = documents(base, figures.wrong)
        base.close()
        figures.more += [f"{operations} operations, answers {dict(sorted(answers.items(), key=str))}, {panics} panics", f"{versions} versions of {len(records)} records are whole"]
    finally:
        register.remove()
    yield figures


class Client:
    """One connection, which is opened again where the register may close it."""

    def __init__(self, register):
        self.register, self.connection = register, None

    def close(self):
        if self.connection:
            self.connection.close()
        self.connection = None

    def send(self, method, path, body, headers):
        """The status; where the connection was dropped, the reason."""
        for again in (False, True):
            fresh = self.connection is None
            if fresh:
                self.connection = http.client.HTTPConnection("127.0.0.1", self.register.port, timeout=60)
            try:
                self.connection.putrequest(method, path, skip_host="Host" in headers, skip_accept_encoding=True)
                for name, value in headers.items():
                    self.connection.putheader(name, value.encode("latin-1", "replace"))
                if body is not None:
                    self.connection.putheader("Content-Length", str(len(body)))
                self.connection.endheaders()
                try:
                    for at in range(0, len(body or b""), 65536):
                        self.connection.send(body[at:at + 65536])
                except OSError:
                    # Refused before its end: the answer is there all the same.
                    pass
                answer = self.connection.getresponse()
                stream = (answer.getheader("Content-Type") or "").startswith("text/event-stream")
                if not stream:
                    answer.read()
                if stream or answer.getheader("Connection") == "close" or answer.status in (400, 408, 413):
                    self.close()
                return answer.status
            except (OSError, http.client.HTTPException) as error:
                self.close()
                # One that was kept open may have been closed meanwhile: that is no answer to this request.
                if fresh or again:
                    return f"{type(error).__name__} {error}"
        return "dropped"


def requests(method, path, operation, register, token, dice):
    """What is sent to an operation: bounded in number, the same for the same seed."""
    authorized = {"Authorization": f"Bearer {token}"}
    parameters = operation.get("parameters", [])
    examples = {p["name"]: example(p) for p in parameters}
    place = lambda values: "".join(urllib.parse.quote(str(values.get(part[1:-1], "x")), safe="") if part.startswith("{") and part.endswith("}") else
                                   part.replace("{format}", "html").replace("{id}", str(values.get("id", "x"))) for part in split(path))
    inside = [p["name"] for p in parameters if p["in"] == "path"]
    query = [p["name"] for p in parameters if p["in"] == "query"]
    content = operation.get("requestBody", {}).get("content", {})
    media = next(iter(content), None)
    sent = next((content[m].get("example") for m in content if m == "application/json"), None)
    headers = authorized | ({"Content-Type": media} if media else {}) | ({"If-Match": '"' + "0" * 64 + '"'} if method in ("PUT", "DELETE") else {})
    plain = json.dumps(sent).encode() if sent is not None else (b"%PDF-1.7\n" if media else None)
    for name in inside:
        for word in dice.sample(WORDS, 6):
            yield method, place(examples | {name: word}), plain, headers
    for name in query:
        for word in dice.sample(WORDS, max(1, min(len(WORDS), EACH_QUERY // max(1, len(query)) + 1))):
            yield method, place(examples) + "?" + urllib.parse.urlencode({name: word}, errors="replace"), plain, headers
    for more in dice.sample(HEADERS, 6):
        yield method, place(examples), plain, headers | more
    if media:
        for body in dice.sample(BODIES, 6):
            yield method, place(examples), body, headers
    if sent is not None:
        places = list(fields(sent))
        for _ in range(min(EACH_BODY, 4 * len(places))):
            other = copy.deepcopy(sent)
            at = dice.choice(places)
            put(other, at, dice.choice(VALUES))
            text = json.dumps(other).encode()
            if method == "PUT":
                # With the tag of what stands, so that it is the body that is judged.
                headers |= {"If-Match": register.ask("GET", place(examples), token).headers.get("ETag") or "*"}
            if len(text) < 4 * 1024 * 1024:
                yield method, place(examples), text, headers


def split(path):
    out, at = [], 0
    while at < len(path):
        if path[at] == "{":
            end = path.index("}", at) + 1
        else:
            end = path.find("{", at)
            end = len(path) if end < 0 else end
        out.append(path[at:end])
        at = end
    return out


def example(parameter):
    for where in (parameter, parameter.get("schema", {})):
        if "example" in where:
            return where["example"]
        if where.get("examples"):
            first = where["examples"][0] if isinstance(where["examples"], list) else next(iter(where["examples"].values()))
            return first.get("value", first) if isinstance(first, dict) else first
        if where.get("enum"):
            return where["enum"][0]
    return {"id": "01977e51-0009-7000-8000-000000000302", "siren": DEMO}.get(parameter["name"], "1")


def fields(value, at=()):
    """The places of a document, lists by their first members."""
    if at:
        yield at
    inner = value.items() if isinstance(value, dict) else enumerate(value[:2]) if isinstance(value, list) else ()
    for key, one in inner:
        yield from fields(one, (*at, key))


def put(value, at, what):
    for key in at[:-1]:
        value = value[key]
    value[at[-1]] = what
