//! Two hundred acts of one invented department, of every shape, with texts that break what is written carelessly. Everything follows from the
//! number of the act: the same each time.

use registre::record::{Body, DeliberationRecord, Group, Id, Mandate, Person, Siren, SittingRecord, Visibility};
use registre::register::{Actor, Entry, LogSigner, Register};
use registre::store::{Blobs, Store};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

pub const SIREN: &str = "229900303";
pub const ACTS: usize = 200;
const BY_SITTING: usize = 10;
const MEMBERS: usize = 24;

/// Texts that are markup, formulas or worse somewhere.
const HOSTILE: [&str; 12] = [
    "<script>alert('x')</script>",
    "=HYPERLINK(\"https://evil.example\";\"cliquez\")",
    "\u{202e}elbisivni te\u{202c} \u{2066}isolé\u{2069}",
    "]]> <!-- & &amp; &#x3c;b&#x3e; -->",
    "#set page(width: 1pt) $x^2$ *gras* _it_ @ref `code` \\par",
    "{{ 7 * 7 }} {% raw %} ${jndi:x}",
    "+33 1 ; \"guillemets\" ; 'apostrophes' ; l’été",
    "\" onmouseover=\"alert(1)\" x=\"",
    "@SUM(A1:A9)",
    "-1+1|cmd",
    "e\u{301}té 👩‍👩‍👧 ﷽ مرحبا שלום",
    "'; DROP TABLE deliberations; --",
];

const FAMILIES: [&str; MEMBERS] = [
    "D'ALEMBERT",
    "L'HERMITE",
    "O'CONNOR",
    "LE GOFF",
    "DE LA TOUR D'AUVERGNE",
    "ÇELIK",
    "ÑUÑEZ",
    "ŒUVRARD",
    "MARTIN-DUPONT",
    "SAINT-ÉXUPÈRE",
    "VAN DEN BERGH",
    "LÛ",
    "Ö",
    "NGUYỄN",
    "BERNARD",
    "PETIT",
    "ROBERT",
    "DURAND",
    "MOREAU",
    "SIMON",
    "LAURENT",
    "LEFÈBVRE",
    "ROUX",
    "DAVID",
];

fn uuid(kind: usize, number: usize) -> String {
    format!("01977e70-{kind:04}-7000-8000-{number:012}")
}

fn of<T: DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}

pub fn id(text: &str) -> Id {
    text.parse().unwrap()
}

pub fn act_id(number: usize) -> String {
    uuid(9, number)
}

pub fn sitting_id(number: usize) -> String {
    uuid(5, number)
}

fn member(place: usize) -> Value {
    json!({ "civility": if place.is_multiple_of(2) { "Mme" } else { "M." }, "given_name": "Prénom", "family_name": FAMILIES[place], "person": uuid(3, place + 1) })
}

fn group_of(place: usize) -> Option<usize> {
    // Six are in no group.
    (place < 18).then_some(place % 3 + 1)
}

fn group_name(group: usize) -> &'static str {
    ["Groupe Écologie, Solidarité et Territoires", "Groupe « L'Avenir »", "Groupe <b>Union</b> & Progrès"][group - 1]
}

/// The sitting with that number, and its acts.
fn sitting(number: usize) -> Value {
    let items: Vec<Value> = (0..BY_SITTING).map(|place| number * BY_SITTING + place).map(item).collect();
    let ballots: Vec<Value> = (0..BY_SITTING).flat_map(|place| ballots(number * BY_SITTING + place)).collect();
    let present: Vec<Value> = (0..MEMBERS - 3).map(entry).collect();
    let excused: Vec<Value> = (MEMBERS - 3..MEMBERS).map(entry).collect();
    let (year, month) = (2019 + number / 10, number % 10 + 1);
    json!({
        "body": uuid(1, 1), "origin": "transcribed", "date": format!("{year}-{month:02}-15"), "place": format!("Hôtel du Département {}", HOSTILE[number % HOSTILE.len()]),
        "starts": { "text": "9 h 30", "at": format!("{year}-{month:02}-15T08:30:00Z") }, "members_in_office": MEMBERS,
        "chairs": [{ "person": member(0), "capacity": "president" }], "secretaries": [{ "person": member(1) }],
        "attendance": [{ "status": "present", "voting_right": "voting", "entries": present }, { "status": "excused_represented", "voting_right": "voting", "entries": excused }],
        "proxies": [{ "giver": member(21), "holder": member(2) }, { "giver": member(22), "holder": member(3) }, { "giver": member(23), "holder": member(4) }],
        "recusals": (0..BY_SITTING).map(|place| number * BY_SITTING + place).filter(|act| act % 7 == 3).map(recusal).collect::<Vec<_>>(),
        "agenda": items, "ballots": ballots,
    })
}

