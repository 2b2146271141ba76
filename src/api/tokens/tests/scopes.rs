//! The words of the `scope` claim.

use super::*;

#[test]
fn scopes() {
    assert_eq!(Scopes::parse("admin").iter().collect::<Vec<_>>(), [Scope::Admin], "admin implies nothing");
    assert!(!Scopes::parse("admin").contains(Scope::RecordsRead));
    assert!(Scopes::parse("").is_empty());
    assert!(Scopes::parse("openid  profile ADMIN acts").is_empty(), "unknown words are ignored");
    assert_eq!(Scopes::parse("records:read acts:seal records:read").to_string(), "acts:seal records:read");
    assert_eq!(Scopes::all().iter().count(), Scope::MEMBERS.len());
    assert_eq!(Scopes::parse(&Scopes::all().to_string()), Scopes::all());
}
