"""Many clients at once: slow ones, silent ones, ones that only listen. The others are answered meanwhile, and all is given back afterwards."""
import asyncio, os, threading, time

from .figures import Figures, milliseconds, percentile
from .looking import look, look_at_all, opened, verified
from .register import SIREN, Gone, Register
from .writing import Writers, uuid7

MIB = 1024 * 1024


class Ordinary(threading.Thread):
    """What everybody else asks for meanwhile: an act, a list, a write; each a connection of its own. How long each took."""

    def __init__(self, register, writers, act):
        super().__init__(daemon=True)
        self.register, self.writers, self.act = register, writers, act
        self.over, self.took, self.failed, self.written = threading.Event(), [], [], set()

    def run(self):
        n = 0
        while not self.over.is_set():
            n += 1
            paths = [("GET", f"/v1/deliberations/{self.act}", None, None), ("GET", f"/v1/deliberations?limit={1 + n % 90}", self.writers.recorder, None)]
            if n % 5 == 0:
                paths.append(("POST", "/v1/persons", self.writers.recorder, {"family_name": f"PASSANT-{n}"}))
            for method, path, token, body in paths:
                began = time.monotonic()
                try:
                    answer = self.register.ask(method, path, token, body, timeout=20)
                    if answer.status not in (200, 201):
                        self.failed.append(f"{method} {path}: {answer.status}")
                    elif body:
                        self.written.add(answer.json()["id"])
                except Gone as error:
                    self.failed.append(f"{method} {path}: {error}")
                self.took.append(time.monotonic() - began)
            time.sleep(0.05)

    def figures(self, figures, name, share=0.02):
        """Stops; some may be refused in a crowd, most are answered."""
        self.over.set()
        self.join()
        if len(self.failed) > len(self.took) * share:
            figures.wrong.append(f"{name}: {len(self.failed)} of {len(self.took)} ordinary requests were not answered: {self.failed[:3]}")
        figures.more.append(f"{name}: {len(self.took)} ordinary requests meanwhile, {len(self.failed)} not answered, {milliseconds(self.took)}")


class Scene:
    """A register with some acts, one of them public; `limit`: the most files that it may open."""

    def __init__(self, program, limit=None, settings=None):
        self.register = Register(program, settings=settings)
        self.writers = Writers(self.register, clients=2)
        self.register.start(limit=limit)
        self.writers.prepare()
        for _ in range(3):
            self.writers.record_and_seal()
        self.act = sorted(self.writers.sealed)[0]
        self.sitting = self.register.must("GET", f"/v1/deliberations/{self.act}", self.writers.recorder)["sitting"]["id"]
        for kind, record in (("sittings", self.sitting), ("deliberations", self.act)):
            answer = self.register.ask("PUT", f"/v1/{kind}/{record}/visibility", self.writers.recorder, {"visibility": "public"})
            if answer.status not in (200, 204):
                raise SystemExit(f"{kind}: {answer.status} {answer.body[:300]}")
        time.sleep(0.5)
        self.open, self.memory = self.register.files_open(), self.register.memory()

    def ordinary(self):
        one = Ordinary(self.register, self.writers, self.act)
        one.start()
        return one

    def settles(self, figures, within=60, spare=10):
        """Waits until the files that the service had open are closed again."""
        began = time.monotonic()
        while time.monotonic() - began < within:
            if (now := self.register.files_open()) <= self.open + spare:
                figures.more.append(f"{self.open} files open before, {now} again {time.monotonic() - began:.0f} s after")
                return
            time.sleep(0.2)
        figures.wrong.append(f"{self.register.files_open()} files open {within} s after, {self.open} before")

    def end(self, figures, ordinary=()):
        """All that was acknowledged is there."""
        try:
            self.writers.record_and_seal()
            figures.wrong += self.writers.wrong
            verified(self.register, self.writers.recorder, figures.wrong)
            base = opened(self.register)
            figures.lost += look(base, self.writers.acknowledged(), figures.wrong)
            look_at_all(base, f"{self.register.data}/files", figures.wrong)
            people = {r[0] for r in base.rows("SELECT id FROM directory WHERE kind = 'person'")}
            for one in ordinary:
                figures.lost += len(one.written - people)
            base.close()
        finally:
            self.register.remove()


