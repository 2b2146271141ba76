//! What stands before the decision: who decides, the recitals in their printed order, who stood aside, the set phrases.

use super::attendance::rapporteur;
use super::element::Element;
use super::references::References;
use crate::publish::french::capital;
use crate::record::{Formulas, PersonRef, Recital, RecitalForm, Recusal};

/// Null: nothing is printed there.
pub fn preamble(
    formulas: &Formulas,
    rapporteurs: &[&PersonRef],
    recitals: &[Recital],
    recusals: &[Recusal],
    references: &mut References,
) -> Option<Element> {
    let mut preamble = Element::new("preamble").children(formulas.body.as_deref().map(|text| formula("body", text)));
    preamble = preamble.children(container("rapporteurs", rapporteurs.iter().filter_map(|person| rapporteur(person, references)).collect()));
    preamble = preamble.children(in_order(recitals));
    preamble = preamble.children(container("recusals", recusals.iter().filter_map(|recusal| recused(recusal, references)).collect()));
    preamble = preamble.children(formulas.deliberation.as_deref().map(|text| formula("deliberation", text)));
    preamble = preamble.children(formulas.decision.as_deref().map(|text| formula("decision", text)));
    (!preamble.is_empty()).then_some(preamble)
}

pub fn formula(name: &str, text: &str) -> Element {
    Element::new("formula").with("eId", format!("formula_{name}")).with("name", name).child(Element::p(text))
}

/// A container, unless it would be empty.
pub fn container(name: &str, content: Vec<Element>) -> Option<Element> {
    let container = Element::new("container").with("eId", name).with("name", name);
    (!content.is_empty()).then(|| container.children(content))
}

/// Visas that follow one another make `citations`, considérants `recitals`; what stands between them stays between them.
fn in_order(recitals: &[Recital]) -> Vec<Element> {
    let mut blocks: Vec<Element> = Vec::new();
    let (mut visas, mut considerings, mut others) = (Numbers::new("cits", "cit"), Numbers::new("recs", "rec"), 0);
    for run in recitals.chunk_by(|one, next| one.form == next.form) {
        match run.first().map(|recital| recital.form) {
            Some(RecitalForm::Visa) => blocks.push(visas.run("citations", "citation", run)),
            Some(RecitalForm::Considering) => blocks.push(considerings.run("recitals", "recital", run)),
            Some(form @ (RecitalForm::Statement | RecitalForm::Heading)) => {
                for recital in run {
                    others += 1;
                    let eid = format!("{}_{others}", form.wire());
                    let container = Element::new("container").with("eId", &eid).with("name", form.wire());
                    blocks.push(container.child(text(&eid, recital)));
                }
            }
            None => {}
        }
    }
    blocks
}

/// Numbers of one kind of recital, through the whole act.
struct Numbers {
    run: &'static str,
    one: &'static str,
    runs: usize,
    ones: usize,
}

impl Numbers {
    const fn new(run: &'static str, one: &'static str) -> Self {
        Self { run, one, runs: 0, ones: 0 }
    }

    fn run(&mut self, all: &'static str, each: &'static str, recitals: &[Recital]) -> Element {
        self.runs += 1;
        let mut run = Element::new(all).with("eId", format!("{}_{}", self.run, self.runs));
        for recital in recitals {
            self.ones += 1;
            let eid = format!("{}_{}", self.one, self.ones);
            run = run.child(Element::new(each).with("eId", &eid).child(text(&eid, recital)));
        }
        run
    }
}

/// A recital; with its own under it, a list that it introduces.
fn text(eid: &str, recital: &Recital) -> Element {
    if recital.children.is_empty() {
        return Element::p(&recital.text);
    }
    let eid = format!("{eid}__list_1");
    let items = recital.children.iter().enumerate().map(|(place, child)| {
        let item = format!("{eid}__item_{}", place + 1);
        Element::new("item").with("eId", &item).child(text(&item, child))
    });
    Element::new("blockList").with("eId", &eid).child(Element::line("listIntroduction").text(&recital.text)).children(items)
}

/// Who took no part, in the public wording; where there is none, what is known of the part taken.
pub fn recused(recusal: &Recusal, references: &mut References) -> Option<Element> {
    let nobody = PersonRef::default();
    let person = recusal.person.as_ref().unwrap_or(&nobody);
    if let Some(text) = &recusal.text {
        return Some(references.naming(text, person, None));
    }
    let part = match (recusal.took_part_in_debate, recusal.took_part_in_vote) {
        (Some(false), Some(false)) => "ne prend part ni au débat, ni au vote",
        (_, Some(false)) => "ne prend pas part au vote",
        (Some(false), _) => "ne prend pas part au débat",
        _ => "déport",
    };
    if let Some(inline) = references.person_inline(person, None) {
        return Some(Element::line("p").child(inline).text(&format!(" : {part}.")));
    }
    let number = recusal.count.map(|count| format!("nombre d'élus : {}", count.get()));
    let who: Vec<String> = [recusal.group.clone(), number].into_iter().flatten().collect();
    (!who.is_empty()).then(|| Element::p(&format!("{} : {part}.", capital(&who.join(", ")))))
}
