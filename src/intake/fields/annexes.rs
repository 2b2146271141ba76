//! The papers behind an act: their titles, and where the act cites them.

use crate::intake::blocks::{Block, Cue, is_heading};
use crate::intake::draft::Confidence;
use crate::intake::grammar::wording::matched;
use crate::intake::sink::Sink;
use crate::record::{Annex, AnnexCitation, Article, Recital};

use super::recitals::cites_annex;

/// The annex that these blocks are; `above` is a heading that stands over its first block.
pub fn read(blocks: &[Block], above: Option<&Block>, pointer: &str, sink: &mut Sink<'_>) -> Annex {
    let mut annex = Annex::default();
    let named = |block: &&Block| !matches!(block.cue, Cue::Service | Cue::Authority | Cue::Furniture | Cue::Separator);
    let Some(first) = blocks.iter().find(named) else { return annex };
    let title = first.text().trim_start_matches(['.', ' ', '_']);
    annex.title = Some(match above {
        Some(above) => {
            sink.note_stretch(format!("{pointer}/title"), above.passage.whole(), first.passage.whole(), Confidence::Likely);
            format!("{} / {title}", above.text())
        }
        None => {
            sink.note(format!("{pointer}/title"), &first.passage, title, Confidence::Likely);
            title.to_owned()
        }
    });
    if first.cue == Cue::Annex {
        let end = title.find([':', '–', '-']).unwrap_or(title.len());
        annex.label = sink.text(format!("{pointer}/label"), &first.passage, title.get(..end).unwrap_or(title).trim(), Confidence::Likely);
    }
    if let Some((index, block, number)) =
        blocks.iter().enumerate().take(8).find_map(|(index, block)| dossier(block.text()).map(|number| (index, block, number)))
    {
        annex.dossier_number = sink.text(format!("{pointer}/dossier_number"), &block.passage, number, Confidence::Likely);
        if let Some(next) = blocks.get(index + 1).filter(|next| is_heading(next.text()) && next.cue == Cue::Prose) {
            annex.object = sink.text(format!("{pointer}/object"), &next.passage, next.text(), Confidence::Likely);
        }
    }
    annex
}

/// "Dossier n° 2025-03926"
pub fn dossier(text: &str) -> Option<&str> {
    let len = matched("dossier n°", text)?;
    let number = text.get(len..)?.trim();
    (number.len() <= 30 && number.contains(|c: char| c.is_ascii_digit())).then_some(number)
}

/// More citations than are kept.
const MOST_CITED: usize = 200;

/// Where articles and visas cite what is joined to the act. Each clause is noted where its article or recital was.
pub fn cited(articles: &[Article], recitals: &[Recital], sink: &mut Sink<'_>) -> Vec<AnnexCitation> {
    let mut found = Vec::new();
    for (index, article) in articles.iter().enumerate() {
        if let Some((clause, label)) = cites_annex(&article.text).filter(|_| found.len() < MOST_CITED) {
            let text = clause.trim_end_matches(['.', ';', ' ']).to_owned();
            let place = format!("/act/articles/{index}/text");
            note(&place, found.len(), sink);
            found.push(AnnexCitation { cited_in: Some(format!("article {}", index + 1)), label: label.map(str::to_owned), text: Some(text) });
        }
    }
    for (index, recital) in recitals.iter().enumerate() {
        let behind = matched("vu ", &recital.text).and_then(|len| recital.text.get(len..));
        let Some(behind) = behind else { continue };
        if let Some((_, label)) = cites_annex(behind).filter(|_| found.len() < MOST_CITED) {
            note(&format!("/act/recitals/{index}/text"), found.len(), sink);
            let text = behind.trim_end_matches([';', ' ', '.', ',']).to_owned();
            found.push(AnnexCitation { cited_in: Some(format!("visa {}", index + 1)), label: label.map(str::to_owned), text: Some(text) });
        }
    }
    found
}

fn note(place: &str, index: usize, sink: &mut Sink<'_>) {
    if let Some(span) = sink.values.iter().find(|value| value.pointer == place).map(|value| value.span) {
        sink.note_stretch(format!("/act/annexes_cited/{index}/text"), span, span, Confidence::Likely);
    }
}
