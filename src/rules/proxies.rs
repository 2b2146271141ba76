//! Proxies: needed by the count and not stated; or stated and without force.

use std::collections::BTreeMap;

use super::finding::{Rule, counted, decisive};
use super::presence::{self, Key, PresenceState, When};
use super::{Vote, profile};
use crate::record::{Computed, Finding, FindingCode, Severity};

pub(super) fn check(vote: &Vote<'_>) -> Vec<Finding> {
    needed(vote).into_iter().chain(without_force(vote)).collect()
}

fn needed(vote: &Vote<'_>) -> Option<Finding> {
    let electorate = &vote.electorate;
    let counted = counted(vote.ballot).filter(|_| electorate.complete && !electorate.proxies_known)?;
    let without_proxies = electorate.present + electorate.unsettled;
    let needed = counted.checked_sub(without_proxies).filter(|n| *n > 0)?;
    let (legal_basis, certainty) = profile::proxies(vote.body);
    let rule = Rule { code: FindingCode::ProxyNeededButUnstated, name: "proxy.needed", severity: Severity::Alert, certainty, legal_basis };
    let possible_givers = electorate.possible_givers;
    let mut finding = rule.finding(
        vote.subject(),
        vote.sitting.date,
        Computed::ProxiesNeeded { counted, without_proxies, needed, possible_givers },
        format!("{needed} voix de plus que les {without_proxies} présents qui pouvaient voter ; aucun pouvoir n'est mentionné, {possible_givers} étaient possibles."),
        format!("{needed} votes more than the {without_proxies} present who could vote; no proxy is stated, {possible_givers} were possible."),
    );
    finding.decisive = decisive(vote.ballot, needed);
    Some(finding)
}

/// A second proxy for one holder, a holder who is away or stands aside, a giver who is there.
fn without_force(vote: &Vote<'_>) -> Vec<Finding> {
    let presence = presence::at(vote.sitting, &When::Items(vote.ballot.covers.clone()));
    if !presence.complete {
        return Vec::new();
    }
    let here = |key: &Key| {
        let there = |s| matches!(s, PresenceState::Present | PresenceState::PresentRemotely);
        presence.members.iter().find(|m| m.key == *key).map(|m| (there(m.state), m.recused, m.state == PresenceState::Unsettled))
    };
    let mut held: BTreeMap<&Key, u32> = BTreeMap::new();
    let mut reasons: Vec<(&'static str, &'static str)> = Vec::new();
    for member in presence.members.iter().filter(|m| m.state == PresenceState::Represented) {
        if member.recused {
            reasons.push(("le mandant s'est déporté", "the giver stands aside"));
        }
        let Some(holder) = &member.holder_key else { continue };
        *held.entry(holder).or_default() += 1;
        match here(holder) {
            Some((_, true, _)) => reasons.push(("le mandataire s'est déporté", "the holder stands aside")),
            Some((false, _, false)) | None => reasons.push(("le mandataire n'est pas présent", "the holder is not there")),
            Some(_) => {}
        }
    }
    let doubled = held.values().filter(|n| **n > 1).map(|n| n - 1).sum::<u32>();
    if doubled > 0 {
        reasons.push(("un mandataire détient plusieurs pouvoirs", "a holder has several proxies"));
    }
    if reasons.is_empty() {
        return Vec::new();
    }
    let (legal_basis, certainty) = profile::proxies(vote.body);
    let rule = Rule { code: FindingCode::ProxyInvalid, name: "proxy.force", severity: Severity::Alert, certainty, legal_basis };
    let doubtful = u32::try_from(reasons.len()).unwrap_or(u32::MAX).max(doubled);
    let fr: Vec<&str> = reasons.iter().map(|r| r.0).collect();
    let en: Vec<&str> = reasons.iter().map(|r| r.1).collect();
    let mut finding = rule.finding(
        vote.subject(),
        vote.sitting.date,
        Computed::Texts { texts: en.iter().map(|t| (*t).to_owned()).collect() },
        format!("Pouvoirs sans effet : {}.", fr.join(" ; ")),
        format!("Proxies without force: {}.", en.join("; ")),
    );
    finding.decisive = decisive(vote.ballot, doubtful);
    vec![finding]
}
