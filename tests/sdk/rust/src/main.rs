//! The scenario of every SDK, with openapi-generator: see tests/sdk/python/scenario.py. URL, TOKEN and ACT are of scripts/with-register.

use std::collections::HashSet;
use std::env::var;

use registre_client::apis::configuration::Configuration;
use registre_client::apis::deliberations_api::{GetDeliberationError, get_deliberation};
use registre_client::apis::files_api::{add_deliberation_file, get_file_content};
use registre_client::apis::sittings_api::{add_ballot, add_event, add_sitting, get_attendance, get_ballot};
use registre_client::apis::{Error, bodies_api::list_bodies, me_api::get_me, persons_api::add_person, persons_api::list_persons};
use registre_client::models::*;
use uuid::Uuid;

type Done<T = ()> = Result<T, Box<dyn std::error::Error>>;

fn who(person: Uuid) -> PersonRef {
    PersonRef { person: Some(Some(person)), ..PersonRef::new() }
}

fn entries(status: AttendanceStatus, people: &[Uuid]) -> AttendanceList {
    let entries = people.iter().map(|person| AttendanceEntry { person: Some(Some(*person)), ..AttendanceEntry::new() }).collect();
    AttendanceList { entries: Some(entries), ..AttendanceList::new(status, VotingRight::Voting) }
}