async def crowd(port, number, each, at_once=200):
    """So many connections, opened a few at a time, each handed to `each`; what those come to."""
    gate = asyncio.Semaphore(at_once)

    async def one(n):
        async with gate:
            for attempt in range(5):
                try:
                    reader, writer = await asyncio.wait_for(asyncio.open_connection("127.0.0.1", port, limit=4096), 20)
                    break
                except (OSError, asyncio.TimeoutError):
                    await asyncio.sleep(0.2)
            else:
                return "not connected"
        try:
            return await each(n, reader, writer)
        except (OSError, asyncio.IncompleteReadError):
            return "closed"
        finally:
            writer.close()

    return await asyncio.gather(*(one(n) for n in range(number)))


def slow(program):
    figures = Figures("slow clients", "SQLite")
    scene = Scene(program)
    register, ordinary = scene.register, scene.ordinary()
    paper = register.must("POST", f"/v1/sittings/{scene.sitting}/files?role=other&name=gros.pdf", scene.writers.recorder,
                          b"%PDF-1.7\n" + os.urandom(8 * MIB), {"Content-Type": "application/pdf"})
    most, ends = 90, {}

    async def drip(head, kind, n, reader, writer):
        """A byte a second, until it is cut off or the time is over."""
        began, at = time.monotonic(), 0
        answer = asyncio.create_task(reader.read(200))
        writer.write(head[:-1] if kind == "headers" else head)
        while time.monotonic() - began < most and not answer.done():
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(1)
        if not answer.done():
            answer.cancel()
            return ("held", most)
        said = answer.result()
        return (said.split(b" ")[1].decode() if said.startswith(b"HTTP/1.1 ") else "closed", time.monotonic() - began)

    async def deaf(n, reader, writer):
        """Asks for much, and reads nothing of it."""
        writer.transport.pause_reading()
        writer.write(f"GET {paper['content']} HTTP/1.1\r\nHost: r\r\nAuthorization: Bearer {scene.writers.recorder}\r\n\r\n".encode())
        began = time.monotonic()
        while time.monotonic() - began < most:
            await asyncio.sleep(1)
        return ("held", most)

    token = scene.writers.recorder
    headers = b"GET / HTTP/1.1\r\nHost: r\r\nX-Slow: "
    body = (f"POST /v1/persons HTTP/1.1\r\nHost: r\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: 4000000\r\n\r\n").encode()
    kinds = (("headers, a byte a second", 1000, lambda *a: drip(headers + b"x", "headers", *a)), ("body, a byte a second", 1000, lambda *a: drip(body, "body", *a)),
             ("readers that read nothing", 200, deaf))
    for name, number, each in kinds:
        memory = register.memory()
        figures.tried += number
        began, box, peak = time.monotonic(), [], 0
        thread = threading.Thread(target=lambda: box.extend(asyncio.run(crowd(register.port, number, each))))
        thread.start()
        while thread.is_alive():
            peak = max(peak, register.memory())
            time.sleep(0.5)
        ends = {}
        for how in box:
            how = how if isinstance(how, tuple) else (how, time.monotonic() - began)
            ends.setdefault(how[0], []).append(how[1])
        told = ", ".join(f"{len(took)} {how} after {percentile(took, 0.5):.0f} s" for how, took in sorted(ends.items()))
        figures.more.append(f"{name}: {told}, {(peak - memory) / MIB:.0f} MiB more in use")
        if register.alive():
            figures.survived += number
    ordinary.figures(figures, "all the while")
    scene.settles(figures)
    scene.end(figures, [ordinary])
    yield figures


def flood(program):
    for name, limit, number, share in (("5000 silent connections", None, 5000, 0.02), ("1500 silent connections at a service that may open 512 files", 512, 1500, 1.0)):
        figures = Figures(name, "SQLite")
        scene = Scene(program, limit)
        register, ordinary = scene.register, scene.ordinary()
        held = {}

        async def silent(n, reader, writer):
            began = time.monotonic()
            try:
                said = await asyncio.wait_for(reader.read(100), 20)
                return (said.split(b" ")[1].decode() if said.startswith(b"HTTP/1.1 ") else "closed", time.monotonic() - began)
            except asyncio.TimeoutError:
                return ("held", time.monotonic() - began)

        figures.tried = number
        most = [0]
        thread = threading.Thread(target=lambda: held.update({"all": asyncio.run(crowd(register.port, number, silent, 500))}))
        thread.start()
        while thread.is_alive():
            most[0] = max(most[0], register.files_open())
            time.sleep(0.2)
        ordinary.figures(figures, "during the flood", share)
        counts = {}
        for how in held["all"]:
            how = how[0] if isinstance(how, tuple) else how
            counts[how] = counts.get(how, 0) + 1
        figures.more.append(f"{most[0]} files open at most, connections {dict(sorted(counts.items()))}")
        scene.settles(figures)
        after = scene.ordinary()
        time.sleep(3)
        after.figures(figures, "after it", 0.0)
        figures.survived = number if register.alive() else 0
        scene.end(figures, [ordinary, after])
        yield figures


