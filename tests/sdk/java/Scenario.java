import java.io.File;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import registre.ApiClient;
import registre.ApiException;
import registre.api.*;
import registre.model.*;

/** The scenario of every SDK, with openapi-generator: see tests/sdk/python/scenario.py. URL, TOKEN and ACT are of scripts/with-register. */
public class Scenario {
  static void check(boolean holds, String what) {
    if (!holds) throw new AssertionError(what);
  }

  static PersonRef who(UUID person) {
    return new PersonRef().person(person);
  }

  static AttendanceList entries(AttendanceStatus status, List<UUID> people) {
    AttendanceList list = new AttendanceList().status(status).votingRight(VotingRight.VOTING);
    people.forEach(person -> list.addEntriesItem(new AttendanceEntry().person(person)));
    return list;
  }

  static RollCallLine line(UUID person, BallotOption option) {
    return new RollCallLine().person(who(person)).option(option);
  }

  static HttpRequest.BodyPublisher bytes(File file) {
    try {
      return HttpRequest.BodyPublishers.ofFile(file.toPath());
    } catch (java.io.FileNotFoundException gone) {
      throw new AssertionError(gone);
    }
  }

  /** The cursor in the address of the next page; null on the last. */
  static String cursor(Links links) {
    if (links.getNext() == null) return null;
    for (String pair : URI.create(links.getNext()).getRawQuery().split("&")) if (pair.startsWith("cursor=")) return pair.substring(7);
    throw new AssertionError("a next page without a cursor");
  }

