//! How well the reader does on texts whose records were written by hand: field by field, what is right, missing, wrong and doubtful, wrong and
//! certain.
//!
//! A file of a corpus is the text, the line `=== attendu`, and what has to be read: `none = CODE`, or for each act the line `act` and one line
//! `field = value` for each field; `;` between the values of a field that is a list. What is not written there is silent in the text.

use std::collections::BTreeMap;
use std::path::Path;

use registre::intake::{self, Confidence, Draft};
use registre::record::{AttendanceEntry, BallotOption, NumberKind, PersonRef, VotingRight};

/// The values of a field, each with how sure the reader was.
type Fields = BTreeMap<String, Vec<(String, Confidence)>>;

/// What was counted for a field.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    pub expected: usize,
    pub right: usize,
    pub missing: usize,
    pub wrong_doubtful: usize,
    pub wrong_certain: usize,
}

#[derive(Debug, Default)]
pub struct Score {
    pub fields: BTreeMap<String, Tally>,
    /// One line for each value that is not as written.
    pub faults: Vec<String>,
    pub texts: usize,
}

impl Score {
    pub fn total(&self) -> Tally {
        self.fields.values().fold(Tally::default(), |sum, t| Tally {
            expected: sum.expected + t.expected,
            right: sum.right + t.right,
            missing: sum.missing + t.missing,
            wrong_doubtful: sum.wrong_doubtful + t.wrong_doubtful,
            wrong_certain: sum.wrong_certain + t.wrong_certain,
        })
    }

    pub fn print(&self) -> String {
        let line = |name: &str, t: &Tally| {
            let wrong = t.wrong_doubtful + t.wrong_certain;
            let share = |part: usize, whole: usize| if whole == 0 { "–".to_owned() } else { format!("{:.3}", part as f64 / whole as f64) };
            format!(
                "| {name} | {} | {} | {} | {} | {} | {} | {} |\n",
                t.expected,
                t.right,
                t.missing,
                t.wrong_doubtful,
                t.wrong_certain,
                share(t.right, t.right + wrong),
                share(t.right, t.expected)
            )
        };
        let mut table =
            "| field | expected | right | missing | wrong, doubtful | wrong, certain | precision | recall |\n|---|---|---|---|---|---|---|---|\n"
                .to_owned();
        self.fields.iter().for_each(|(name, tally)| table.push_str(&line(name, tally)));
        table.push_str(&line("all", &self.total()));
        table
    }
}

/// Scores every file of a folder, in the order of their names.
pub fn folder(path: &Path) -> Score {
    let mut files: Vec<_> = std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut score = Score::default();
    for file in files {
        let content = std::fs::read_to_string(&file).unwrap();
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        one(&name, &content, &mut score);
    }
    score
}

/// The text of a file of a corpus, and what has to be read in it.
pub fn parts(content: &str) -> (&str, &str) {
    content.split_once("=== attendu\n").unwrap()
}

fn one(name: &str, content: &str, score: &mut Score) {
    let (text, expected) = parts(content);
    let reading = if name.ends_with(".html") { intake::read(&intake::html::text(text)) } else { intake::read(text) };
    score.texts += 1;
    let mut acts: Vec<Fields> = Vec::new();
    let mut none = None;
    for line in expected.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if line == "act" {
            acts.push(Fields::new());
            continue;
        }
        let (field, value) = line.split_once('=').unwrap();
        let (field, value) = (field.trim(), value.trim());
        if field == "none" {
            none = Some(value);
            continue;
        }
        let listed = field.ends_with("_by")
            || matches!(field, "present" | "grouping" | "exception" | "recused" | "elected")
            || field.starts_with("excused")
            || field.starts_with("absent")
            || field.starts_with("present_");
        let values = if listed { value.split(" ; ").collect() } else { vec![value] };
        let into = acts.last_mut().unwrap().entry(field.to_owned()).or_default();
        into.extend(values.into_iter().map(|value| (value.trim().to_owned(), Confidence::Certain)));
    }
    let got = reading.none.map(|why| why.wire());
    compare(
        name,
        "none",
        &none.iter().map(|v| ((*v).to_owned(), Confidence::Certain)).collect::<Vec<_>>(),
        &got.iter().map(|v| ((*v).to_owned(), Confidence::Certain)).collect::<Vec<_>>(),
        score,
    );
    let count = |n: usize| vec![(n.to_string(), Confidence::Certain)];
    compare(name, "acts", &count(acts.len()), &count(reading.drafts.len()), score);
    let read: Vec<Fields> = reading.drafts.iter().map(flat).collect();
    let blank = Fields::new();
    for at in 0..acts.len().max(read.len()) {
        let (expected, got) = (acts.get(at).unwrap_or(&blank), read.get(at).unwrap_or(&blank));
        let fields: std::collections::BTreeSet<&String> = expected.keys().chain(got.keys()).collect();
        for field in fields {
            let nothing = Vec::new();
            compare(name, field, expected.get(field).unwrap_or(&nothing), got.get(field).unwrap_or(&nothing), score);
        }
    }
}

