//! Proxies: needed and not mentioned; mentioned and unusable.

use super::ballot::Case;
use super::electorate::{counted, decisive};
use super::made::{many, words};
use super::presence::{ProxyFault, ProxyInForce};
use super::profile::RuleId;
use crate::record::names::shown;
use crate::record::{Computed, Event, EventKind, Finding, FindingCode, PersonRef};

/// More votes than members present, and not a word on proxies.
pub fn needed(case: &Case) -> Vec<Finding> {
    let electorate = case.presence.electorate;
    let known = electorate.with_proxies;
    let Some(counted) = counted(case.ballot).filter(|_| electorate.proxies_unstated && electorate.listed) else { return Vec::new() };
    // Someone whose presence is unsettled may have voted without a proxy.
    if counted <= known + case.presence.counts.unsettled {
        return Vec::new();
    }
    let (needed, possible_givers) = (counted - known, electorate.possible_givers);
    let computed = Computed::ProxiesNeeded { counted, without_proxies: electorate.without_proxies, needed, possible_givers };
    let label = words(
        format!(
            "{counted} voix décomptées pour {known} votants connus : {needed} pouvoirs seraient nécessaires ; aucun n'est mentionné et {possible_givers} membres pouvaient en donner"
        ),
        format!(
            "{counted} votes counted for {known} known voters: {needed} proxies would be needed; none is mentioned and {possible_givers} members could have given one"
        ),
    );
    let finding = case.finding(RuleId::ProxyNeeded, FindingCode::ProxyNeededButUnstated, computed, label);
    vec![Finding { decisive: decisive(case.ballot, needed), ..finding }]
}

/// The same, unless each was acknowledged when it was given in the sitting: the reason stands with the event.
pub fn unacknowledged(case: &Case) -> Vec<Finding> {
    let faulty = || case.presence.proxies.iter().filter(|proxy| proxy.fault.is_some());
    let key = |person: Option<&PersonRef>| person.and_then(|person| case.names.key(person));
    let same = |event: &Event, proxy: &ProxyInForce| {
        key(event.person.as_ref()) == key(Some(&proxy.giver)) && key(event.other.as_ref()) == key(proxy.holder.as_ref())
    };
    let given = || case.sitting.timeline.iter().flatten().filter(|event| event.kind == EventKind::ProxyGiven);
    let excused =
        |proxy: &ProxyInForce| given().any(|event| same(event, proxy) && event.acknowledge.iter().any(|a| a.code == FindingCode::ProxyInvalid));
    if faulty().all(excused) { Vec::new() } else { invalid(case) }
}

/// Proxies that cannot be used at this ballot. Too many is not fatal where the margin suffices (CE, 2 December 1991, n° 109724).
pub fn invalid(case: &Case) -> Vec<Finding> {
    let faulty: Vec<(&ProxyInForce, ProxyFault)> = case.presence.proxies.iter().filter_map(|p| p.fault.map(|fault| (p, fault))).collect();
    if faulty.is_empty() {
        return Vec::new();
    }
    let name = |proxy: &ProxyInForce| match &proxy.holder {
        Some(holder) => format!("{} → {}", shown(&proxy.giver), shown(holder)),
        None => shown(&proxy.giver),
    };
    let list = |word: fn(ProxyFault) -> &'static str| {
        faulty.iter().map(|(proxy, fault)| format!("{} ({})", name(proxy), word(*fault))).collect::<Vec<_>>().join(" ; ")
    };
    let label = words(
        format!("Pouvoirs inutilisables à ce scrutin : {}", list(|fault| fault.label().fr)),
        format!("Proxies that cannot be used at this ballot: {}", list(|fault| fault.label().en)),
    );
    let basis = case.basis(RuleId::ProxyValid);
    let computed = Computed::Texts { texts: faulty.iter().map(|(proxy, fault)| format!("{}: {}", fault.wire(), name(proxy))).collect() };
    let finding = case.finding(RuleId::ProxyValid, FindingCode::ProxyInvalid, computed, label);
    // Only "one proxy to a holder" is written in the text; that the holder must be there and not stand aside is deduced from it.
    let certain = faulty.iter().any(|(_, fault)| *fault == ProxyFault::SecondForHolder);
    vec![Finding { severity: basis.severity(certain), decisive: decisive(case.ballot, many(faulty.len())), ..finding }]
}