def streams(program):
    number = 10_000
    figures = Figures(f"{number} idle streams", "SQLite")
    scene = Scene(program)
    register, token = scene.register, scene.writers.recorder
    item = uuid7()
    live = register.must("POST", "/v1/sittings", token, {"body": scene.writers.body, "origin": "recorded", "date": "2025-09-16", "agenda": [{"id": item}]})["id"]
    kinds = (f"GET /v1/changes/stream?authority={SIREN} HTTP/1.1\r\nHost: r\r\n\r\n".encode(),
             f"GET /v1/changes/stream HTTP/1.1\r\nHost: r\r\nAuthorization: Bearer {token}\r\n\r\n".encode(),
             f"GET /v1/sittings/{live}/state/stream HTTP/1.1\r\nHost: r\r\nAuthorization: Bearer {token}\r\n\r\n".encode())
    following, heard, refused, lock = [0], {0: [], 1: [], 2: []}, [], threading.Lock()
    mark, stop = threading.Event(), threading.Event()

    async def follow(n, reader, writer):
        kind = n % 3
        writer.write(kinds[kind])
        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 60)
        if b" 200 " not in head.split(b"\r\n")[0]:
            refused.append(head.split(b"\r\n")[0].decode())
            return
        following[0] += 1
        while not stop.is_set():
            try:
                data = await asyncio.wait_for(reader.read(4096), 5)
            except asyncio.TimeoutError:
                continue
            if not data:
                following[0] -= 1
                return
            if mark.is_set() and b"data: " in data:
                heard[kind].append(time.monotonic())

    figures.tried = number
    thread = threading.Thread(target=lambda: asyncio.run(crowd(register.port, number, follow, number)))
    began = time.monotonic()
    thread.start()
    while following[0] + len(refused) < number and time.monotonic() - began < 400 and thread.is_alive():
        time.sleep(0.2)
    figures.more.append(f"{following[0]} follow after {time.monotonic() - began:.0f} s, {len(refused)} refused {sorted(set(refused))}")
    time.sleep(3)
    memory = (register.memory() - scene.memory) / max(1, following[0]) / 1024
    processor = cpu(register)
    ordinary = scene.ordinary()
    time.sleep(20)
    figures.more.append(f"{memory:.1f} KiB a stream, {100 * (cpu(register) - processor) / 20:.0f} % of a processor with the ordinary requests")
    ordinary.figures(figures, "while they are open", 0.0)
    # A change that all hear of: an event of the sitting; the public is told of a public record.
    mark.set()
    wrote = time.monotonic()
    register.must("POST", f"/v1/sittings/{live}/timeline", token, {"id": uuid7(), "kind": "item_opened", "moment": {"item": item, "anchor": "before"}})
    answer = register.ask("PUT", f"/v1/deliberations/{scene.act}/visibility", token, {"visibility": "internal"})
    if answer.status not in (200, 204):
        figures.wrong.append(f"visibility: {answer.status}")
    time.sleep(10)
    for kind, name in ((0, "public feed"), (1, "own feed"), (2, "live sitting")):
        took = [at - wrote for at in heard[kind]]
        figures.more.append(f"{name}: {len(took)} heard, the last after {max(took, default=0):.1f} s")
    figures.survived = following[0]
    if len(heard[2]) < following[0] // 3 or len(heard[1]) < following[0] // 3 or len(heard[0]) < following[0] // 3:
        figures.wrong.append("not every stream heard of the change")
    stop.set()
    thread.join()
    scene.settles(figures)
    scene.end(figures, [ordinary])
    yield figures


def cpu(register):
    """Seconds of processor that the service has had."""
    fields = open(f"/proc/{register.process.pid}/stat").read().rsplit(") ", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