fn compare(name: &str, field: &str, expected: &[(String, Confidence)], got: &[(String, Confidence)], score: &mut Score) {
    let tally = score.fields.entry(field.to_owned()).or_default();
    let mut left: Vec<&(String, Confidence)> = got.iter().collect();
    tally.expected += expected.len();
    for (value, _) in expected {
        match left.iter().position(|(read, _)| read == value) {
            Some(at) => {
                left.remove(at);
                tally.right += 1;
            }
            None => {
                tally.missing += 1;
                score.faults.push(format!("{name}: {field} misses {value:?}"));
            }
        }
    }
    for (value, confidence) in left {
        if *confidence == Confidence::Certain {
            tally.wrong_certain += 1;
        } else {
            tally.wrong_doubtful += 1;
        }
        score.faults.push(format!("{name}: {field} reads {value:?}, {}", confidence.wire()));
    }
}

fn named(person: &PersonRef) -> String {
    match (&person.given_name, &person.family_name) {
        (None, None) => person.printed.clone().unwrap_or_default(),
        (given, family) => [given, family].into_iter().flatten().cloned().collect::<Vec<_>>().join(" "),
    }
}

fn entry_named(entry: &AttendanceEntry) -> String {
    named(&registre::record::names::person_of(entry))
}

/// The first characters of a text.
fn head(text: &str) -> String {
    text.chars().take(30).collect::<String>().replace('\n', " ")
}

struct Flat<'d> {
    draft: &'d Draft,
    fields: Fields,
}

impl Flat<'_> {
    /// A value, as sure as the values noted at or under its pointer are; what has no span is taken for certain.
    fn put(&mut self, field: &str, pointer: &str, value: impl Into<String>) {
        let mut sure: Vec<Confidence> = self.draft.values.iter().filter(|v| v.pointer == pointer).map(|v| v.confidence).collect();
        if sure.is_empty() {
            sure = self.draft.values.iter().filter(|v| v.pointer.starts_with(&format!("{pointer}/"))).map(|v| v.confidence).collect();
        }
        let confidence = sure.into_iter().max().unwrap_or(Confidence::Certain);
        self.fields.entry(field.to_owned()).or_default().push((value.into(), confidence));
    }

    fn may(&mut self, field: &str, pointer: &str, value: Option<impl Into<String>>) {
        if let Some(value) = value {
            self.put(field, pointer, value);
        }
    }
}

