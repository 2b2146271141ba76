//! Two hundred acts of every shape: nothing cut, nothing that runs.

use registre::publish::paper;
use registre::register::Reader;

use super::{folded, register_of};
use crate::harness::{Engine, Server};

#[allow(dead_code, reason = "the examples use more of it")]
#[path = "../../varied/mod.rs"]
mod made;

/// The text of a page, as a reader sees it: no tag, entities read.
fn seen(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for part in html.split_inclusive(['<', '>']) {
        if !inside {
            text.push_str(part.trim_end_matches('<'));
        }
        inside = match part.chars().last() {
            Some('<') => true,
            Some('>') => false,
            _ => inside,
        };
    }
    for (entity, char) in
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&#39;", "'"), ("&#x2f;", "/"), ("&#x60;", "`"), ("&amp;", "&")]
    {
        text = text.replace(entity, char);
    }
    folded(&text)
}

#[test]
fn nothing_is_cut_and_nothing_runs() {
    let server = Server::start(Engine::Sqlite, made::load);
    let register = register_of(&server);
    for number in 0..made::ACTS {
        let reading = register.act_reading(made::id(&made::act_id(number)), &Reader::default()).unwrap();
        let paper = paper::act(&reading, "https://registre.example/verifier");
        let text = folded(&paper::text(&paper));
        let html = paper::page(&paper).unwrap();
        let page = seen(&html);
        for told in made::texts(number) {
            let told = folded(&told);
            assert!(text.contains(&told), "act {number} as text lacks {told:?}");
            // The transcription's mark of a superscript is set, not shown.
            let told = told.replace("1^{ère}", "1ère");
            assert!(page.contains(&told), "act {number} as a page lacks {told:?} in {page}");
        }
        assert!(!text.contains("PERSONNE-CACHÉE"), "act {number}");
        for opened in html.split('<').skip(1) {
            let tag = opened.split('>').next().unwrap_or_default();
            let name = tag.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
            assert!(!["script", "iframe", "object", "img", "b", "i"].contains(&name) && !tag.contains("onmouseover"), "act {number}: <{tag}>");
        }
        assert_eq!(html, paper::page(&paper::act(&reading, "https://registre.example/verifier")).unwrap(), "act {number}: the same bytes each time");
    }
}
