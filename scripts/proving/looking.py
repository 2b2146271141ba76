"""What is looked at after a fault: in the database, on either engine, beside the register."""
import hashlib, json, os, sqlite3, subprocess

from .register import SIREN


class Base:
    """The tables of a SQLite file, or of a PostgreSQL database by its URL. Values come as text, bytes in hexadecimal."""

    def __init__(self, source):
        self.postgresql = source.startswith("postgres")
        self.source = source
        self.base = None if self.postgresql else sqlite3.connect(source)

    def rows(self, sql):
        if not self.postgresql:
            return [tuple(None if v is None else str(v) for v in row) for row in self.base.execute(sql)]
        sql = sql.replace("hex(", "rawhex(").replace("rawhex(document)", "encode(document, 'hex')")
        done = subprocess.run(["psql", "-X", "-q", "-A", "-t", "-F", "\x1f", "-d", self.source, "-c", sql], capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(done.stderr[:500])
        return [tuple(line.split("\x1f")) for line in done.stdout.splitlines()]

    def close(self):
        if self.base:
            self.base.close()


def opened(register):
    return Base(register.url or register.file)


def look(base, acknowledged, wrong, check=True):
    """The change log has no gap and stands at its head; all that was acknowledged is there."""
    records, seals, files = acknowledged
    if check and not base.postgresql and (said := base.rows("PRAGMA quick_check")[0][0]) != "ok":
        wrong.append(f"quick_check: {said}")
    # In one statement: others may be writing.
    head = f"(SELECT sequence FROM change_heads WHERE authority = '{SIREN}')"
    count, first, last, head = base.rows(f"SELECT count(*), min(sequence), max(sequence), {head} FROM changes WHERE authority = '{SIREN}'")[0]
    if not (int(count) == int(last) - int(first) + 1 and last == head):
        wrong.append(f"change log: {count} entries from {first} to {last}, head {head}")
    lost = [f"{record} version {version}" for record, version in
            records - {(r, int(v)) for r, v in base.rows("SELECT record, version FROM versions")}]
    lost += [f"seal of {act}" for act in seals - {r[0] for r in base.rows("SELECT id FROM deliberations WHERE workflow = 'sealed'")}]
    kept = dict(base.rows("SELECT id, sha256 FROM files"))
    lost += [f"file {file}" for file, digest in files.items() if kept.get(file) != digest]
    if lost:
        wrong.append(f"acknowledged and lost: {sorted(lost)[:3]} of {len(lost)}")
    return len(lost)


def documents(base, wrong):
    """Each version parses, has its digest, and follows the one before. How many there are, and the last of each record."""
    versions, last = 0, {}
    for record, version, document, digest in base.rows("SELECT record, version, hex(document), digest FROM versions ORDER BY record, version"):
        document, version = bytes.fromhex(document), int(version)
        whole = json.loads(document)
        if hashlib.sha256(document).hexdigest() not in digest:
            wrong.append(f"{record} version {version}: not its digest")
        if version != last.get(record, (0,))[0] + 1:
            wrong.append(f"{record}: version {version} after {last.get(record, (0,))[0]}")
        last[record], versions = (version, whole), versions + 1
    return versions, last


def look_at_all(base, folder, wrong):
    """Each version parses and has its digest; each record stands at its last version, and its index rows are those that the record asks for; the
    bytes of each file are those that its row names. How many versions, records and files were read: the records by their identifiers."""
    versions, last = documents(base, wrong)
    ballots, items = {}, {}
    for sitting, ballot in base.rows("SELECT sitting, ballot FROM ballot_rows"):
        ballots.setdefault(sitting, set()).add(ballot)
    votes = dict(base.rows("SELECT sitting, count(*) FROM vote_rows GROUP BY sitting"))
    for act, item in base.rows("SELECT deliberation, item FROM act_items"):
        items.setdefault(act, set()).add(item)
    sittings = {r[0] for r in base.rows("SELECT id FROM sittings")}
    acts = dict(base.rows("SELECT id, version FROM deliberations"))
    for record, (version, whole) in last.items():
        if record in sittings:
            asked = {b["id"] for b in whole["ballots"]}, sum(len(b["roll_call"]) for b in whole["ballots"])
            if asked != (ballots.get(record, set()), int(votes.get(record, 0))):
                wrong.append(f"sitting {record}: its rows are not its own")
        elif acts.get(record) != str(version) or set(whole["agenda_items"]) != items.get(record, set()):
            wrong.append(f"deliberation {record}: its rows are not its own")
    for kind, there in (("sittings", sittings), ("deliberations", set(acts))):
        if bare := there - set(last):
            wrong.append(f"{kind} without a version: {sorted(bare)[:3]}")
    files = base.rows("SELECT authority, sha256 FROM files")
    for authority, digest in set(files):
        path = os.path.join(folder, authority, digest[:2], digest)
        if not os.path.exists(path) or hashlib.sha256(open(path, "rb").read()).hexdigest() != digest:
            wrong.append(f"file {digest}: its bytes are not there")
    return versions, list(last), len(files)


def verified(register, token, wrong):
    """The log of seals stands, by its own key."""
    key = json.loads(register.ask("GET", "/v1/log/entries", token).body.splitlines()[0])["verifier_key"]
    passed, said = register.verify(None, "--authority", SIREN, "--key", key)
    if not passed:
        wrong.append(f"verify: {said}")
    return said


def answered_for(register, token, records, wrong, most=None):
    """The register answers for each record."""
    for record in records[:most]:
        if not any(register.ask("GET", f"/v1/{kind}/{record}", token).status == 200 for kind in ("sittings", "deliberations")):
            wrong.append(f"{record} is not answered for")
