//! Short texts that stand in addresses and fields: questions, numbers of acts, identifiers of @CTES, codes of matters, amounts, types of content.
#![no_main]

use registre::api::Said;
use registre::publish::actes::{ActIdentifier, MatterPath, number_collision_key, transmissible_number};
use registre::record::{Amount, Id, Siren, fold};
use registre::search::{Query, number_key, words};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let query = Query::read(text);
    assert!(query.is_empty() || !text.trim().is_empty());
    for word in words(text) {
        assert!(text.get(word.at).is_some(), "a word stands where no text is");
    }
    number_key(text);
    fold(text);
    if let Ok(identifier) = ActIdentifier::lenient(text) {
        // As it is written again, it is the same act.
        let again = ActIdentifier::lenient(&identifier.to_string()).expect("an identifier is read again");
        assert_eq!(again.collision_key(), identifier.collision_key());
    }
    let _ = text.parse::<MatterPath>().map(|path| (path.labels(), path.transmissible()));
    let _ = transmissible_number(text).map(|number| number_collision_key(&number));
    if let Ok(siren) = text.parse::<Siren>() {
        assert_eq!(siren.as_str().len(), 9);
    }
    let _ = text.parse::<Id>();
    if let Ok(amount) = text.parse::<Amount>() {
        assert_eq!(amount.to_string().parse::<Amount>().ok(), Some(amount), "an amount is read again as another");
    }
    let _ = Said::read(text);
});
