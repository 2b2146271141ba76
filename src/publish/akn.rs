#[derive(Debug, thiserror::Error)]
#[error("x")]
pub struct E;
pub fn act(_: &super::ActReading) -> Result<Vec<u8>, E> {
    Err(E)
}
pub fn minutes(_: &super::SittingReading) -> Result<Vec<u8>, E> {
    Err(E)
}
