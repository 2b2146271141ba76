//! How much one may ask: so many requests a second of each token, or of each address where no token is known (GCRA, by `governor`). What is dear counts
//! as several. Answers say how much is left: `RateLimit-Policy` and `RateLimit`, as draft-ietf-httpapi-ratelimit-headers-10 has them.

use std::hash::{BuildHasher, RandomState};
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use actix_web::HttpRequest;
use actix_web::http::Method;
use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};
use governor::clock::{Clock, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};
use ipnet::IpNet;

use super::access;
use super::problem::{Kind, Problem};

pub static POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
pub static LEFT: HeaderName = HeaderName::from_static("ratelimit");

/// How often what is full again is forgotten.
const FORGET_EVERY: Duration = Duration::from_secs(1);

/// So many a second, and so many at once after a rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowed {
    pub per_second: NonZeroU32,
    pub burst: NonZeroU32,
}

/// Which header a trusted proxy names the client in. The other one is a client's own, and is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProxyHeader {
    XForwardedFor,
    /// RFC 7239.
    Forwarded,
}

/// What is allowed.
#[derive(Clone, Debug)]
pub struct RateBounds {
    pub per_address: Option<Allowed>,
    pub per_token: Option<Allowed>,
    /// Whose word is taken for who asks.
    pub trusted_proxies: Vec<IpNet>,
    pub proxy_header: ProxyHeader,
    /// Addresses and tokens that are remembered one by one.
    pub most: usize,
}

/// What is asked of one sort of askers.
struct Rate {
    name: &'static str,
    allowed: Allowed,
    limiter: RateLimiter<u64, DashMapStateStore<u64>, DefaultClock, StateInformationMiddleware>,
    policy: HeaderValue,
    /// More are remembered than should be.
    full: AtomicBool,
}

/// What is said to who asked.
pub struct Verdict {
    policy: HeaderValue,
    left: HeaderValue,
    /// Seconds to wait, where it is refused.
    wait: Option<u64>,
}

/// Who asked how much.
pub struct Rates {
    address: Option<Rate>,
    token: Option<Rate>,
    proxies: Vec<IpNet>,
    header: ProxyHeader,
    most: usize,
    hasher: RandomState,
}

impl Rate {
    fn new(name: &'static str, allowed: Allowed) -> Self {
        let quota = Quota::per_second(allowed.per_second).allow_burst(allowed.burst);
        let limiter = RateLimiter::new(quota, DashMapStateStore::default(), DefaultClock::default());
        let window = allowed.burst.get().div_ceil(allowed.per_second.get());
        let policy = HeaderValue::try_from(format!("\"{name}\";q={};w={window}", allowed.burst)).unwrap_or(HeaderValue::from_static(""));
        Self { name, allowed, limiter, policy, full: AtomicBool::new(false) }
    }

    fn judge(&self, key: u64, weight: NonZeroU32) -> Verdict {
        // What weighs more than is ever allowed at once is let through when all of that is left.
        let weight = weight.min(self.allowed.burst);
        let (left, wait) = match self.limiter.check_key_n(&key, weight) {
            Ok(Ok(state)) => (state.remaining_burst_capacity(), None),
            Ok(Err(not_yet)) => {
                let wait = not_yet.wait_time_from(self.limiter.clock().now());
                (0, Some(wait.as_secs() + u64::from(wait.subsec_nanos() > 0)))
            }
            Err(_) => (0, Some(1)),
        };
        if wait.is_some() {
            metrics::counter!("http_limited_total", "by" => self.name).increment(1);
        }
        let full_in = (self.allowed.burst.get() - left.min(self.allowed.burst.get())).div_ceil(self.allowed.per_second.get());
        let left = HeaderValue::try_from(format!("\"{}\";r={left};t={full_in}", self.name)).unwrap_or(HeaderValue::from_static(""));
        Verdict { policy: self.policy.clone(), left, wait }
    }

    fn forget(&self, most: usize) {
        self.limiter.retain_recent();
        self.full.store(self.limiter.len() > most, Ordering::Relaxed);
    }
}

impl Rates {
    pub fn new(bounds: &RateBounds) -> Self {
        Self {
            address: bounds.per_address.map(|allowed| Rate::new("address", allowed)),
            token: bounds.per_token.map(|allowed| Rate::new("token", allowed)),
            proxies: bounds.trusted_proxies.clone(),
            header: bounds.proxy_header,
            most: bounds.most,
            hasher: RandomState::new(),
        }
    }

