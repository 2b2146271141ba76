//! What every page has around it: whose register it is, where one can go, the addresses of its style and of itself.

use serde::Serialize;

use super::address::Addresses;
use super::assets;
use super::respond::{Asked, Failure};
use crate::record::{Authority, Siren};
use crate::register::Register;

/// The parameter that names an authority, where the register holds several.
pub const AUTHORITY: &str = "collectivite";

/// Around a page.
#[derive(Clone, Debug, Serialize)]
pub struct Site {
    /// Whose register it is; none on a page that is about no authority, or about several.
    pub name: Option<String>,
    /// What links to lists carry: `?collectivite=…` where the register holds several authorities.
    pub of: String,
    /// The authority to name in a form.
    pub siren: Option<String>,
    pub css: &'static str,
    pub icon: &'static str,
    /// The address of this page in full, without its parameters.
    pub url: String,
    /// The first part of the path: which entry of the menu is the current one.
    pub current: String,
}

impl Site {
    /// Around a page that is about no authority.
    pub fn without_authority(at: Addresses, path: &str) -> Self {
        let current = path.trim_start_matches('/').split('/').next().unwrap_or_default().to_owned();
        Self { name: None, of: String::new(), siren: None, css: assets::css_address(), icon: assets::icon_address(), url: at.absolute(path), current }
    }

    /// Around a page about an authority.
    pub fn about(asked: &Asked, authority: &Authority, several: bool) -> Self {
        let named = several.then(|| authority.siren.to_string());
        let of = named.as_ref().map(|siren| format!("?{AUTHORITY}={siren}")).unwrap_or_default();
        Self { name: Some(authority.name.clone()), of, siren: named, ..Self::without_authority(asked.at.clone(), &asked.path) }
    }
}

/// The authorities that anyone may read of, and the one that a page is about.
pub struct Held {
    pub all: Vec<Authority>,
    pub chosen: Option<Authority>,
}

impl Held {
    /// The authority that the request names, or the only one.
    ///
    /// # Errors
    /// 404 where the one named is not there, or not public.
    pub fn load(register: &Register, asked: &Asked) -> Result<Self, Failure> {
        let all = register.public_authorities()?;
        let chosen = match (asked.get(AUTHORITY), all.as_slice()) {
            (Some(named), all) => Some(all.iter().find(|a| a.siren.as_str() == named).cloned().ok_or(Failure::NOT_FOUND)?),
            (None, [only]) => Some(only.clone()),
            (None, _) => None,
        };
        Ok(Self { all, chosen })
    }

    /// Whether the authority has to be named.
    pub fn several(&self) -> bool {
        self.all.len() > 1
    }

    /// The authority of a list.
    ///
    /// # Errors
    /// 404 where several are held and none is named.
    pub fn one(&self) -> Result<&Authority, Failure> {
        self.chosen.as_ref().ok_or(Failure::NOT_FOUND)
    }

    pub fn siren(&self) -> Option<Siren> {
        self.chosen.as_ref().map(|authority| authority.siren.clone())
    }

    /// Around a page of a list.
    pub fn site(&self, asked: &Asked) -> Site {
        match &self.chosen {
            Some(authority) => Site::about(asked, authority, self.several()),
            None => Site::without_authority(asked.at.clone(), &asked.path),
        }
    }

    /// Around a page about something of an authority, which need not be public itself.
    pub fn site_of(register: &Register, asked: &Asked, authority: &Authority) -> Result<Site, Failure> {
        Ok(Site::about(asked, authority, register.several_public()?))
    }
}
