"""The register that is measured: started, filled, and asked."""
import datetime, http.client, json, os, sqlite3, subprocess, time, uuid

from . import machine

SIREN = "229900014"


def siren(number):
    """The number of an invented authority, with its check digit (Luhn)."""
    digits = f"3{number:07}"
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(reversed(digits))]
    return digits + str(-sum(value // 10 + value % 10 for value in doubled) % 10)


class Register:
    def __init__(self, program, generator, postgres=None):
        self.program, self.generator, self.postgres = program, generator, postgres
        self.data = os.path.join(machine.folder, "postgresql" if postgres else "sqlite")
        os.makedirs(self.data)
        self.port = machine.port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.process = None
        self.prepared = False
        self.env = {"PATH": os.environ["PATH"], "REGISTRE_DATA_DIR": self.data, "REGISTRE_LISTEN": f"127.0.0.1:{self.port}", "REGISTRE_LOG": "warn"}
        if postgres:
            self.env["DATABASE_URL"] = postgres.url

    def start(self, **settings):
        """Starts it anew, with settings by their names in capitals."""
        if self.process:
            machine.stop(self.process)
        env = self.env | {f"REGISTRE_{name}": str(value) for name, value in settings.items()}
        self.process = machine.start([self.program, "serve"], env=env, cwd=self.data, stderr=open(f"{self.data}/log", "ab"))
        for _ in range(1200):
            try:
                if self.ask("GET", "/ready", raw=True)[0] == 200:
                    if settings.get("PREPARE_ANSWERS") != "false":
                        self.prepare()
                    return
            except OSError:
                pass
            if self.process.poll() is not None:
                machine.fail("the register ended: " + open(f"{self.data}/log").read()[-1500:])
            time.sleep(0.05)
        machine.fail("the register is not ready after 60 s")

    def prepare(self):
        """Waits until every public answer is prepared: once."""
        if self.prepared or (missing := self.unprepared()) == 0:
            return
        machine.say(f"  {missing} answers are prepared")
        began = time.monotonic()
        while self.unprepared():
            time.sleep(0.5)
        machine.say(f"  {missing / (time.monotonic() - began):.0f} a second")
        self.prepared = True

    def unprepared(self):
        there = "(SELECT count(*) FROM prepared_answers WHERE bytes IS NOT NULL)"
        return int(self.sql(f"SELECT (SELECT count(*) FROM deliberations WHERE visibility = 'public') - {there}")[0])

    def stop(self):
        machine.stop(self.process)
        self.process = None

    def token(self, authority=SIREN, scope="all"):
        command = [self.program, "token", "--authority", authority, "--sub", "bench", "--scope", scope, "--days", "2"]
        return subprocess.check_output(command, env=self.env, cwd=self.data, text=True).strip()

    def ask(self, method, path, token=None, body=None, media="application/json", raw=False):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
        try:
            headers = {"Content-Type": media} | ({"Authorization": f"Bearer {token}"} if token else {})
            connection.request(method, path, json.dumps(body) if isinstance(body, (dict, list)) else body, headers)
            answer = connection.getresponse()
            status, content, headers = answer.status, answer.read(), answer.headers
        finally:
            connection.close()
        if raw:
            return status, content, headers
        if status >= 300:
            machine.fail(f"{method} {path}: {status} {content.decode()[:500]}")
        return json.loads(content) if content else None

    def sql(self, text):
        """Straight to the database; the register must be stopped where it is SQLite and something is written."""
        if self.postgres:
            return self.postgres.psql(text).splitlines()
        with sqlite3.connect(f"{self.data}/registre.sqlite3") as connection:
            return [str(row[0]) for row in connection.execute(text).fetchall()]

    def fill(self, acts):
        """So many acts, by the register's own import; then all is made public at once, which no part of what is measured is."""
        file = os.path.join(machine.folder, "acts.ndjson")
        with open(file, "wb") as out:
            subprocess.check_call([self.generator, str(acts)], stdout=out)
        self.start(PREPARE_ANSWERS="false")
        token = self.token()
        self.ask("POST", "/v1/authorities", token, {"siren": SIREN, "name": "Département de la Vallée-Claire", "kind": "department", "visibility": "public"})
        began = time.monotonic()
        with open(file, "rb") as body:
            job = self.ask("POST", "/v1/imports?mode=per_line", token, body, "application/x-ndjson")["href"]
        os.remove(file)
        told = 0
        while (now := self.ask("GET", job, token))["state"] in ("queued", "running"):
            if now["percentage"] >= told:
                machine.say(f"  {now['percentage']} %, {now['lines_read']} lines, {now['remaining_seconds'] or '?'} s left")
                told = now["percentage"] + 10
            time.sleep(0.5)
        if now["state"] != "done" or now["refused"]:
            machine.fail(f"the import: {now}")
        took = time.monotonic() - began
        self.stop()
        self.sql("UPDATE deliberations SET visibility = 'public'")
        self.sql("UPDATE sittings SET visibility = 'public'")
        subprocess.check_call([self.program, "reindex"], env=self.env, cwd=self.data, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if self.postgres:
            self.postgres.psql("VACUUM ANALYZE")
        return now["lines_read"] / took

    def live(self, authorities, sittings, items, members=44):
        """Live sittings of several authorities; for each a token and the requests of a roll call on each item."""
        calls = []
        for number in range(authorities):
            own = siren(number)
            token = self.token(own)
            post = lambda path, body: self.ask("POST", path, token, body)["id"]
            self.ask("POST", "/v1/authorities", token, {"siren": own, "name": f"Département n° {number}", "kind": "department"})
            body = post("/v1/bodies", {"name": "Commission permanente", "kind": "departmental_permanent_commission"})
            people = [post("/v1/persons", {"given_name": "Claude", "family_name": f"MEMBRE-{place}"}) for place in range(members)]
            present = [{"status": "present", "voting_right": "voting", "source": "roll_call", "entries": [{"person": person} for person in people]}]
            options = [("against" if place % 9 == 0 else "abstention" if place % 13 == 0 else "for") for place in range(members)]
            lines = [{"person": {"person": person}, "option": option} for person, option in zip(people, options)]
            tally = [{"option": option, "count": options.count(option)} for option in ("for", "against", "abstention")]
            for _ in range(sittings):
                agenda = [str(uuid.uuid4()).replace("-4", "-7", 1) for _ in range(items)]
                record = {"body": body, "origin": "recorded", "date": str(datetime.date.today()), "members_in_office": members, "proxies": [],
                          "attendance": present, "agenda": [{"id": item} for item in agenda]}
                sitting = post("/v1/sittings", record)
                for item in agenda:
                    call = {"id": str(uuid.uuid4()).replace("-4", "-7", 1), "covers": [item], "mode": "public_roll_call", "options": tally, "roll_call": lines, "outcome": "adopted"}
                    calls.append((f"/v1/sittings/{sitting}/ballots", token, json.dumps(call)))
        return calls