/// What a draft says, field by field.
fn flat(draft: &Draft) -> Fields {
    let mut f = Flat { draft, fields: Fields::new() };
    let (act, sitting) = (&draft.act, &draft.sitting);
    f.may("authority", "/authority/name", draft.authority.name.clone());
    f.may("body_kind", "/authority/body_kind", draft.authority.body_kind.map(|kind| kind.wire()));
    f.may("number", "/act/numbers/0/value", act.number());
    f.may("title", "/act/title", Some(act.title.clone()).filter(|title| !title.is_empty()));
    f.may(
        "label",
        "/sitting/agenda/0/label",
        sitting.agenda[0].label.clone().filter(|label| Some(label) != sitting.agenda[0].report_number.as_ref()),
    );
    f.may("date", "/sitting/date", Some(sitting.date.to_string()).filter(|date| date != "1970-01-01"));
    f.may("starts", "/sitting/starts/text", sitting.starts.as_ref().and_then(|time| time.text.clone()));
    f.may("ends", "/sitting/ends/text", sitting.ends.as_ref().and_then(|time| time.text.clone()));
    f.may("place", "/sitting/place", sitting.place.clone());
    f.may(
        "convened",
        "/sitting/convening/convened_on/date",
        sitting.convening.as_ref().and_then(|c| c.convened_on.as_ref()).and_then(|on| on.date).map(|day| day.to_string()),
    );
    f.may("in_office", "/sitting/members_in_office", sitting.members_in_office.map(|count| count.get().to_string()));
    f.may("quorum_met", "/sitting/quorum/met", sitting.quorum.as_ref().and_then(|quorum| quorum.met).map(|met| met.to_string()));
    for (i, chair) in sitting.chairs.iter().enumerate() {
        f.put("chair", &format!("/sitting/chairs/{i}/person"), named(&chair.person));
    }
    for (i, secretary) in sitting.secretaries.iter().enumerate() {
        f.put("secretary", &format!("/sitting/secretaries/{i}/person"), named(&secretary.person));
    }
    for (i, list) in sitting.attendance.iter().enumerate() {
        let voteless = if list.voting_right == VotingRight::WithoutVote { "_without_vote" } else { "" };
        let field = if list.by_exception { "exception".to_owned() } else { format!("{}{voteless}", list.status.wire()) };
        for (j, entry) in list.entries.iter().enumerate() {
            let at = format!("/sitting/attendance/{i}/entries/{j}");
            f.put(&field, &at, entry_named(entry));
            f.may("grouping", &format!("{at}/grouping"), entry.grouping.clone());
            f.may("from", &format!("{at}/from/text"), entry.from.as_ref().and_then(|m| m.text.clone()));
            f.may("until", &format!("{at}/until/text"), entry.until.as_ref().and_then(|m| m.text.clone()));
            f.may(
                "substitute",
                &format!("{at}/substitute_for"),
                entry.substitute_for.as_ref().map(|other| format!("{} > {}", entry_named(entry), named(other))),
            );
        }
    }
    for (i, proxy) in sitting.proxies.iter().flatten().enumerate() {
        let holder = proxy.holder.as_ref().map_or("?".to_owned(), named);
        f.put("proxy", &format!("/sitting/proxies/{i}"), format!("{} > {holder}", named(&proxy.giver)));
    }
    for (i, recusal) in sitting.recusals.iter().flatten().enumerate() {
        f.put("recused", &format!("/sitting/recusals/{i}/person"), recusal.person.as_ref().map(named).unwrap_or_default());
    }
    for (i, recital) in act.recitals.iter().enumerate() {
        let mut told = recital.form.wire().to_owned();
        if let Some(reference) = &recital.reference {
            let parts = [Some(reference.kind.wire().to_owned()), reference.number.clone(), reference.date.map(|day| day.to_string())];
            parts.into_iter().flatten().for_each(|part| told.push_str(&format!(" {part}")));
        }
        f.put("recital", &format!("/act/recitals/{i}"), told);
    }
    for (i, article) in act.articles.iter().enumerate() {
        f.put(
            "article",
            &format!("/act/articles/{i}"),
            format!("{} | {}", article.label.as_deref().unwrap_or("-"), head(&article.text)).trim_end().to_owned(),
        );
    }
    for (i, ballot) in sitting.ballots.iter().enumerate() {
        ballot_of(&mut f, ballot, &format!("/sitting/ballots/{i}"));
    }
    f.may("outcome", "/act/outcome", Some(act.outcome.wire()));
    let numbered = act.numbers.iter().position(|number| number.kind == NumberKind::Report);
    f.may(
        "report",
        &format!("/act/numbers/{}/value", numbered.unwrap_or_default()),
        numbered.and_then(|at| act.numbers.get(at)).map(|number| number.value.clone()),
    );
    for (i, matter) in act.matter_codes.iter().enumerate() {
        f.put("matter", &format!("/act/matter_codes/{i}/code"), matter.code.clone());
    }
    for (i, one) in act.beneficiaries.iter().enumerate() {
        let amount = one.amount.as_ref().and_then(|money| money.amount).map_or("?".to_owned(), |amount| amount.to_string());
        f.put("beneficiary", &format!("/act/beneficiaries/{i}"), format!("{} {amount}", one.name.as_deref().unwrap_or("?")));
    }
    for (t, table) in act.budget_tables.iter().enumerate() {
        for (i, line) in table.lines.iter().enumerate() {
            let money = line
                .expense
                .as_ref()
                .or(line.revenue.as_ref())
                .or(line.proposal.as_ref())
                .and_then(|money| money.amount)
                .map_or("?".to_owned(), |amount| amount.to_string());
            f.put(
                "budget",
                &format!("/act/budget_tables/{t}/lines/{i}"),
                format!("{} {money}", line.operation_code.as_deref().or(line.nature.as_deref()).or(line.chapter.as_deref()).unwrap_or("?")),
            );
        }
    }
    for (i, signature) in act.signatures.iter().enumerate() {
        let at = format!("/act/signatures/{i}");
        f.may("signatory", &format!("{at}/signatory"), signature.signatory.as_ref().map(named));
        f.may("sign_title", &format!("{at}/title"), signature.title.clone());
        f.may("sign_place", &format!("{at}/place"), signature.place.clone());
        f.may("sign_date", &format!("{at}/date"), signature.date.map(|day| day.to_string()));
    }
    for (i, stamp) in act.stamps.iter().enumerate() {
        let at = format!("/act/stamps/{i}");
        f.may("stamp", &format!("{at}/identifier"), stamp.identifier.clone());
        for (name, date) in [("sent", &stamp.sent), ("received", &stamp.received), ("posted", &stamp.posted), ("enforceable", &stamp.enforceable)] {
            f.may(name, &format!("{at}/{name}/date"), date.as_ref().and_then(|date| date.date).map(|day| day.to_string()));
        }
    }
    f.fields
}

