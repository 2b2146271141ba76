//! The texts of an act that are searched, each with where it stands. What the record shows a reader is decided before: these are made of that.

use serde::{Deserialize, Serialize};

use crate::record::{AgendaItem, Article, Ballot, Beneficiary, DeliberationRecord, PersonRef, PrintedNumber, Recital, SittingRecord, names};
use crate::vocabulary;

vocabulary! {
    /// Where in an act words were found.
    SearchField {
        Title = "title", "titre", "title";
        Number = "number", "numéro", "number";
        Beneficiary = "beneficiary", "bénéficiaire", "beneficiary";
        Name = "name", "nom", "name";
        Budget = "budget", "imputation budgétaire", "budget entry";
        Article = "article", "article", "article";
        Recital = "recital", "visa ou considérant", "recital";
    }
}

/// A text of an act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchText {
    pub field: SearchField,
    pub text: String,
}

/// The texts of an act, in the order of [`SearchField`]. Of its sitting, what the act prints: who stood aside, rapporteurs, authors of amendments, who
/// was elected. Nobody's vote, and nobody for having been there: these are filters.
pub fn texts(act: &DeliberationRecord, sitting: &SittingRecord) -> Vec<SearchText> {
    let mut found = Texts(Vec::new());
    found.add(SearchField::Title, &act.title);
    act.numbers.iter().for_each(|number| found.add(SearchField::Number, &number.value));
    act.beneficiaries.iter().for_each(|beneficiary| found.beneficiary(beneficiary));
    for party in act.agreements.iter().flat_map(|agreement| &agreement.parties) {
        found.named(party.name.as_deref(), party.siret.as_ref());
    }
    found.names(act, sitting);
    for line in act.budget_tables.iter().flat_map(|table| &table.lines) {
        found.joined(SearchField::Budget, &[&line.operation_code, &line.operation_label, &line.budget_entry]);
    }
    act.articles.iter().for_each(|article| found.article(article));
    act.recitals.iter().for_each(|recital| found.recital(recital));
    found.0
}

/// The items that an act comes from, and the ballots on them.
pub(super) fn items<'a>(act: &'a DeliberationRecord, sitting: &'a SittingRecord) -> impl Iterator<Item = &'a AgendaItem> {
    sitting.agenda.iter().filter(|item| act.agenda_items.contains(&item.id))
}

pub(super) fn ballots<'a>(act: &'a DeliberationRecord, sitting: &'a SittingRecord) -> impl Iterator<Item = &'a Ballot> {
    sitting.ballots.iter().filter(|ballot| ballot.covers.iter().any(|item| act.agenda_items.contains(item)))
}

/// Who put the act before the body.
pub(super) fn authors<'a>(act: &'a DeliberationRecord, sitting: &'a SittingRecord) -> impl Iterator<Item = &'a PersonRef> {
    let of_report = act.report.iter().flat_map(|report| &report.rapporteurs);
    of_report.chain(items(act, sitting).flat_map(|item| &item.rapporteurs))
}

struct Texts(Vec<SearchText>);

impl Texts {
    /// Once: an act prints some names over and over.
    fn add(&mut self, field: SearchField, text: &str) {
        let text = text.trim();
        let said = field == SearchField::Name && self.0.iter().any(|known| known.field == field && known.text == text);
        if !text.is_empty() && !said {
            self.0.push(SearchText { field, text: text.to_owned() });
        }
    }

    fn joined(&mut self, field: SearchField, parts: &[&Option<String>]) {
        let text = parts.iter().filter_map(|part| part.as_deref()).collect::<Vec<_>>().join(" ");
        self.add(field, &text);
    }

    fn named(&mut self, name: Option<&str>, number: Option<&PrintedNumber>) {
        let digits = number.and_then(|number| number.digits.as_deref().or(number.text.as_deref()));
        let text = [name, digits].into_iter().flatten().collect::<Vec<_>>().join(" – ");
        self.add(SearchField::Beneficiary, &text);
    }

    fn beneficiary(&mut self, beneficiary: &Beneficiary) {
        let number = beneficiary.siret.as_ref().or(beneficiary.siren.as_ref());
        let names: Vec<&str> = [&beneficiary.name, &beneficiary.designation].into_iter().filter_map(|name| name.as_deref()).collect();
        self.named(Some(names.join(", ")).as_deref().filter(|names| !names.is_empty()), number);
        self.joined(SearchField::Beneficiary, &[&beneficiary.object]);
    }

    fn names(&mut self, act: &DeliberationRecord, sitting: &SittingRecord) {
        let signed = act.signatures.iter().flat_map(|signature| [&signature.signatory, &signature.authority]).flatten();
        let aside = sitting.recusals.iter().flatten().filter(|recusal| recusal.covers.iter().any(|item| act.agenda_items.contains(item)));
        let aside = aside.filter_map(|recusal| recusal.person.as_ref());
        let elected = ballots(act, sitting).filter_map(|ballot| ballot.election.as_ref()).flat_map(|election| &election.elected);
        let elected = elected.flat_map(|elected| [Some(&elected.person), elected.substitute.as_ref()]).flatten();
        let people: Vec<&PersonRef> = authors(act, sitting).chain(signed).chain(aside).chain(elected).collect();
        people.into_iter().for_each(|person| self.add(SearchField::Name, &names::shown(person)));
        ballots(act, sitting).filter_map(|ballot| ballot.target.author.as_deref()).for_each(|author| self.add(SearchField::Name, author));
    }

    fn article(&mut self, article: &Article) {
        self.add(SearchField::Article, &article.text);
        article.children.iter().for_each(|child| self.article(child));
    }

    fn recital(&mut self, recital: &Recital) {
        self.add(SearchField::Recital, &recital.text);
        recital.children.iter().for_each(|child| self.recital(child));
    }
}
