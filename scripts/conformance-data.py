"""Reads the open data of a register by other people's code: see scripts/conformance-data, which runs this."""

import copy
import csv
import io
import json
import os
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

URL, STANDARDS = os.environ["URL"], os.environ.get("STANDARDS_DIR")
FIXTURES = Path("tests/suite/fixtures")
counted = {}


def fail(text):
    sys.exit(f"conformance-data: {text}")


def counts(what, number=1):
    counted[what] = counted.get(what, 0) + number


def ask(method, path, token=None, body=None):
    headers = {"Content-Type": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    data = json.dumps(body).encode() if body is not None else None
    try:
        with urllib.request.urlopen(urllib.request.Request(URL + path, data=data, headers=headers, method=method)) as answer:
            return answer.read()
    except urllib.error.HTTPError as refusal:
        fail(f"{method} {path}: {refusal.code} {refusal.read().decode()}")


class World:
    """An invented authority: its fixture goes in through the API, which gives identifiers of its own."""

    def __init__(self, directory, sitting, acts, public):
        self.siren, self.ids = directory["authority"]["siren"], {}
        self.token = subprocess.run(
            [os.environ["PROGRAM"], "token", "--authority", self.siren, "--sub", "conformance", "--scope", "all"],
            check=True, capture_output=True, text=True,
        ).stdout.strip()
        ask("POST", "/v1/authorities", self.token, directory["authority"])
        for kind in ("bodies", "groups", "persons", "mandates"):
            for entry in directory[kind]:
                self.add(f"/v1/{kind}", entry.get("id"), {name: value for name, value in entry.items() if name != "id"})
        self.add("/v1/sittings", sitting[0], sitting[1])
        ask("PUT", f"/v1/sittings/{self.ids[sitting[0]]}/visibility", self.token, {"visibility": "public"})
        for place, act in enumerate(acts):
            self.add("/v1/deliberations", place, act)
            if public[place]:
                ask("PUT", f"/v1/deliberations/{self.ids[place]}/visibility", self.token, {"visibility": "public"})

    def add(self, path, old, record):
        self.ids[old] = json.loads(ask("POST", path, self.token, self.renamed(record)))["id"]

    def renamed(self, value):
        if isinstance(value, dict):
            return {name: self.renamed(field) for name, field in value.items()}
        if isinstance(value, list):
            return [self.renamed(item) for item in value]
        return self.ids.get(value, value) if isinstance(value, str) else value

    def get(self, path):
        return ask("GET", f"/v1/open-data/{path}?authority={self.siren}")


class Loaded:
    """An authority that was there before."""

    get = World.get

    def __init__(self, siren):
        self.siren = siren


def load():
    read = lambda path: json.loads((FIXTURES / path).read_text(encoding="utf-8"))
    world = read("open_data/world.json")
    acts = world["acts"]
    filled = World(world, (world["sitting"]["id"], world["sitting"]["record"]), [a["record"] for a in acts], [a["public"] for a in acts])
    second = [read(f"second_shape/act_{n}.json") for n in (1, 2, 3)]
    directory = read("second_shape/directory.json")
    other = World(directory, (second[0]["sitting"], read("second_shape/sitting.json")), second, [True] * 3)
    return filled, other


def rows(text):
    return list(csv.DictReader(io.StringIO(text.decode(), newline="")))


# Tables


def validata(content, schema):
    """What Validata finds wrong."""
    from validata_core import resource_service, validation_service

    report = validation_service.validate_resource(resource_service.from_file_content("table.csv", content), json.loads(schema.read_text(encoding="utf-8")))
    return report.errors


def broken(content, column, value):
    """The table with one cell of its first row changed."""
    all_rows = list(csv.reader(io.StringIO(content.decode(), newline="")))
    all_rows[1][all_rows[0].index(column)] = value
    out = io.StringIO(newline="")
    csv.writer(out).writerows(all_rows)
    return out.getvalue().encode()


def tables(filled, others):
    import frictionless

    if not STANDARDS:
        print("conformance-data: SCDL tables against their schemas: left out, STANDARDS_DIR is not set (the folder of the published schemas)")
    wrong = {
        "deliberations": [("COLL_SIRET", "22990020400013"), ("VOTE_REEL", "7"), ("VOTE_POUR", ""), ("DELIB_DATE", "15/09/2025"), ("DELIB_MATIERE_NOM", "rive"),
                          ("DELIB_OBJET", ""), ("PREF_DATE", "2025-09-01"), ("BUDGET_NOM", "")],
        "subventions": [("dateConvention", ""), ("notificationUE", "peut-être"), ("pourcentageSubvention", "1.5"), ("idBeneficiaire", "90000002700013"),
                        ("nature", "don"), ("datesPeriodeVersement", "fin 2025")],
    }
    for name, schema in (("deliberations", "deliberations-2.1.5.json"), ("subventions", "subventions-2.1.1.json")):
        content = filled.get(f"scdl/{name}.csv")
        found = rows(content)
        if not found:
            fail(f"{name}.csv has no row")
        if name == "deliberations" and not any(all(row[column] for column in row if column.startswith("VOTE_")) for row in found):
            fail("no row has its vote")
        for of in (filled, *others):
            table, withheld = of.get(f"scdl/{name}.csv"), of.get(f"scdl/{name}-withheld.csv")
            # Its guesses of types, from the first lines, are not ours.
            report = frictionless.validate(withheld, format="csv", detector=frictionless.Detector(field_type="string"))
            if not report.valid or b"\r\n" not in withheld:
                fail(f"{name}-withheld.csv of {of.siren}: {report.flatten()[:5]}")
            counts("lines of what is left out", len(rows(withheld)))
            if STANDARDS and rows(table):
                # An empty table is no table for Validata.
                errors = validata(table, Path(STANDARDS) / "scdl" / schema)
                if errors:
                    fail(f"{name}.csv of {of.siren}: {errors}")
                counts(f"rows of {name}.csv", len(rows(table)))
        if STANDARDS:
            for column, value in wrong[name]:
                if not validata(broken(content, column, value), Path(STANDARDS) / "scdl" / schema):
                    fail(f"{name}.csv with {column} {value!r} passes Validata: the check checks nothing")
                counts("wrong ones refused")


# Popolo


def popolo(worlds):
    if not STANDARDS:
        print("conformance-data: Popolo against its schemas: left out, STANDARDS_DIR is not set (the folder of the published schemas)")
        return
    import jsonschema
    from referencing import Registry, Resource
    from referencing.jsonschema import DRAFT3

    schemas = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((Path(STANDARDS) / "popolo").glob("*.json"))]
    registry = Registry().with_resources((schema["id"].rstrip("#"), Resource(schema, DRAFT3)) for schema in schemas)
    registry = registry.with_resources((schema["id"], Resource(schema, DRAFT3)) for schema in schemas)
    by_name = {schema["id"].rsplit("/", 1)[1].removesuffix(".json#"): schema for schema in schemas}
    formats = jsonschema.FormatChecker()

    # Not installed with the library: an hour with its zone, as RFC 3339 has it.
    @formats.checks("date-time", raises=ValueError)
    def _(value):
        import datetime

        return not isinstance(value, str) or datetime.datetime.fromisoformat(value).tzinfo is not None

    def errors(name, one):
        return list(jsonschema.Draft3Validator(by_name[name], registry=registry, format_checker=formats).iter_errors(one))

    samples = {}
    for of in worlds:
        ids = set()
        for plural, name in (("organizations", "organization"), ("persons", "person"), ("memberships", "membership"), ("motions", "motion"), ("vote_events", "vote_event")):
            whole = json.loads(of.get(f"popolo/{plural}.json"))
            if list(whole) != [plural]:
                fail(f"{plural}.json of {of.siren} is {list(whole)}")
            for one in whole[plural]:
                found = errors(name, one)
                if found:
                    fail(f"{plural}.json of {of.siren}, {one.get('id')}: {found}")
                if one["id"] in ids:
                    fail(f"{one['id']} stands twice")
                ids.add(one["id"])
                samples[name] = one
                for field in ("organization_id", "person_id", "motion_id", "parent_id"):
                    if field in one and one[field] not in ids:
                        fail(f"{plural}.json of {of.siren}: {field} {one[field]} is nowhere")
                if name == "vote_event" and one["classification"] == "secret" and ("votes" in one or "group_results" in one):
                    fail(f"who voted how in the secret ballot {one['id']}")
                counts(plural)
    for name, field, value in (("person", "name", 7), ("organization", "founding_date", "juillet 2021"), ("membership", "start_date", "01/07/2021"),
                               ("motion", "date", "2025-09-15 ou 16"), ("vote_event", "counts", [{"option": "yes"}]), ("vote_event", "counts", [{"option": "yes", "value": "4"}])):
        wrong = copy.deepcopy(samples[name]) | {field: value}
        if not errors(name, wrong):
            fail(f"a {name} with {field} {value!r} passes: the check checks nothing")
        counts("wrong ones refused")


