"""The scenario of every SDK, with openapi-generator: see tests/sdk/python/scenario.py. URL, TOKEN and ACT are of scripts/with-register."""

import datetime
import os
import uuid
from urllib.parse import parse_qs, urlsplit

import registre_api as registre
from registre_api.exceptions import ApiException, NotFoundException, UnprocessableEntityException

client = registre.ApiClient(registre.Configuration(host=os.environ["URL"], access_token=os.environ["TOKEN"]))
sittings, deliberations = registre.SittingsApi(client), registre.DeliberationsApi(client)
persons, files = registre.PersonsApi(client), registre.FilesApi(client)
act = uuid.UUID(os.environ["ACT"].rsplit("/", 1)[1])


def who(person):
    return registre.PersonRef(person=person)


def entries(status, people):
    return registre.AttendanceList(status=status, voting_right="voting", entries=[registre.AttendanceEntry(person=one) for one in people])


def cursor_of(links):
    return parse_qs(urlsplit(links.next).query)["cursor"][0] if links.next else None


# Who the token says we are.
me = registre.MeApi(client).get_me()
assert me.sub == "script" and "sittings:write" in me.scopes, me

# A live sitting of four members, one of whom stands aside and one of whom arrives late.
body = registre.BodiesApi(client).list_bodies().data[0].id
people = [persons.add_person(registre.Person(family_name=f"PYDANTIC-{n}", given_name="Claude")).id for n in range(4)]
item = uuid.uuid4()
record = registre.SittingRecord(
    body=body, origin="recorded", var_date=datetime.date(2025, 10, 6), members_in_office=4, proxies=[],
    agenda=[registre.AgendaItem(id=item, title="Un rapport inventé")],
    attendance=[entries("present", people[:3]), entries("absent", people[3:])],
    recusals=[registre.Recusal(id=uuid.uuid4(), covers=[item], kind="interest", person=who(people[0]))],
)
key = str(uuid.uuid4())
sitting = sittings.add_sitting(record, idempotency_key=key).id
assert sittings.add_sitting(record, idempotency_key=key).id == sitting, "the same key is carried out once"

moment = registre.Moment(item=item, anchor="during")
sittings.add_event(sitting, registre.Event(id=uuid.uuid4(), kind="arrival", person=who(people[3]), moment=moment))
there = {attendee.person: attendee.state.value for attendee in sittings.get_attendance(sitting, item=item).presence.people}
assert (there[people[3]], there[people[0]]) == ("present", "recused"), there

votes = [(people[1], "for"), (people[2], "for"), (people[3], "against")]
roll_call = [registre.RollCallLine(person=who(person), option=option) for person, option in votes]
ballot = registre.Ballot(id=uuid.uuid4(), covers=[item], mode="public_roll_call", roll_call=roll_call, outcome="adopted")
sittings.add_ballot(sitting, ballot)
outcome = sittings.get_ballot(sitting, ballot.id).outcome
assert (outcome.for_votes, outcome.against_votes) == (2, 1), outcome

# The act, as typed fields; findings are told apart by their figures.
answer = deliberations.get_deliberation_with_http_info(act)
read = answer.data
assert read.number == "2025-302" and read.seal is None and read.ballots[0].election is None
found = next(one.actual_instance for one in read.findings if one.actual_instance.code.value == "ballot.exceeds_electorate")
assert isinstance(found, registre.FindingElectorate), found
computed = found.computed
assert (computed.counted, computed.at_most, computed.members_in_office) == (44, 43, None), computed

# Not changed since: the client knows success and failure, and takes this for the latter.
try:
    status = deliberations.get_deliberation_with_http_info(act, if_none_match=answer.headers["etag"]).status_code
except ApiException as unchanged:
    status = unchanged.status
assert status == 304, status

# A list, from page to page to its end.
seen, cursor = [], None
while True:
    page = persons.list_persons(limit=7, cursor=cursor)
    seen += [person.id for person in page.data]
    cursor = cursor_of(page.links)
    if cursor is None:
        break
assert len(set(seen)) == len(seen) > 7 and set(people) <= set(seen)

# What is refused is a problem.
try:
    sittings.add_sitting(registre.SittingRecord(body=uuid.uuid4(), origin="recorded", var_date=datetime.date(2025, 10, 6)))
    raise AssertionError("it was not refused")
except UnprocessableEntityException as refused:
    assert refused.data.status == 422 and refused.data.errors[0].pointer == "/body", refused
try:
    deliberations.get_deliberation(uuid.uuid4())
    raise AssertionError("found what is not there")
except NotFoundException as missing:
    assert missing.data.type == "/problems/not-found", missing

# An annex, there and back.
content = b"%PDF-1.7\n% une annexe, en Python\n"
annex = files.add_deliberation_file(act, "annex", "annexe-pydantic.pdf", content)
assert annex.media_type == "application/pdf" and annex.size == len(content), annex
assert bytes(files.get_file_content(annex.id)) == content

# The change feed, where the contract has it (FEED): it tells of the sitting.
if os.environ.get("FEED") == "yes":
    feeds = [getattr(registre, name) for name in dir(registre) if name.endswith("Api") and hasattr(getattr(registre, name), "list_changes")]
    assert feeds, "the contract has a change feed, and the SDK has no list_changes"
    cursor = None
    while True:
        page = feeds[0](client).list_changes(cursor=cursor)
        if str(sitting) in page.to_json():
            break
        cursor = cursor_of(page.links)
        assert cursor, "the change feed does not tell of the sitting"