fn entry(place: usize) -> Value {
    let mut entry = member(place);
    if let Some(group) = group_of(place) {
        entry["group"] = json!(group_name(group));
    }
    entry
}

fn item(act: usize) -> Value {
    json!({ "id": uuid(6, act), "label": (act % BY_SITTING + 1).to_string(), "title": title(act), "status": "taken", "rapporteurs": [member(act % MEMBERS)], "report_number": act.to_string() })
}

fn recusal(act: usize) -> Value {
    json!({ "id": uuid(7, act), "person": member(5), "covers": [uuid(6, act)], "kind": "interest", "took_part_in_debate": false, "took_part_in_vote": false })
}

fn title(act: usize) -> String {
    let words = "Attribution de participations départementales au titre du schéma d'accessibilité des services au public ";
    match act % 10 {
        // About twelve lines of a printed page.
        3 => words.repeat(9).trim().to_owned(),
        6 => format!("Objet {} n° {act}", HOSTILE[act / 10 % HOSTILE.len()]),
        8 => format!("MotSansEspace{}", "trèslong".repeat(40)),
        _ => format!("Délibération d'épreuve n° {act} : l'été à l'école"),
    }
}

fn groups_for(counts: &[usize]) -> Value {
    let entry =
        |(place, count): (usize, &usize)| json!({ "kind": "group", "group": uuid(2, place + 1), "printed": group_name(place + 1), "count": count });
    counts.iter().enumerate().map(entry).collect()
}

/// Recused members do not vote: one less may.
fn voters(act: usize) -> usize {
    if act % 7 == 3 { MEMBERS - 1 } else { MEMBERS }
}

fn ballots(act: usize) -> Vec<Value> {
    let all = voters(act);
    let option = |option: &str, count: Value, entries: Value| json!({ "option": option, "count": count, "entries": entries });
    let base = |more: Value| {
        let mut ballot = json!({ "id": uuid(8, act * 10), "covers": [uuid(6, act)], "mode": "public_roll_call", "outcome": outcome(act) });
        more.as_object().unwrap().iter().for_each(|(name, value)| ballot[name] = value.clone());
        ballot
    };
    let none = json!([]);
    match act % 20 {
        0 => vec![base(
            json!({ "options": [option("for", json!(all), none.clone()), option("against", json!(0), none.clone()), option("abstention", json!(0), none)], "unanimity": { "text": "À l'unanimité" } }),
        )],
        1 => vec![base(
            json!({ "options": [option("for", json!(16), groups_for(&[6, 5, 5])), option("against", json!(all - 18), json!([{ "kind": "non_affiliated", "printed": "Non-inscrits", "count": all - 18 }])), option("abstention", json!(2), json!([{ "kind": "person", "person": uuid(3, 1), "printed": HOSTILE[act / 20 % HOSTILE.len()] }]))] }),
        )],
        2 => vec![base(
            json!({ "mode": "secret", "options": [option("for", json!(15), none.clone()), option("against", json!(all - 17), none.clone()), option("blank", json!(2), none)] }),
        )],
        3 => vec![base(
            json!({ "kind": "election", "mode": "secret", "election": { "office": "Représentant à l'office", "seats": 1, "method": "majority", "rounds": [
            { "voters": all, "blank": 1, "void": 0, "votes_cast": all - 1, "majority_needed": all / 2 + 1, "candidates": [{ "people": [member(7)], "votes": 11 }, { "list": "Liste <i>commune</i>", "people": [member(8), member(9)], "votes": all - 12 }] },
            { "voters": all, "blank": 0, "void": 0, "votes_cast": all, "candidates": [{ "people": [member(7)], "votes": all }] }], "elected": [{ "person": member(7) }] } }),
        )],
        4 => vec![base(json!({ "mode": "unstated", "options": [] }))],
        5 => vec![base(json!({ "options": [option("for", json!(all), none), option("against", Value::Null, json!([]))] }))],
        7 => {
            let line = |place: usize| json!({ "person": member(place), "option": (["for", "against", "abstention", "for"][place % 4]), "by_proxy": if place >= 21 { member(place - 19) } else { Value::Null } });
            let counted = |option: &str| (0..MEMBERS).filter(|place| (act % 7 != 3 || *place != 5) && line(*place)["option"] == option).count();
            let counts = ["for", "against", "abstention"].map(|name| option(name, json!(counted(name)), json!([])));
            let roll: Vec<Value> = (0..MEMBERS).filter(|place| act % 7 != 3 || *place != 5).map(line).collect();
            vec![base(json!({ "options": counts, "roll_call": roll }))]
        }
        9 => {
            vec![base(json!({ "options": [option("for", json!(3), none.clone()), option("against", json!(all - 3), none)], "outcome": "rejected" }))]
        }
        11 => {
            let amendment = json!({ "id": uuid(8, act * 10 + 1), "covers": [uuid(6, act)], "target": { "kind": "amendment", "label": "amendement n° 2", "text": HOSTILE[0], "author": "Groupe « L'Avenir »" }, "mode": "show_of_hands",
                "options": [option("for", json!(all - 4), json!([])), option("against", json!(4), json!([]))], "outcome": "adopted" });
            vec![amendment, base(json!({ "options": [option("for", json!(all), json!([]))] }))]
        }
        13 => Vec::new(),
        // The totals cannot be: more than there are members.
        15 => vec![base(
            json!({ "options": [option("for", json!(MEMBERS + 20), json!([])), option("against", json!(0), json!([])), option("abstention", json!(1), json!([]))] }),
        )],
        17 => vec![base(
            json!({ "options": [option("for", json!(all - 1), json!([{ "kind": "group", "group": uuid(2, 1), "printed": group_name(1) }, { "kind": "group", "group": uuid(2, 2), "printed": group_name(2), "exceptions": [member(4)] }])), option("abstention", json!(1), json!([{ "kind": "person", "person": uuid(3, 5) }]))] }),
        )],
        _ => vec![base(
            json!({ "mode": "show_of_hands", "options": [option("for", json!(all - 5), json!([])), option("against", json!(3), json!([])), option("abstention", json!(2), json!([]))], "voters": all, "votes_cast": all - 2 }),
        )],
    }
}

