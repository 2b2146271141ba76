//! The second stage: blocks to fields of the records. One file for each part of an act.

pub mod act;
mod act_head;
pub mod agreement;
mod aligned;
pub mod annexes;
pub mod articles;
pub mod attendance;
pub mod beneficiaries;
mod decision;
pub mod finish;
pub mod header;
pub mod matter;
mod officers;
pub mod people;
mod quorum;
pub mod recitals;
pub mod recusals;
pub mod report;
pub mod signature;
pub mod tables;
pub mod tallies;
pub mod vote;
mod vote_table;

pub use act_head::item_head;