fn cursor(links: &Links) -> Option<String> {
    links.next.as_ref().map(|next| next.split(['?', '&']).find_map(|pair| pair.strip_prefix("cursor=")).expect("a cursor").to_owned())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Done {
    let client = Configuration { base_path: var("URL")?, bearer_access_token: Some(var("TOKEN")?), ..Configuration::default() };
    let act = var("ACT")?.rsplit('/').next().unwrap_or_default().to_owned();

    // Who the token says we are.
    let me = get_me(&client, None).await?;
    assert!(me.sub == "script" && me.scopes.iter().any(|scope| scope.to_string() == "sittings:write"), "{me:?}");

    // A live sitting of four members, one of whom stands aside and one of whom arrives late.
    let body = list_bodies(&client, None, None, None, None, None, None, None, None).await?.data[0].id;
    let mut people = Vec::new();
    for name in ["A", "B", "C", "D"] {
        people.push(add_person(&client, Person::new(format!("RUST-{name}")), None, None).await?.id);
    }
    let item = Uuid::new_v4();
    let recusal = Recusal {
        covers: Some(vec![item]),
        kind: Some(RecusalKind::Interest),
        person: Some(Some(Box::new(who(people[0])))),
        ..Recusal::new(Uuid::new_v4())
    };
    let record = SittingRecord {
        members_in_office: Some(Some(4)),
        proxies: Some(Some(vec![])),
        agenda: Some(vec![AgendaItem { title: Some(Some("Un rapport inventé".to_owned())), ..AgendaItem::new(item) }]),
        attendance: Some(vec![entries(AttendanceStatus::Present, &people[..3]), entries(AttendanceStatus::Absent, &people[3..])]),
        recusals: Some(Some(vec![recusal])),
        ..SittingRecord::new(body, "2025-10-06".parse()?, Origin::Recorded)
    };
    let key = Uuid::new_v4().to_string();
    let made = add_sitting(&client, record.clone(), None, Some(&key)).await?;
    assert_eq!(add_sitting(&client, record, None, Some(&key)).await?.id, made.id, "the same key is carried out once");
    let sitting = made.id.to_string();

    let during = Moment { item: Some(Some(item)), anchor: Some(Anchor::During), ..Moment::new() };
    let arrival = Event {
        person: Some(Some(Box::new(who(people[3])))),
        moment: Some(Box::new(during)),
        ..Event::new(Uuid::new_v4(), EventKind::Arrival)
    };
    add_event(&client, &sitting, arrival, None, None).await?;
    let presence = get_attendance(&client, &sitting, None, Some(&item.to_string()), None, None).await?.presence;
    let state = |person: Uuid| presence.people.iter().find(|one| one.person == Some(person)).map(|one| one.state);
    assert_eq!((state(people[3]), state(people[0])), (Some(PresenceState::Present), Some(PresenceState::Recused)));

    let votes = [(people[1], BallotOption::For), (people[2], BallotOption::For), (people[3], BallotOption::Against)];
    let ballot = Ballot {
        mode: Some(BallotMode::PublicRollCall),
        outcome: Some(Outcome::Adopted),
        roll_call: Some(Some(votes.into_iter().map(|(person, option)| RollCallLine::new(option, who(person))).collect())),
        ..Ballot::new(vec![item], Uuid::new_v4())
    };
    let id = ballot.id.to_string();
    add_ballot(&client, &sitting, ballot, None, None).await?;
    let outcome = get_ballot(&client, &sitting, &id, None, None).await?.outcome;
    assert_eq!((outcome.for_votes, outcome.against_votes), (Some(2), Some(1)));

    // The act, as typed fields; findings are told apart by their figures.
    let read = get_deliberation(&client, &act, None, None, None).await?;
    assert_eq!((read.number.as_deref(), read.seal, &read.ballots[0].election), (Some("2025-302"), None, &None));
    let found = read.findings.iter().find_map(|finding| if let Finding::FindingElectorate(found) = finding { Some(found) } else { None }).expect("the finding");
    assert_eq!(found.code, FindingCode::BallotExceedsElectorate);
    let computed = &found.computed;
    assert_eq!((computed.counted, computed.at_most, computed.members_in_office), (44, 43, None));

    // Not changed since. The client gives no headers and expects a body, so the tag is read beside it, and 304 is no success to it.
    let beside = client.client.get(format!("{}/v1/deliberations/{act}", client.base_path)).bearer_auth(var("TOKEN")?).send().await?;
    let tag = beside.headers().get("etag").expect("a tag").to_str()?.to_owned();
    assert!(matches!(get_deliberation(&client, &act, None, None, Some(&tag)).await, Err(Error::Serde(_))), "a 304 has no body");

    // A list, from page to page to its end.
    let (mut seen, mut next) = (HashSet::new(), None);
    loop {
        let page = list_persons(&client, None, None, None, Some(7), next.as_deref(), None, None).await?;
        assert!(page.data.iter().all(|person| seen.insert(person.id)), "nobody comes twice");
        next = cursor(&page.links);
        if next.is_none() {
            break;
        }
    }
    assert!(seen.len() > 7 && people.iter().all(|person| seen.contains(person)));

    // What is refused is a problem.
    match get_deliberation(&client, &Uuid::new_v4().to_string(), None, None, None).await {
        Err(Error::ResponseError(refused)) => match refused.entity {
            Some(GetDeliberationError::Status400(problem) | GetDeliberationError::Status404(problem)) => assert_eq!(problem.r#type, "/problems/not-found"),
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }

    // An annex, there and back.
    let content = "%PDF-1.7\n% une annexe, en Rust\n";
    let file = std::env::temp_dir().join(format!("annexe-{sitting}.pdf"));
    std::fs::write(&file, content)?;
    let annex = add_deliberation_file(&client, &act, FileRole::Annex, "annexe-rust.pdf", file.clone(), None, None, None).await;
    std::fs::remove_file(&file)?;
    let annex = annex?;
    assert_eq!((annex.media_type.as_str(), annex.size), ("application/pdf", i64::try_from(content.len())?));
    assert_eq!(get_file_content(&client, &annex.id.to_string(), None, None, None, None).await?.text().await?, content);

    #[cfg(feed)]
    feed(&client, &sitting).await?;
    Ok(())
}

/// The change feed, where the contract has it: it tells of the sitting. The module that has it is found by scripts/sdk.
#[cfg(feed)]
async fn feed(client: &Configuration, sitting: &str) -> Done {
    let mut path = "/v1/changes".to_owned();
    loop {
        let answer = client.client.get(format!("{}{path}", client.base_path)).bearer_auth(var("TOKEN")?).send().await?.error_for_status()?;
        let page: serde_json::Value = answer.json().await?;
        if page["data"].to_string().contains(sitting) {
            return Ok(());
        }
        path = page["links"]["next"].as_str().ok_or("the change feed does not tell of the sitting")?.to_owned();
    }
}