fn outcome(act: usize) -> &'static str {
    match act % 20 {
        3 => "elected",
        4 => "decided_vote_unstated",
        9 => "rejected",
        11 => "adopted_as_amended",
        13 => "noted",
        _ => "adopted",
    }
}

fn money(cents: i64) -> Value {
    json!({ "amount": format!("{}.{:02}", cents / 100, cents % 100), "currency": "EUR" })
}

fn act(number: usize) -> Value {
    let hostile = HOSTILE[number % HOSTILE.len()];
    let mut act = json!({
        "sitting": sitting_id(number / BY_SITTING), "origin": "transcribed", "agenda_items": [uuid(6, number)], "title": title(number), "outcome": outcome(number),
        "kind": match number % 20 { 3 => "election", 13 => "information", _ => "deliberation" },
        "numbers": [{ "kind": "act", "value": format!("{}-{number}", 2019 + number / 100) }],
        "formulas": { "body": "La Commission permanente", "deliberation": "Après en avoir délibéré,", "decision": "DÉCIDE :" },
        "recitals": [{ "text": "Vu le code général des collectivités territoriales ;" }, { "form": "considering", "text": format!("Considérant {hostile} la 1^{{ère}} demande,"), "children": [{ "form": "considering", "text": "d'une part ;" }, { "form": "considering", "text": "d'autre part." }] }],
        "articles": [{ "position": 1, "label": "Article 1er :", "text": format!("D'approuver {hostile}.") }, { "position": 2, "label": "Article 2 :", "text": "De charger le Président de l'exécution.", "children": [{ "label": "a)", "text": "en 2020 ;" }, { "label": "b)", "text": "en 2021." }] }],
        "signatures": [{ "authority_title": "LE PRÉSIDENT,", "authority": { "given_name": "Prénom", "family_name": "D'ALEMBERT" }, "mark": "Signé", "place": "ÉPREUVE", "date": "2025-01-02" }],
        "annexes": [{ "label": "annexe 1", "title": format!("Tableau {hostile}") }],
        "matter_codes": if number.is_multiple_of(4) { json!([]) } else { json!([{ "code": (["7.5", "7.10", "8.2", "9.1"][number % 4]) }]) },
        "effect": "neither", "transmissible": "yes",
    });
    match number % 10 {
        2 => {
            let beneficiary = |n: usize| {
                json!({ "name": format!("Association {n} {}", HOSTILE[n % HOSTILE.len()]), "siret": { "text": "453 837 957 00043", "digits": "45383795700043" }, "object": "Fonctionnement", "article": 1,
                "sub_heading": format!("Canton {}", n / 50), "amount": money(10_000 + i64::try_from(n).unwrap()) })
            };
            act["beneficiaries"] = (0..200).map(beneficiary).collect();
        }
        5 => {
            let line = |n: i64| json!({ "operation_code": format!("C{n:02}"), "budget_entry": "6568//9365", "operation_label": hostile, "payment_credits": money(10_000_000), "expense": money(1_178_000 + n) });
            let table = |n: i64| json!({ "introduced_by_article": 2, "budget_name": format!("Budget {n}"), "exercise_year": "2020", "lines": (0..n * 20).map(line).collect::<Vec<_>>(), "total": money(1_178_000 * n) });
            act["budget_tables"] = (1..=3).map(table).collect();
        }
        4 => {
            act["beneficiaries"] = json!([{ "kind": "natural_person", "name": "PERSONNE-CACHÉE", "object": "Bourse", "article": 1, "amount": money(30_000) }, { "name": "Club d'épreuve", "object": "Salle", "article": 1, "amount": money(50_000) }])
        }
        _ => {}
    }
    act
}