    /// Counts a request; `from_memory`: its answer is there already, and costs what any costs.
    pub fn judge(&self, request: &HttpRequest, from_memory: bool) -> Option<Verdict> {
        if matches!(request.path(), "/health" | "/ready" | "/metrics") {
            return None;
        }
        let weight = if from_memory { NonZeroU32::MIN } else { weight(request.method(), request.path()) };
        if let (Some(rate), Some(caller)) = (&self.token, access::known_caller(request)) {
            let key = self.hasher.hash_one((caller.authority.as_str(), caller.sub.as_str()));
            return Some(rate.judge(if rate.full.load(Ordering::Relaxed) { key % 4096 } else { key }, weight));
        }
        let rate = self.address.as_ref()?;
        let peer = request.peer_addr()?.ip();
        Some(rate.judge(key(self.client(peer, request.headers()), rate.full.load(Ordering::Relaxed)), weight))
    }

    /// Who asks: the last address on the way that is not a proxy of ours.
    fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let ours = |address: IpAddr| self.proxies.iter().any(|net| net.contains(&address.to_canonical()));
        if !ours(peer) {
            return peer;
        }
        let name = match self.header {
            ProxyHeader::XForwardedFor => "x-forwarded-for",
            ProxyHeader::Forwarded => "forwarded",
        };
        let said: Vec<&str> = headers.get_all(name).filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(',')).collect();
        let mut client = peer;
        for element in said.into_iter().rev() {
            let node = match self.header {
                ProxyHeader::XForwardedFor => Some(element.trim()),
                ProxyHeader::Forwarded => element
                    .split(';')
                    .find_map(|pair| pair.split_once('=').filter(|(name, _)| name.trim().eq_ignore_ascii_case("for")))
                    .map(|(_, node)| node.trim()),
            };
            // What cannot be read was not written by a proxy of ours: the last that could be stands for it.
            let Some(address) = node.and_then(address) else { break };
            client = address;
            if !ours(address) {
                break;
            }
        }
        client
    }

    /// Forgets who has asked nothing for long, as long as the service runs.
    pub async fn forget(self: Arc<Self>) {
        loop {
            tokio::time::sleep(FORGET_EVERY).await;
            let mut keys = 0;
            for rate in [&self.address, &self.token].into_iter().flatten() {
                rate.forget(self.most);
                keys += rate.limiter.len();
            }
            metrics::gauge!("http_rate_keys").set(f64::from(u32::try_from(keys).unwrap_or(u32::MAX)));
        }
    }
}

impl Verdict {
    /// The refusal, if it is one.
    pub fn refusal(&self) -> Option<Problem> {
        let wait = self.wait?.max(1);
        Some(Problem::new(Kind::TooMany).saying(format!("Trop de requêtes : attendez {wait} s."), format!("Too many requests: wait {wait} s.")))
    }

    /// What is said with every answer.
    pub fn tell(self, headers: &mut HeaderMap) {
        headers.insert(POLICY.clone(), self.policy);
        headers.insert(LEFT.clone(), self.left);
        if let Some(wait) = self.wait {
            headers.insert(RETRY_AFTER, wait.max(1).into());
        }
    }
}

/// An address as proxies write it: `192.0.2.1`, `192.0.2.1:80`, `"[2001:db8::1]:80"`.
fn address(node: &str) -> Option<IpAddr> {
    let node = node.trim().trim_matches('"');
    if let Ok(address) = node.parse() {
        return Some(address);
    }
    if let Some(rest) = node.strip_prefix('[') {
        return rest.split(']').next()?.parse().ok();
    }
    node.rsplit_once(':')?.0.parse().ok()
}

/// What an address is remembered by: one of IPv6 by its network (/64), which is one customer's. Where too many are remembered, those that are near one
/// another (/16, /32) count as one.
fn key(address: IpAddr, full: bool) -> u64 {
    match address.to_canonical() {
        IpAddr::V4(address) => {
            let address = u64::from(u32::from(address));
            if full { (address >> 16) | (1 << 40) } else { address }
        }
        IpAddr::V6(address) => {
            let network = u64::try_from(u128::from(address) >> 64).unwrap_or_default();
            if full { (network >> 32) | (1 << 41) } else { network }
        }
    }
}

