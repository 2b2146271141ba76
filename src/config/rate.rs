//! How much may be asked.

use std::num::NonZeroU32;

use serde::{Deserialize, Serialize};

use super::{ConfigError, Range, networks};
use crate::api::{Allowed, ProxyHeader, RateBounds};

/// How much one may ask.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RateConfig {
    /// Requests a second; 0: no limit.
    pub per_address: u32,
    /// Requests at once after a rest.
    pub per_address_burst: u32,
    pub per_token: u32,
    pub per_token_burst: u32,
    /// Networks of proxies whose word is taken for who asks.
    pub trusted_proxies: Vec<String>,
    pub proxy_header: ProxyHeader,
    /// Addresses and tokens that are remembered one by one.
    pub most: u32,
}

impl Default for RateConfig {
    fn default() -> Self {
        Self {
            per_address: 0,
            per_address_burst: 100,
            per_token: 0,
            per_token_burst: 500,
            trusted_proxies: Vec::new(),
            proxy_header: ProxyHeader::XForwardedFor,
            most: 100_000,
        }
    }
}

impl RateConfig {
    /// What is allowed; none where nothing is limited.
    ///
    /// # Errors
    /// [`ConfigError::Network`].
    pub fn bounds(&self) -> Result<Option<RateBounds>, ConfigError> {
        let allowed = |per_second, burst| Some(Allowed { per_second: NonZeroU32::new(per_second)?, burst: NonZeroU32::new(burst)? });
        let trusted_proxies = networks("rate.trusted_proxies", &self.trusted_proxies)?;
        let per_address = allowed(self.per_address, self.per_address_burst);
        let per_token = allowed(self.per_token, self.per_token_burst);
        if per_address.is_none() && per_token.is_none() {
            return Ok(None);
        }
        let most = usize::try_from(self.most).unwrap_or(usize::MAX);
        Ok(Some(RateBounds { per_address, per_token, trusted_proxies, proxy_header: self.proxy_header, most }))
    }

    /// The numbers, and between which they must be.
    pub(super) fn ranges(&self) -> Vec<Range> {
        vec![
            ("rate.per_address", u64::from(self.per_address), 0, 1_000_000),
            ("rate.per_address_burst", u64::from(self.per_address_burst), 1, 1_000_000),
            ("rate.per_token", u64::from(self.per_token), 0, 1_000_000),
            ("rate.per_token_burst", u64::from(self.per_token_burst), 1, 1_000_000),
            ("rate.most", u64::from(self.most), 1_000, 10_000_000),
        ]
    }
}
