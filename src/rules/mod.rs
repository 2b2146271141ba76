//! stub
pub mod presence;
use crate::record::*;
pub const VERSION: &str = "0";
pub fn on_sitting(_: &SittingRecord, _: Id, _: BodyKind) -> Vec<Finding> {
    Vec::new()
}
pub fn on_act(_: &DeliberationRecord, _: Id, _: &SittingRecord, _: Id, _: BodyKind) -> Vec<Finding> {
    Vec::new()
}
pub fn public_view(f: Vec<Finding>) -> Vec<Finding> {
    f
}