fn actor(sub: &str) -> Actor {
    Actor { sub: sub.to_owned(), authority: SIREN.parse::<Siren>().unwrap(), may_waive: false }
}

/// Loads the department, its members, twenty sittings and two hundred acts, and shows all of it to the public.
pub fn load(register: &Register) {
    let by = actor("varied");
    let authority = json!({ "siren": SIREN, "name": "Département d'Épreuve", "kind": "department", "siret": "229 900 303 00012", "department_code": "099", "visibility": "public" });
    register.add_authority(&by, None, &of(authority)).unwrap();
    let add = |text: String, entry: Entry| register.add_entry(&by, None, id(&text), &entry).unwrap();
    let body = json!({ "name": "Commission permanente du Conseil départemental d'Épreuve", "kind": "departmental_permanent_commission", "visibility": "public", "public_minutes": true });
    add(uuid(1, 1), Entry::Body(of::<Body>(body)));
    for group in 1..=3 {
        add(uuid(2, group), Entry::Group(of::<Group>(json!({ "name": group_name(group), "visibility": "public" }))));
    }
    for place in 0..MEMBERS {
        let mut person = member(place);
        person.as_object_mut().unwrap().remove("person");
        person["visibility"] = json!("public");
        add(uuid(3, place + 1), Entry::Person(of::<Person>(person)));
        let group = group_of(place);
        let mandate = json!({ "person": uuid(3, place + 1), "body": uuid(1, 1), "voting_right": "voting", "visibility": "public",
            "affiliation": if group.is_some() { "group" } else { "non_affiliated" }, "group": group.map(|group| uuid(2, group)) });
        add(uuid(4, place + 1), Entry::Mandate(of::<Mandate>(mandate)));
    }
    for number in 0..ACTS / BY_SITTING {
        register.add_sitting(&by, None, id(&sitting_id(number)), of::<SittingRecord>(sitting(number))).unwrap();
        register.show_sitting(&by, id(&sitting_id(number)), Visibility::Public).unwrap();
    }
    for number in 0..ACTS {
        register.add_deliberation(&by, None, id(&act_id(number)), of::<DeliberationRecord>(act(number))).unwrap();
        register.show_deliberation(&by, id(&act_id(number)), Visibility::Public).unwrap();
    }
}

/// A register in a folder, with the demonstration and all of this.
pub fn open(folder: &std::path::Path) -> Register {
    let config = registre::config::Config { data_dir: folder.to_owned(), ..Default::default() };
    let store = Store::open(&config.database(), 1).unwrap();
    store.migrate().unwrap();
    let blobs = Blobs::open(&config.files(), 1024 * 1024).unwrap();
    let signer = LogSigner::new(registre::keyfile::open(&config.log_key_dir(), "log-key.pem").unwrap(), &config.log_name).unwrap();
    let register = Register::new(store, blobs, signer, 1024);
    registre::demo::load(&register).unwrap();
    load(&register);
    register
}

/// Every text of an act that has to be readable in each of its formats.
pub fn texts(number: usize) -> Vec<String> {
    let act = act(number);
    let mut texts = vec![act["title"].as_str().unwrap().to_owned()];
    for list in ["recitals", "articles"] {
        for entry in act[list].as_array().unwrap() {
            texts.push(entry["text"].as_str().unwrap().to_owned());
            texts.extend(entry["children"].as_array().into_iter().flatten().map(|child| child["text"].as_str().unwrap().to_owned()));
        }
    }
    texts.extend(
        act["beneficiaries"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|b| b["kind"] != "natural_person")
            .map(|b| b["name"].as_str().unwrap().to_owned()),
    );
    texts.push(act["annexes"][0]["title"].as_str().unwrap().to_owned());
    texts.extend(FAMILIES.iter().map(|family| format!("Prénom {family}")));
    texts
}
