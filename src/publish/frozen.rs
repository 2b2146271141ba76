//! What a sealed act keeps of its sitting, so that it can be read, judged and proved without it.

use crate::record::{Ballot, Id, SittingRecord};

/// The sitting as far as it concerns the acts of these items: its lists, its timeline, its proxies and its whole agenda, for who was there when
/// follows from them; of recusals and ballots those of the items, and the ballots whose vote these repeat.
pub fn frozen(sitting: &SittingRecord, items: &[Id]) -> SittingRecord {
    let concerns = |covers: &[Id]| covers.iter().any(|item| items.contains(item));
    let mut kept = sitting.clone();
    kept.attendance.retain(|list| list.covers.is_empty() || concerns(&list.covers));
    if let Some(recusals) = &mut kept.recusals {
        recusals.retain(|recusal| recusal.covers.is_empty() || concerns(&recusal.covers));
    }
    let mut ballots: Vec<Id> = sitting.ballots.iter().filter(|ballot| concerns(&ballot.covers)).map(|ballot| ballot.id).collect();
    // "Same vote as", to its end: no more steps than ballots.
    for _ in &sitting.ballots {
        let repeated = |ballot: &Ballot| ballots.contains(&ballot.id).then_some(ballot.same_vote_as).flatten();
        let more: Vec<Id> = sitting.ballots.iter().filter_map(repeated).filter(|id| !ballots.contains(id)).collect();
        if more.is_empty() {
            break;
        }
        ballots.extend(more);
    }
    kept.ballots.retain(|ballot| ballots.contains(&ballot.id));
    kept
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::json;

    use super::*;

    fn id(n: u32) -> Id {
        format!("01977e51-0000-7000-8000-{n:012}").parse().unwrap()
    }

    #[test]
    fn what_concerns_the_item_and_what_it_repeats() {
        let ballot = |n: u32, item: u32, same: Option<u32>| json!({ "id": id(n), "covers": [id(item)], "same_vote_as": same.map(id) });
        let recusal = |n: u32, covers: &[u32]| json!({ "id": id(n), "covers": covers.iter().map(|c| id(*c)).collect::<Vec<_>>() });
        let list =
            |covers: &[u32]| json!({ "status": "present", "voting_right": "voting", "covers": covers.iter().map(|c| id(*c)).collect::<Vec<_>>() });
        let sitting: SittingRecord = serde_json::from_value(json!({
            "body": id(1), "origin": "transcribed", "date": "2025-07-07",
            "agenda": [{"id": id(10)}, {"id": id(11)}, {"id": id(12)}],
            "attendance": [list(&[]), list(&[10]), list(&[11])],
            "recusals": [recusal(20, &[10]), recusal(21, &[11]), recusal(22, &[])],
            "ballots": [ballot(30, 10, Some(32)), ballot(31, 11, None), ballot(32, 12, Some(33)), ballot(33, 11, None)],
        }))
        .unwrap();
        let kept = frozen(&sitting, &[id(10)]);
        assert_eq!(kept.attendance.len(), 2);
        assert_eq!(kept.recusals.unwrap().iter().map(|r| r.id).collect::<Vec<_>>(), [id(20), id(22)]);
        assert_eq!(kept.ballots.iter().map(|b| b.id).collect::<Vec<_>>(), [id(30), id(32), id(33)], "31 is of another item");
        assert_eq!(kept.agenda, sitting.agenda);
    }
}
