#!/usr/bin/env python3
"""fuzz/seeds.py TARGET FOLDER: writes what a fuzzing target begins with, from the fixtures of the tests and the contract, which change with the code.

FOLDER.dict gets the words of the contract (fields, members of closed lists, parameters), which a change at random would not hit upon."""
import io, json, pathlib, re, shutil, sys, tarfile

target, folder = sys.argv[1], pathlib.Path(sys.argv[2])
root = pathlib.Path(__file__).resolve().parent.parent
folder.mkdir(parents=True, exist_ok=True)
put = lambda name, *parts: (folder / f"seed-{name}").write_bytes(b"".join(p if isinstance(p, bytes) else p.encode() for p in parts))
for seed in (root / "fuzz/seeds" / target).glob("*"):
    shutil.copy(seed, folder / f"seed-{seed.name}")

contract = json.loads((root / "openapi/openapi.json").read_text())
known = json.loads((root / "src/demo/sitting.json").read_text()), json.loads((root / "src/demo/deliberation.json").read_text())
second = {p.stem: p.read_text() for p in (root / "tests/suite/fixtures/second_shape").glob("*.json")}


def examples():
    """Each operation with its media type and the body that the contract shows."""
    for path, item in contract["paths"].items():
        for method, operation in item.items():
            if isinstance(operation, dict) and "responses" in operation:
                content = operation.get("requestBody", {}).get("content", {})
                for media in content or {None: None}:
                    yield path, method, operation, media, (content.get(media) or {}).get("example")


if target == "record":
    first = {"SittingRecord": "s", "DeliberationRecord": "d", "Event": "e", "Ballot": "b", "Fact": "f", "Waiver": "w", "Rectification": "r", "Authority": "a",
             "Body": "B", "Group": "g", "Person": "p", "Mandate": "m", "InterestDeclaration": "i", "SignatureDelegation": "S", "PowersDelegation": "P",
             "SittingCopy": "c"}
    put("sitting", "s", json.dumps(known[0])), put("act", "d", json.dumps(known[1]))
    for name, text in second.items():
        if name != "directory":
            put(name, "s" if name == "sitting" else "d", text)
    for number, (path, method, operation, media, example) in enumerate(examples()):
        if media == "application/json":
            schema = operation["requestBody"]["content"][media]["schema"].get("$ref", "").rsplit("/", 1)[-1]
            if schema in first and example is not None:
                put(f"{schema}-{number}", first[schema], json.dumps(example))
    confirmation = contract["components"]["schemas"]["Confirmation"].get("example", {})
    put("confirmation", "C", json.dumps(confirmation))
elif target == "line":
    for kind, record in (("sitting", known[0]), ("deliberation", known[1])):
        put(kind, json.dumps({"kind": kind, "key": kind, "record": record}), "\n")
elif target == "document":
    for text in [*(root / "tests/intake/corpus").glob("*.txt"), root / "tests/intake/seed.txt"]:
        put(text.stem, "0", text.read_bytes())
        if text.stat().st_size < 3000:
            put(text.stem + "-html", "2<table>", "".join(f"<tr><td>{line}</td></tr>" for line in text.read_text().splitlines()))
elif target == "pdf":
    put("seed", (root / "tests/intake/seed.pdf").read_bytes())
elif target == "archive":
    def tar(*entries):
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT) as archive:
            for name, text in entries:
                info = tarfile.TarInfo(name)
                info.size = len(text)
                archive.addfile(info, io.BytesIO(text.encode()))
        return out.getvalue()
    # The archive of the demonstration; its head says which migrations there are now.
    schema = sorted(p.name for p in (root / "migrations/sqlite").iterdir() if p.is_dir())
    head = json.dumps({"format": "registre-archive/1", "authority": None, "schema": schema})
    with tarfile.open(root / "fuzz/seeds/demo.tar.gz") as archive:
        entries = [(info.name, archive.extractfile(info).read().decode()) for info in archive if info.isfile()]
    entries[0] = (entries[0][0], head)
    put("whole", tar(*entries)), put("begun", tar(*entries[:12])), put("head", tar(entries[0]))
    put("gzip", (root / "fuzz/seeds/demo.tar.gz").read_bytes())
elif target == "request":
    words = {"siren": "226200012", "id": "01977e51-0009-7000-8000-000000000001", "year": "2025", "ordinal": "1", "version": "1", "format": "html"}
    kinds = {"sittings": "01977e51-0005-7000-8000-000000000001", "bodies": "01977e51-0001-7000-8000-000000000001", "groups": "01977e51-0002-7000-8000-000000000001",
             "persons": "01977e51-0003-7000-8000-000000000001"}
    for number, (path, method, operation, media, example) in enumerate(examples()):
        parts = path.split("/")
        shown = {p["name"]: str(p["example"]) for p in operation.get("parameters", []) if p["in"] == "path" and p.get("example") is not None}
        own = {**words, "id": kinds.get((parts + ["", ""])[2], words["id"]), **shown}
        address = re.sub(r"\{([a-z_]+)\}", lambda name: own.get(name[1], own["id"]), path)
        query = "&".join(f"{p['name']}={p['example']}" for p in operation.get("parameters", []) if p["in"] == "query" and "example" in p)
        head = f"{method.upper()} {address}{'?' + query if query and method == 'get' else ''}\n"
        if media:
            head += f"Content-Type: {media}\n"
        if method == "put":
            head += "If-Match: *\n"
        body = example if isinstance(example, str) else "" if example is None else json.dumps(example)
        for who in "01" if method == "get" else "1":
            put(f"{number}-{who}", who, head, "\n", body)
    for number, address in enumerate(["/", "/seances", "/recherche?q=subvention", "/robots.txt", "/sitemap.xml", "/oparl/v1/system", "/oparl/v1/body", "/health", "/ready", "/flux/deliberations.atom", "/flux/seances.ics"]):
        put(f"page-{number}", f"0GET {address}\nAccept: text/html\n")
    put("receipt", "1POST /v1/transmissions/messages\nContent-Type: application/xml\n\n", (root / "fuzz/seeds/xml/receipt").read_bytes())
    put("intake", "1POST /v1/intake\nContent-Type: text/plain\n\n", (root / "tests/intake/seed.txt").read_bytes())


def words(node, found):
    """Names of fields and members of closed lists, wherever the contract has them."""
    if isinstance(node, dict):
        found |= set(node.get("properties", {}) if isinstance(node.get("properties"), dict) else {})
        found |= {member for member in node.get("enum", []) if isinstance(member, str)} if isinstance(node.get("enum"), list) else set()
        found |= {node["name"]} if node.get("in") == "query" else set()
    for below in node.values() if isinstance(node, dict) else node if isinstance(node, list) else []:
        words(below, found)
    return found


quoted = "" if target in ("query", "words") else '\\"'
lines = sorted(f'"{quoted}{word}{quoted}"' for word in words(contract, set()) if re.fullmatch(r"[A-Za-z0-9_.-]{2,60}", word))
folder.with_suffix(".dict").write_text("\n".join(lines) + "\n")
