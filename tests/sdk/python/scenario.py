"""The scenario of every SDK: a sitting is recorded, an act is read, and what the contract promises of answers holds in typed code.

URL and TOKEN name a register of the demonstration (scripts/with-register).
"""

import datetime
import importlib
import os
import pathlib
import uuid
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

from registre_client import AuthenticatedClient
from registre_client.api.bodies import list_bodies
from registre_client.api.deliberations import get_deliberation
from registre_client.api.files import add_deliberation_file, get_file_content
from registre_client.api.me import get_me
from registre_client.api.persons import add_person, list_persons
from registre_client.api.sittings import add_ballot, add_event, add_sitting, get_attendance, get_ballot
from registre_client.models import (
    AgendaItem, Anchor, AttendanceEntry, AttendanceList, AttendanceStatus, Ballot, BallotMode, BallotOption, DeliberationAnswer,
    Event, EventKind, FileAnswer, FileRole, FindingElectorate, Moment, Origin, Outcome, Person, PersonRef, Problem, Receipt, Recusal, RecusalKind, RollCallLine, SittingRecord, VotingRight,
)
from registre_client.types import UNSET, File

ACT = uuid.UUID(os.environ["ACT"].rsplit("/", 1)[1])
client = AuthenticatedClient(base_url=os.environ["URL"], token=os.environ["TOKEN"])


def made(response):
    assert response.status_code == 201, response.content
    return response.parsed


# Who the token says we are.
me = get_me.sync(client=client)
assert me.sub == "script" and "sittings:write" in me.scopes, me

# A live sitting of four members, one of whom stands aside and one of whom arrives late.
body = list_bodies.sync(client=client).data[0]
people = [made(add_person.sync_detailed(client=client, body=Person(family_name=f"PYTHON-{n}", given_name="Claude"))).id for n in range(4)]
item = uuid.uuid4()


def entries(status, who):
    return AttendanceList(status=status, voting_right=VotingRight.VOTING, entries=[AttendanceEntry(person=one) for one in who])


record = SittingRecord(
    body=body.id, origin=Origin.RECORDED, date=datetime.date(2025, 10, 6), members_in_office=4, proxies=[],
    agenda=[AgendaItem(id=item, title="Un rapport inventé")],
    attendance=[entries(AttendanceStatus.PRESENT, people[:3]), entries(AttendanceStatus.ABSENT, people[3:])],
    recusals=[Recusal(id=uuid.uuid4(), covers=[item], kind=RecusalKind.INTEREST, person=PersonRef(person=people[0]))],
)
key = str(uuid.uuid4())
sitting = made(add_sitting.sync_detailed(client=client, body=record, idempotency_key=key))
assert isinstance(sitting, Receipt) and sitting.version == 1
again = add_sitting.sync(client=client, body=record, idempotency_key=key)
assert again.id == sitting.id, "the same key is carried out once"

arrival = Event(id=uuid.uuid4(), kind=EventKind.ARRIVAL, person=PersonRef(person=people[3]), moment=Moment(item=item, anchor=Anchor.DURING))
made(add_event.sync_detailed(sitting.id, client=client, body=arrival))
there = {attendee.person: attendee.state.value for attendee in get_attendance.sync(sitting.id, client=client, item=item).presence.people}
assert (there[people[3]], there[people[0]]) == ("present", "recused"), there


def line(who, option):
    return RollCallLine(person=PersonRef(person=who), option=option)


lines = [line(people[1], BallotOption.FOR), line(people[2], BallotOption.FOR), line(people[3], BallotOption.AGAINST)]
ballot = Ballot(id=uuid.uuid4(), covers=[item], mode=BallotMode.PUBLIC_ROLL_CALL, roll_call=lines, outcome=Outcome.ADOPTED)
made(add_ballot.sync_detailed(sitting.id, client=client, body=ballot))
reading = get_ballot.sync(sitting.id, ballot.id, client=client)
assert (reading.outcome.for_votes, reading.outcome.against_votes) == (2, 1), reading.outcome

# The act, as typed fields; findings are told apart by their figures.
response = get_deliberation.sync_detailed(ACT, client=client)
act = response.parsed
assert isinstance(act, DeliberationAnswer) and act.number == "2025-302" and act.ballots[0].election is None, (act.number, act.ballots[0])
found = next(finding for finding in act.findings if finding.code.value == "ballot.exceeds_electorate")
assert isinstance(found, FindingElectorate) and (found.computed.counted, found.computed.at_most) == (44, 43), found
assert found.computed.members_in_office is None and found.waiver is None and act.seal is None

# Not changed since.
unchanged = get_deliberation.sync_detailed(ACT, client=client, if_none_match=response.headers["etag"])
assert unchanged.status_code == 304 and not unchanged.content

# A list, from page to page to its end.
seen, cursor = [], UNSET
while True:
    page = list_persons.sync(client=client, limit=7, cursor=cursor)
    seen += [person.id for person in page.data]
    if page.links.next_ is None:
        break
    cursor = parse_qs(urlsplit(page.links.next_).query)["cursor"][0]
assert len(set(seen)) == len(seen) > 7 and set(people) <= set(seen)

# What is refused is a problem.
refused = add_sitting.sync(client=client, body=SittingRecord(body=uuid.uuid4(), origin=Origin.RECORDED, date=datetime.date(2025, 10, 6)))
assert isinstance(refused, Problem) and refused.status == 422 and refused.errors[0].pointer == "/body", refused
assert get_deliberation.sync(uuid.uuid4(), client=client).type_ == "/problems/not-found"

# An annex, there and back. Of the types that a file may have this client always names the last: the hook names the one that it has.
content = b"%PDF-1.7\n% une annexe, en Python\n"


def typed(request):
    if request.url.path.endswith("/files"):
        request.headers["Content-Type"] = "application/pdf"


client.get_httpx_client().event_hooks = {"request": [typed]}
annex = made(add_deliberation_file.sync_detailed(
    ACT, client=client, body=File(payload=BytesIO(content)), role=FileRole.ANNEX, name="annexe-python.pdf"))
assert isinstance(annex, FileAnswer) and annex.media_type == "application/pdf" and annex.size == len(content), annex
assert get_file_content.sync(annex.id, client=client).payload.read() == content

# The change feed, where the contract has it: it tells of the sitting.
api = pathlib.Path(importlib.import_module("registre_client").__file__).parent / "api"
feeds = [path for path in api.glob("*/*.py") if '"/v1/changes"' in path.read_text() and '"method": "get"' in path.read_text()]
if feeds:
    changes = importlib.import_module(f"registre_client.api.{feeds[0].parent.name}.{feeds[0].stem}")
    cursor, told = UNSET, False
    while not told:
        page = changes.sync(client=client, cursor=cursor)
        told = any(str(sitting.id) in str(change.to_dict()) for change in page.data)
        if page.links.next_ is None:
            break
        cursor = parse_qs(urlsplit(page.links.next_).query)["cursor"][0]
    assert told, "the change feed does not tell of the sitting"
