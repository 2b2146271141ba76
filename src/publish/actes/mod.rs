//! provisional: replaced by the @CTES branch
pub fn transmissible_number(number: &str) -> Result<String, ()> {
    let key = collision_key(number);
    if (2..=15).contains(&key.len()) { Ok(key) } else { Err(()) }
}
pub fn collision_key(number: &str) -> String {
    number.to_uppercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect()
}