/// How much a request counts: by what it costs where it is not answered from memory.
fn weight(method: &Method, path: &str) -> NonZeroU32 {
    let weight = if (path.starts_with("/v1/intake") || path == "/v1/imports") && method == Method::POST || path.starts_with("/v1/open-data/") {
        20
    } else if path.ends_with(".pdf") || path.ends_with("/proof/log") {
        10
    } else if path.starts_with("/v1/statistics/") || path == "/v1/search" || path == "/search" || path.contains("/papers/") {
        5
    } else {
        1
    };
    NonZeroU32::new(weight).unwrap_or(NonZeroU32::MIN)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use actix_web::http::header::HeaderMap;

    use super::*;

    fn rates(header: ProxyHeader, proxies: &[&str]) -> Rates {
        let trusted_proxies = proxies.iter().map(|net| net.parse().unwrap()).collect();
        Rates::new(&RateBounds { per_address: None, per_token: None, trusted_proxies, proxy_header: header, most: 10 })
    }

    #[test]
    fn a_client_is_who_the_last_proxy_of_ours_names() {
        use ProxyHeader::{Forwarded, XForwardedFor};
        for (name, header, proxies, peer, said, expected) in [
            ("nobody is believed", XForwardedFor, &[][..], "192.0.2.1", "198.51.100.7", "192.0.2.1"),
            ("a proxy of ours", XForwardedFor, &["192.0.2.0/24"][..], "192.0.2.1", "198.51.100.7", "198.51.100.7"),
            ("what a client put before", XForwardedFor, &["192.0.2.0/24"][..], "192.0.2.1", "10.0.0.1, 198.51.100.7", "198.51.100.7"),
            ("two of ours", XForwardedFor, &["192.0.2.0/24"][..], "192.0.2.1", "198.51.100.7, 192.0.2.9", "198.51.100.7"),
            ("another who pretends", XForwardedFor, &["192.0.2.0/24"][..], "203.0.113.5", "198.51.100.7", "203.0.113.5"),
            ("rubbish", XForwardedFor, &["192.0.2.0/24"][..], "192.0.2.1", "198.51.100.7, unknown", "192.0.2.1"),
            ("nothing said", XForwardedFor, &["192.0.2.0/24"][..], "192.0.2.1", "", "192.0.2.1"),
            ("forwarded", Forwarded, &["192.0.2.0/24"][..], "192.0.2.1", "for=10.0.0.1, for=\"[2001:db8::7]:4711\";proto=https", "2001:db8::7"),
            ("with a port", XForwardedFor, &["192.0.2.0/24"][..], "192.0.2.1", "198.51.100.7:4711", "198.51.100.7"),
        ] {
            let mut headers = HeaderMap::new();
            let name_of = if header == Forwarded { "forwarded" } else { "x-forwarded-for" };
            headers.insert(HeaderName::from_static(name_of), HeaderValue::from_str(said).unwrap());
            let client = rates(header, proxies).client(peer.parse().unwrap(), &headers);
            assert_eq!(client, expected.parse::<IpAddr>().unwrap(), "{name}");
        }
    }

    #[test]
    fn addresses_of_one_customer_are_one() {
        for (name, one, other, full, same) in [
            ("two of IPv4", "192.0.2.1", "192.0.2.2", false, false),
            ("one /64", "2001:db8:0:1::1", "2001:db8:0:1:ffff::1", false, true),
            ("two /64", "2001:db8:0:1::1", "2001:db8:0:2::1", false, false),
            ("IPv4 in IPv6", "192.0.2.1", "::ffff:192.0.2.1", false, true),
            ("neighbours, when there are too many", "192.0.2.1", "192.0.99.2", true, true),
            ("neighbours of IPv6, when there are too many", "2001:db8:0:1::1", "2001:db8:9:9::1", true, true),
            ("strangers, even then", "192.0.2.1", "198.51.100.1", true, false),
        ] {
            let (one, other) = (key(one.parse().unwrap(), full), key(other.parse().unwrap(), full));
            assert_eq!(one == other, same, "{name}");
        }
    }

    #[test]
    fn a_burst_is_let_through_and_what_follows_waits() {
        let (two, five) = (NonZeroU32::new(2).unwrap(), NonZeroU32::new(5).unwrap());
        let rate = Rate::new("address", Allowed { per_second: two, burst: five });
        assert_eq!(rate.policy, "\"address\";q=5;w=3");
        let left = |verdict: Verdict| (verdict.left.to_str().unwrap().to_owned(), verdict.wait.is_some());
        assert_eq!(left(rate.judge(1, NonZeroU32::MIN)), ("\"address\";r=4;t=1".to_owned(), false));
        assert_eq!(left(rate.judge(1, two)), ("\"address\";r=2;t=2".to_owned(), false));
        assert_eq!(left(rate.judge(1, five)), ("\"address\";r=0;t=3".to_owned(), true));
        // Dearer than all that is ever allowed at once: of somebody else, it passes.
        assert!(!left(rate.judge(2, NonZeroU32::new(20).unwrap())).1);
    }

    #[test]
    fn what_is_remembered_is_bounded() {
        let rate = Rate::new("address", Allowed { per_second: NonZeroU32::MIN, burst: NonZeroU32::MIN });
        let ask = |n: u32, full: bool| rate.judge(key(IpAddr::from(std::net::Ipv4Addr::from(n)), full), NonZeroU32::MIN);
        (0..1000).for_each(|n| drop(ask(n << 8, false)));
        rate.forget(500);
        assert!(rate.full.load(Ordering::Relaxed));
        (0..100_000).for_each(|n| drop(ask(n << 8, true)));
        assert!(rate.limiter.len() < 1000 + 400, "{}", rate.limiter.len());
    }
}