  public static void main(String[] arguments) throws Exception {
    ApiClient client = new ApiClient();
    client.updateBaseUri(System.getenv("URL"));
    client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + System.getenv("TOKEN")));
    UUID act = UUID.fromString(System.getenv("ACT").replaceAll(".*/", ""));
    SittingsApi sittings = new SittingsApi(client);
    DeliberationsApi deliberations = new DeliberationsApi(client);
    PersonsApi persons = new PersonsApi(client);
    FilesApi files = new FilesApi(client);

    // Who the token says we are.
    Me me = new MeApi(client).getMe(null);
    check(me.getSub().equals("script") && me.getScopes().contains(Scope.SITTINGS_WRITE), "me");

    // A live sitting of four members, one of whom stands aside and one of whom arrives late.
    UUID body = new BodiesApi(client).listBodies(null, null, null, null, null, null, null, null).getData().get(0).getId();
    List<UUID> people = new ArrayList<>();
    for (String name : List.of("A", "B", "C", "D")) people.add(persons.addPerson(new Person().familyName("JAVA-" + name).givenName("Claude"), null, null).getId());
    UUID item = UUID.randomUUID();
    SittingRecord record = new SittingRecord().body(body).origin(Origin.RECORDED).date(LocalDate.of(2025, 10, 6)).membersInOffice(4)
        .proxies(new ArrayList<>())
        .addAgendaItem(new AgendaItem().id(item).title("Un rapport inventé"))
        .addAttendanceItem(entries(AttendanceStatus.PRESENT, people.subList(0, 3)))
        .addAttendanceItem(entries(AttendanceStatus.ABSENT, people.subList(3, 4)))
        .addRecusalsItem(new Recusal().id(UUID.randomUUID()).addCoversItem(item).kind(RecusalKind.INTEREST).person(who(people.get(0))));
    String key = UUID.randomUUID().toString();
    UUID sitting = sittings.addSitting(record, null, key).getId();
    check(sittings.addSitting(record, null, key).getId().equals(sitting), "the same key is carried out once");

    Moment during = new Moment().item(item).anchor(Anchor.DURING);
    sittings.addEvent(sitting, new Event().id(UUID.randomUUID()).kind(EventKind.ARRIVAL).person(who(people.get(3))).moment(during), null, null);
    for (Attendee attendee : sittings.getAttendance(sitting, null, item, null, null).getPresence().getPeople()) {
      if (attendee.getPerson().equals(people.get(3))) check(attendee.getState() == PresenceState.PRESENT, "who arrived is there");
      if (attendee.getPerson().equals(people.get(0))) check(attendee.getState() == PresenceState.RECUSED, "who stands aside is recused");
    }
    Ballot ballot = new Ballot().id(UUID.randomUUID()).addCoversItem(item).mode(BallotMode.PUBLIC_ROLL_CALL).outcome(Outcome.ADOPTED)
        .addRollCallItem(line(people.get(1), BallotOption.FOR))
        .addRollCallItem(line(people.get(2), BallotOption.FOR))
        .addRollCallItem(line(people.get(3), BallotOption.AGAINST));
    sittings.addBallot(sitting, ballot, null, null);
    OutcomeReading outcome = sittings.getBallot(sitting, ballot.getId(), null, null).getOutcome();
    check(outcome.getForVotes() == 2 && outcome.getAgainstVotes() == 1, "the outcome");

    // The act, as typed fields; findings are told apart by their figures.
    var response = deliberations.getDeliberationWithHttpInfo(act, null, null, null);
    DeliberationAnswer read = response.getData();
    check(read.getNumber().equals("2025-302") && read.getSeal() == null && read.getBallots().get(0).getElection() == null, "the act");
    FindingElectorate found = read.getFindings().stream().map(Finding::getActualInstance).filter(FindingElectorate.class::isInstance)
        .map(FindingElectorate.class::cast).findFirst().orElseThrow();
    check(found.getCode() == FindingCode.BALLOT_EXCEEDS_ELECTORATE, "the finding");
    ComputedElectorate computed = found.getComputed();
    check(computed.getCounted() == 44 && computed.getAtMost() == 43 && computed.getMembersInOffice() == null, "the figures");

    // Not changed since: the client knows success and failure, and takes this for the latter.
    try {
      int status = deliberations.getDeliberationWithHttpInfo(act, null, null, response.getHeaders().get("etag").get(0)).getStatusCode();
      check(status == 304, "304");
    } catch (ApiException unchanged) {
      check(unchanged.getCode() == 304, "304");
    }

    // A list, from page to page to its end.
    Set<UUID> seen = new HashSet<>();
    String cursor = null;
    do {
      ListPersonAnswer page = persons.listPersons(null, null, null, 7, cursor, null, null);
      page.getData().forEach(person -> check(seen.add(person.getId()), "nobody comes twice"));
      cursor = cursor(page.getLinks());
    } while (cursor != null);
    check(seen.size() > 7 && seen.containsAll(people), "everybody comes");

    // What is refused is a problem.
    try {
      deliberations.getDeliberation(UUID.randomUUID(), null, null, null);
      throw new AssertionError("found what is not there");
    } catch (ApiException refused) {
      Problem problem = ApiClient.createDefaultObjectMapper().readValue(refused.getResponseBody(), Problem.class);
      check(refused.getCode() == 404 && problem.getType().equals("/problems/not-found"), "a problem");
    }

    // An annex, there and back. This client would send the name of the file as JSON: the interceptor sends its bytes.
    byte[] content = "%PDF-1.7\n% une annexe, en Java\n".getBytes(StandardCharsets.UTF_8);
    File file = Files.createTempFile("annexe", ".pdf").toFile();
    Files.write(file.toPath(), content);
    ApiClient sender = new ApiClient();
    sender.updateBaseUri(System.getenv("URL"));
    sender.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + System.getenv("TOKEN")).POST(bytes(file)));
    FileAnswer annex = new FilesApi(sender).addDeliberationFile(act, FileRole.ANNEX, "annexe-java.pdf", file, null, null, null);
    check(annex.getMediaType().equals("application/pdf") && annex.getSize() == content.length, "an annex");
    check(java.util.Arrays.equals(Files.readAllBytes(files.getFileContent(annex.getId(), null, null, null, null).toPath()), content), "its bytes");
    file.delete();

    // The change feed, where the contract has it (FEED): it tells of the sitting.
    if ("yes".equals(System.getenv("FEED"))) check(Feed.tells(client, sitting), "the change feed does not tell of the sitting");
  }
}
