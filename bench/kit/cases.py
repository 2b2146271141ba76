"""What is measured: for each case the requests, the same bytes for nginx, and what the database is asked."""
import itertools, random, urllib.parse
from dataclasses import dataclass, field

from .load import Request
from .register import SIREN

WORDS = ("soutien associations aménagement routes rénovation collèges aide lecture protection enfance insertion emploi vélo sites naturels habitat "
         "logement accueil âgées débit musées archives").split()


@dataclass
class Case:
    name: str
    requests: list
    # Settings that the register is started with.
    settings: dict = field(default_factory=dict)
    # The least that issue and project aim at, of nginx or of pgbench.
    of_nginx: float | None = None
    of_pgbench: float | None = None
    # Whether it is sent as a conditional request.
    conditional: bool = False
    # Requests whose statements pgbench runs; none: it is answered from memory.
    asked: int = 0
    each: bool = False
    # Whether it is about answers that are prepared.
    prepared: bool = False


# The least there is: a few dozen answers, of thousands that are asked for.
NO_MEMORY = {"ANSWER_CACHE_MIB": 1}
# Nor in the store. The first case, since the others find there what was prepared.
NOT_PREPARED = NO_MEMORY | {"PREPARE_ANSWERS": "false"}


def cases(register):
    dice = random.Random(20261125)
    ids = register.sql("SELECT id FROM deliberations WHERE authority = '%s' ORDER BY id LIMIT 1000000" % SIREN)
    some = dice.sample(ids, min(20_000, len(ids)))
    act = lambda id: Request(f"/v1/deliberations/{id}")
    hot = act(some[0])
    token = register.token(scope="records:read")
    page = f"/v1/deliberations?authority={SIREN}"
    # A page of each kind of act in each year: small filters, and pages deep in the list.
    pages = [Request(f"{page}&date_to={year}-{month:02}-28") for year in range(1990, 2025) for month in range(1, 13)]
    search = [Request(f"/v1/search?authority={SIREN}&limit=20&q={urllib.parse.quote(a + ' ' + b)}") for a, b in itertools.combinations(WORDS, 2)]
    tag = register.ask("GET", hot.path, raw=True)[2]["ETag"]
    head = register.ask("GET", f"/v1/changes?authority={SIREN}&from=now", token)["cursor"]
    cursor = register.ask("GET", f"/v1/changes?authority={SIREN}&limit=200", token)["cursor"]
    yield Case("an act put together", [act(id) for id in some], NOT_PREPARED, asked=20)
    yield Case("an act, hot", [hot], of_nginx=1.0)
    yield Case("an act, hot, with a token", [Request(hot.path, token=token)])
    yield Case("an act, not modified (304)", [Request(hot.path, header=f"If-None-Match: {tag}")], of_nginx=1.0, conditional=True)
    yield Case("an act never read before", [act(id) for id in some], NO_MEMORY, asked=20, prepared=True)
    yield Case("a page of 50", [Request(page)], of_nginx=0.5)
    yield Case("a page of 50 never read before", pages, NO_MEMORY, asked=20)
    yield Case("search", search, of_nginx=None)
    yield Case("search never made before", search, NO_MEMORY, of_pgbench=0.6, asked=20)
    yield Case("change feed, the tail (nothing new)", [Request(f"/v1/changes?authority={SIREN}&cursor={head}", token=token)], asked=5)
    yield Case("change feed, a page of 50", [Request(f"/v1/changes?authority={SIREN}&cursor={cursor}&limit=50", token=token)], asked=5)
    calls = [Request(path, "POST", token, body=body) for path, token, body in register.live(32, 24, 60)]
    dice.shuffle(calls)
    yield Case("a roll call of 44, durable", calls, of_pgbench=0.5, asked=20, each=True)
