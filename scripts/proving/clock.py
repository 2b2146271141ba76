"""The clock jumps under a register that runs: the change log keeps its order, tokens are judged by the clock that there is, what waits is not lost."""
import glob, json, os, pathlib, tempfile, time
from datetime import datetime

from .figures import Figures
from .looking import answered_for, look, look_at_all, opened, verified
from .postgres import Postgres
from .register import SIREN, Register
from .writing import Writers

HOUR, DAY = 3600, 86400
# One after the other: what the clock is ahead of the true one, in seconds. The third is before the first change of the register.
JUMPS = (-HOUR, DAY + HOUR, -2 * DAY, 40 * DAY, 0)
EACH = 4.0


def run(program):
    library = next(iter(glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1")), None)
    if not library:
        print("clock: libfaketime is not installed (Debian: apt-get install libfaketime): left out", flush=True)
        return
    for engine in ("SQLite", "PostgreSQL"):
        postgres = Postgres() if engine == "PostgreSQL" else None
        try:
            yield jumping(program, library, postgres)
        finally:
            if postgres:
                postgres.remove()


class Clock:
    """The file that the library reads anew at each call."""

    def __init__(self, library):
        self.file = tempfile.NamedTemporaryFile(mode="w", prefix="registre-proof-clock.", delete=False).name
        # Time that only goes on, which time-outs are measured by, is left alone: a clock that is set does not touch it.
        self.env = {"LD_PRELOAD": library, "FAKETIME_TIMESTAMP_FILE": self.file, "FAKETIME_NO_CACHE": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1",
                    "DONT_FAKE_MONOTONIC": "1"}
        self.set(0)

    def set(self, ahead):
        self.ahead = ahead
        other = self.file + ".new"
        pathlib.Path(other).write_text(f"{ahead:+d}\n")
        os.replace(other, self.file)


def jumping(program, library, postgres):
    clock = Clock(library)
    register = Register(program, url=postgres and postgres.url, env=clock.env)
    figures = Figures("clock jumps", register.engine)
    writers = Writers(register, clients=4)
    wrong, told = figures.wrong, []
    try:
        register.start()
        writers.prepare()
        short = register.token("short", 1)
        writers.start()
        key = {"Idempotency-Key": '"clock-1"'}
        first = register.must("POST", "/v1/persons", writers.recorder, {"family_name": "UNE-FOIS"}, key)
        cursor = register.must("GET", f"/v1/changes?authority={SIREN}&from=now", writers.recorder)["cursor"]
        checkpoints, events = [], []
        for ahead in JUMPS:
            writers.again_within(20)
            figures.tried += 1
            checkpoints.append(register.ask("GET", f"/v1/log/checkpoint?authority={SIREN}", writers.recorder).body)
            clock.set(ahead)
            back = writers.again_within(20)
            if back is None:
                wrong.append(f"{ahead:+d} s: nothing was acknowledged within 20 s")
                break
            time.sleep(EACH)
            # What the register writes down is the clock that it has.
            more, cursor = feed(register, writers.recorder, cursor)
            events += more
            at = datetime.fromisoformat(events[-1]["time"].replace("Z", "+00:00")).timestamp()
            if abs(at - time.time() - ahead) > 60:
                wrong.append(f"{ahead:+d} s: the newest change says {at - time.time():+.0f} s: the clock did not jump")
            # A token for a day ends after it, by the clock that there is: not for good.
            expected = 401 if ahead >= DAY else 200
            if (status := register.ask("GET", "/v1/me", short).status) != expected:
                wrong.append(f"{ahead:+d} s: a token for a day is answered {status}")
            minted = register.token("now", 1)
            if (status := register.ask("GET", "/v1/me", minted).status) != 200:
                wrong.append(f"{ahead:+d} s: a token made now is answered {status}")
            if ahead <= 0 and register.must("POST", "/v1/persons", writers.recorder, {"family_name": "UNE-FOIS"}, key)["id"] != first["id"]:
                wrong.append(f"{ahead:+d} s: an Idempotency-Key made a second record")
            figures.survived += 1
        writers.stop()
        wrong += writers.wrong
        events += feed(register, writers.recorder, cursor)[0]
        numbers = [int(event["id"].rsplit("-", 1)[1]) for event in events]
        if numbers != sorted(set(numbers)):
            wrong.append("the feed is not in the order of its numbers")
        backwards = sum(a["time"] > b["time"] for a, b in zip(events, events[1:]))
        if not backwards:
            wrong.append("no change is earlier than the one before it: the clock did not go back")
        verified(register, writers.recorder, wrong)
        head = json.loads(register.ask("GET", "/v1/log/entries", writers.recorder).body.splitlines()[0])["verifier_key"]
        for n, note in enumerate(checkpoints):
            older = pathlib.Path(register.data, f"checkpoint-{n}")
            older.write_bytes(note)
            passed, words = register.verify(None, "--authority", SIREN, "--key", head, "--checkpoint", str(older))
            if not passed:
                wrong.append(f"checkpoint {n}: {words}")
        base = opened(register)
        figures.lost = look(base, writers.acknowledged(), wrong)
        versions, records, files = look_at_all(base, f"{register.data}/files", wrong)
        base.close()
        answered_for(register, writers.recorder, records, wrong, 300)
        figures.more += [f"{writers.count()} writes acknowledged, answers {dict(sorted(writers.answers.items()))}",
                         f"{len(events)} changes told in their order, {backwards} of them earlier than the one before",
                         f"{versions} versions of {len(records)} records and {files} files are whole, {len(checkpoints)} older checkpoints stand"]
        return figures
    finally:
        writers.over.set()
        register.remove()
        os.remove(clock.file)


def feed(register, token, cursor):
    """What is told after a cursor, and the cursor of its end."""
    events = []
    while True:
        page = register.must("GET", f"/v1/changes?authority={SIREN}&limit=200&cursor={cursor}", token)
        events += page["data"]
        cursor = page["cursor"]
        if not page["links"]["next"]:
            return events, cursor