# DCAT

# What DCAT-AP 2 makes mandatory, and the class of what a property leads to.
SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix : <urn:shapes:> .
:Catalog a sh:NodeShape ; sh:targetClass dcat:Catalog ;
  sh:property [ sh:path dct:title ; sh:minCount 1 ; sh:datatype rdf:langString ] , [ sh:path dct:description ; sh:minCount 1 ; sh:datatype rdf:langString ] ,
    [ sh:path dct:publisher ; sh:minCount 1 ; sh:maxCount 1 ; sh:class foaf:Agent ] , [ sh:path dcat:dataset ; sh:minCount 1 ; sh:class dcat:Dataset ] ,
    [ sh:path dct:license ; sh:maxCount 1 ; sh:class dct:LicenseDocument ] , [ sh:path dct:language ; sh:class dct:LinguisticSystem ] .
:Dataset a sh:NodeShape ; sh:targetClass dcat:Dataset ;
  sh:property [ sh:path dct:title ; sh:minCount 1 ; sh:datatype rdf:langString ] , [ sh:path dct:description ; sh:minCount 1 ; sh:datatype rdf:langString ] ,
    [ sh:path dct:publisher ; sh:maxCount 1 ; sh:class foaf:Agent ] , [ sh:path dcat:distribution ; sh:minCount 1 ; sh:class dcat:Distribution ] ,
    [ sh:path dct:temporal ; sh:class dct:PeriodOfTime ] , [ sh:path dct:accessRights ; sh:maxCount 1 ; sh:class dct:RightsStatement ] ,
    [ sh:path dct:accrualPeriodicity ; sh:maxCount 1 ; sh:class dct:Frequency ] .