fn ballot_of(f: &mut Flat<'_>, ballot: &registre::record::Ballot, at: &str) {
    let count = |option: BallotOption| {
        ballot
            .options
            .iter()
            .find(|tally| tally.option == option)
            .and_then(|tally| tally.count)
            .map_or("?".to_owned(), |count| count.get().to_string())
    };
    if let Some(label) = &ballot.target.label {
        f.put(
            "amendment",
            &format!("{at}/target/label"),
            format!("{label} {} {} {}", count(BallotOption::For), count(BallotOption::Against), ballot.outcome.wire()),
        );
        return;
    }
    for (i, tally) in ballot.options.iter().enumerate() {
        let name = tally.option.wire();
        f.may(name, &format!("{at}/options/{i}/count"), tally.count.map(|count| count.get().to_string()));
        for (j, entry) in tally.entries.iter().enumerate() {
            f.may(&format!("{name}_by"), &format!("{at}/options/{i}/entries/{j}/printed"), entry.printed.clone());
        }
    }
    f.may("unanimity", &format!("{at}/unanimity/text"), ballot.unanimity.as_ref().and_then(|unanimity| unanimity.text.clone()));
    f.may("voters", &format!("{at}/voters"), ballot.voters.map(|count| count.get().to_string()));
    f.may("cast", &format!("{at}/votes_cast"), ballot.votes_cast.map(|count| count.get().to_string()));
    f.may("mode", &format!("{at}/mode"), Some(ballot.mode.wire()).filter(|mode| *mode != "unstated"));
    if let Some(election) = &ballot.election {
        for (r, round) in election.rounds.iter().enumerate() {
            f.may(
                "majority_needed",
                &format!("{at}/election/rounds/{r}/majority_needed"),
                round.majority_needed.map(|count| count.get().to_string()),
            );
            for (i, candidate) in round.candidates.iter().enumerate() {
                let name = candidate.people.first().map(named).unwrap_or_default();
                f.put(
                    "candidate",
                    &format!("{at}/election/rounds/{r}/candidates/{i}"),
                    format!("{name} {}", candidate.votes.map_or(0, |votes| votes.get())),
                );
            }
        }
        for (i, elected) in election.elected.iter().enumerate() {
            f.put("elected", &format!("{at}/election/elected/{i}"), named(&elected.person));
        }
    }
}
