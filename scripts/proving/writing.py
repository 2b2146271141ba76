"""Clients that write: sittings with a roll call, their acts, papers and seals. What was acknowledged is noted, and so is what was answered instead."""
import collections, hashlib, random, threading, time, uuid

from .register import SIREN, Gone

MEMBERS = 3


def uuid7():
    return str(uuid.UUID(int=(time.time_ns() // 1_000_000 << 80) | (7 << 76) | (random.getrandbits(12) << 64) | (2 << 62) | random.getrandbits(62)))


class Writers:
    """`passing`: the statuses that a writer may be refused with. `paper`: bytes of the annex of each act; 0: none."""

    def __init__(self, register, clients=6, passing=(409, 503), paper=2048, pause=0.0):
        self.register, self.clients, self.passing, self.paper, self.pause = register, clients, passing, paper, pause
        self.over, self.lock, self.threads = threading.Event(), threading.Lock(), []
        # (record, version), acts, SHA-256 by identifier of a file; requests without an answer; answers by status; what should not be.
        self.written, self.sealed, self.files = set(), set(), {}
        self.unanswered, self.answers, self.wrong = 0, collections.Counter(), []
        self.last = 0.0

    def prepare(self):
        """The authority, its body and its members; to be called once, on an empty register."""
        r = self.register
        self.recorder, self.sealer = r.token("recorder", 300), r.token("sealer", 300)
        r.must("POST", "/v1/authorities", self.recorder,
               {"siren": SIREN, "name": "Département de la Vallée-Claire", "kind": "department", "visibility": "public"})
        self.body = r.must("POST", "/v1/bodies", self.recorder, {"name": "Commission permanente", "kind": "departmental_permanent_commission"})["id"]
        self.people = [r.must("POST", "/v1/persons", self.recorder, {"given_name": "Claude", "family_name": f"MEMBRE-{n}"})["id"]
                       for n in range(1, MEMBERS + 1)]

    def start(self):
        self.over.clear()
        self.threads = [threading.Thread(target=self.client, daemon=True) for _ in range(self.clients)]
        for one in self.threads:
            one.start()

    def stop(self):
        self.over.set()
        for one in self.threads:
            one.join()
        self.threads = []

    def acknowledged(self):
        """What was acknowledged so far: records, acts sealed, files."""
        with self.lock:
            return set(self.written), set(self.sealed), dict(self.files)

    def count(self):
        with self.lock:
            return len(self.written) + len(self.sealed) + len(self.files)

    def again_within(self, seconds):
        """Waits until something is acknowledged again; how long that took, or None."""
        began = time.monotonic()
        while time.monotonic() - began < seconds:
            if self.last > began:
                return self.last - began
            time.sleep(0.02)
        return None

    def client(self):
        while not self.over.is_set() and not self.wrong:
            try:
                self.record_and_seal()
            except Gone:
                with self.lock:
                    self.unanswered += 1
                time.sleep(0.02)
            if self.pause:
                time.sleep(self.pause)

    def step(self, path, who, what=None, headers=None):
        asked = time.monotonic()
        answer = self.register.ask("POST", path, who, what, headers)
        with self.lock:
            self.answers[answer.status] += 1
            if answer.status in (200, 201):
                # Asked after the fault, too: an answer that was on its way proves nothing.
                self.last = max(self.last, asked)
                return answer.json()
            if answer.status not in self.passing:
                self.wrong.append(f"POST {path}: {answer.status} {answer.body.decode(errors='replace')[:300]}")
            if answer.status == 503 and not answer.headers.get("Retry-After"):
                self.wrong.append(f"POST {path}: 503 without Retry-After")
        if answer.status >= 500:
            time.sleep(0.1)
        return None

    def record_and_seal(self):
        """One sitting with a roll call, its act, a paper and the seal. Left off where something comes between."""
        item = uuid7()
        ballot = {"id": uuid7(), "covers": [item], "mode": "public_roll_call", "outcome": "adopted",
                  "options": [{"option": "for", "count": MEMBERS}, {"option": "against", "count": 0}, {"option": "abstention", "count": 0}],
                  "roll_call": [{"person": {"person": p}, "option": "for"} for p in self.people]}
        sitting = self.step("/v1/sittings", self.recorder, {
            "body": self.body, "origin": "recorded", "date": "2025-09-15", "members_in_office": MEMBERS, "proxies": [], "agenda": [{"id": item}],
            "ballots": [ballot],
            "attendance": [{"status": "present", "voting_right": "voting", "source": "roll_call", "entries": [{"person": p} for p in self.people]}]})
        if not sitting:
            return
        with self.lock:
            self.written.add((sitting["id"], 1))
        act = self.step("/v1/deliberations", self.recorder,
                        {"sitting": sitting["id"], "origin": "recorded", "agenda_items": [item], "title": "Subvention", "outcome": "adopted"})
        if not act:
            return
        with self.lock:
            self.written.add((act["id"], 1))
        for to in ("on_agenda", "deliberated"):
            if not self.step(f"/v1/deliberations/{act['id']}/workflow", self.recorder, {"to": to}):
                return
        if self.paper:
            paper = b"%PDF-1.7\n" + random.randbytes(self.paper)
            file = self.step(f"/v1/deliberations/{act['id']}/files?role=annex&name=annexe.pdf", self.recorder, paper, {"Content-Type": "application/pdf"})
            if not file:
                return
            with self.lock:
                self.files[file["id"]] = hashlib.sha256(paper).hexdigest()
        if self.step(f"/v1/deliberations/{act['id']}/seal", self.sealer):
            with self.lock:
                self.sealed.add(act["id"])