:Distribution a sh:NodeShape ; sh:targetClass dcat:Distribution ;
  sh:property [ sh:path dcat:accessURL ; sh:minCount 1 ; sh:nodeKind sh:IRI ] , [ sh:path dcat:downloadURL ; sh:nodeKind sh:IRI ] ,
    [ sh:path dct:license ; sh:minCount 1 ; sh:maxCount 1 ; sh:class dct:LicenseDocument ] , [ sh:path dct:format ; sh:maxCount 1 ; sh:class dct:MediaTypeOrExtent ] ,
    [ sh:path dcat:mediaType ; sh:maxCount 1 ; sh:class dct:MediaType ] , [ sh:path dct:conformsTo ; sh:class dct:Standard ] .
:Period a sh:NodeShape ; sh:targetClass dct:PeriodOfTime ;
  sh:property [ sh:path dcat:startDate ; sh:maxCount 1 ; sh:datatype xsd:date ] , [ sh:path dcat:endDate ; sh:maxCount 1 ; sh:datatype xsd:date ] .
:Agent a sh:NodeShape ; sh:targetClass foaf:Agent ; sh:property [ sh:path foaf:name ; sh:minCount 1 ] .
"""


def dcat(worlds):
    import rdflib
    from pyshacl import validate
    from rdflib.namespace import DCAT, DCTERMS, RDF

    shapes = rdflib.Graph().parse(data=SHAPES, format="turtle")
    published = sorted(Path(STANDARDS, "dcat-ap").glob("*.ttl")) if STANDARDS else []
    for path in published:
        shapes.parse(path, format="turtle")
    if not published:
        print("conformance-data: the catalogue against the published shapes of DCAT-AP: left out, STANDARDS_DIR has no dcat-ap/; checked against what the profile makes mandatory")
    for of in worlds:
        graph = rdflib.Graph().parse(data=of.get("catalog.jsonld"), format="json-ld")
        good, _, text = validate(graph, shacl_graph=shapes, allow_warnings=True)
        if not good:
            fail(f"the catalogue of {of.siren}: {text}")
        files = list(graph.objects(None, DCAT.downloadURL))
        if len(files) != 12 or len(set(graph.subjects(RDF.type, DCAT.Dataset))) != 4:
            fail(f"the catalogue of {of.siren} has {len(files)} files")
        for address in files:
            with urllib.request.urlopen(str(address)) as answer:
                answer.read()
        counts("triples of catalogues", len(graph))
        for wrong in (
            [(None, DCAT.accessURL, None)],
            [(None, DCTERMS.publisher, None)],
            [(None, RDF.type, DCTERMS.LicenseDocument)],
        ):
            changed = rdflib.Graph()
            changed += graph
            for triple in wrong:
                changed.remove(triple)
            if validate(changed, shacl_graph=shapes, allow_warnings=True)[0]:
                fail(f"a catalogue without {wrong} passes: the check checks nothing")
            counts("wrong ones refused")


# Lines and columns


def lines_and_columns(worlds):
    import pyarrow.parquet

    for of in worlds:
        acts = [json.loads(line) for line in of.get("deliberations.ndjson").splitlines()]
        counts("lines", len(acts) + len(of.get("sittings.ndjson").splitlines()))
        table = pyarrow.parquet.read_table(io.BytesIO(of.get("deliberations.parquet"))).to_pylist()
        votes = {row["DELIB_ID"]: row for row in rows(of.get("scdl/deliberations.csv"))}
        if [row["id"] for row in table] != [act["id"] for act in acts]:
            fail(f"the columns of {of.siren} have other acts than its lines")
        for row, act in zip(table, acts):
            same = {"number": act["number"], "title": act["title"], "kind": act["kind"], "outcome": act["outcome"], "authority": of.siren}
            if any(row[name] != value for name, value in same.items()):
                fail(f"the columns of {of.siren} differ from its lines: {row}")
            in_table = votes.get(row["number"])
            if in_table and [str(row[name] if row[name] is not None else "") for name in ("date", "could_vote", "took_part", "votes_for", "votes_against", "abstentions")] != [
                in_table[name] for name in ("DELIB_DATE", "VOTE_EFFECTIF", "VOTE_REEL", "VOTE_POUR", "VOTE_CONTRE", "VOTE_ABSTENTION")]:
                fail(f"the columns of {of.siren} differ from its table: {row}")
            counts("rows of columns")


filled, other = load()
demo, varied = Loaded("226200012"), Loaded("229900303")
worlds = (filled, other, demo, varied)
tables(filled, (other, demo, varied))
popolo(worlds)
dcat(worlds)
lines_and_columns(worlds)
for what, number in counted.items():
    print(f"conformance-data: {number} {what}")
