//! Where a webhook may be sent: not into networks that only this machine can reach (server-side request forgery).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use ipnet::IpNet;
use reqwest::Url;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::{DeliverRefusal, Settings};

/// Judges addresses; also the resolver of the HTTP client, so that what is judged is what is connected to.
#[derive(Clone, Debug)]
pub struct Guard {
    allowed: Arc<Vec<IpNet>>,
    allow_http: bool,
}

/// Networks that are not of the public Internet (IANA special-purpose address registries, RFC 6890).
const NOT_PUBLIC_V4: [(Ipv4Addr, u32); 15] = [
    (Ipv4Addr::new(0, 0, 0, 0), 8),
    (Ipv4Addr::new(10, 0, 0, 0), 8),
    (Ipv4Addr::new(100, 64, 0, 0), 10),
    (Ipv4Addr::new(127, 0, 0, 0), 8),
    (Ipv4Addr::new(169, 254, 0, 0), 16),
    (Ipv4Addr::new(172, 16, 0, 0), 12),
    (Ipv4Addr::new(192, 0, 0, 0), 24),
    (Ipv4Addr::new(192, 0, 2, 0), 24),
    (Ipv4Addr::new(192, 88, 99, 0), 24),
    (Ipv4Addr::new(192, 168, 0, 0), 16),
    (Ipv4Addr::new(198, 18, 0, 0), 15),
    (Ipv4Addr::new(198, 51, 100, 0), 24),
    (Ipv4Addr::new(203, 0, 113, 0), 24),
    (Ipv4Addr::new(224, 0, 0, 0), 4),
    (Ipv4Addr::new(240, 0, 0, 0), 4),
];

fn is_public_v4(address: Ipv4Addr) -> bool {
    !NOT_PUBLIC_V4.iter().any(|(network, length)| (u32::from(address) ^ u32::from(*network)) >> (32 - length) == 0)
}

/// Of IPv6 only global unicast (2000::/3) is public, without the parts of it that are set aside; an address that stands for one of IPv4 is worth
/// what that one is.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let [a, b, c, _, _, _, g, h] = address.segments();
    let embedded = |high: u16, low: u16| is_public_v4(Ipv4Addr::from((u32::from(high) << 16) | u32::from(low)));
    match (a, b) {
        // NAT64 (RFC 6052), 6to4 (RFC 3056).
        (0x64, 0xff9b) if address.segments().iter().skip(2).take(4).all(|s| *s == 0) => embedded(g, h),
        (0x2002, _) => embedded(b, c),
        // IETF protocol assignments (Teredo, ORCHID…), documentation.
        (0x2001, 0..0x200 | 0xdb8) | (0x3fff, 0..0x1000) => false,
        _ => a & 0xe000 == 0x2000,
    }
}

impl Guard {
    pub fn new(settings: &Settings) -> Self {
        Self { allowed: Arc::new(settings.allow_networks.clone()), allow_http: settings.allow_http }
    }

    /// Whether something may be sent to an address.
    pub fn allows(&self, address: IpAddr) -> bool {
        // ::ffff:127.0.0.1 is 127.0.0.1.
        let address = address.to_canonical();
        let public = match address {
            IpAddr::V4(address) => is_public_v4(address),
            IpAddr::V6(address) => is_public_v6(address),
        };
        public || self.allowed.iter().any(|network| network.contains(&address))
    }

    /// The address of a webhook: `https`, without a user, to a host all of whose addresses may be sent to.
    ///
    /// # Errors
    /// [`DeliverRefusal::Invalid`] on `/url`.
    pub async fn check(&self, url: &str) -> Result<Url, DeliverRefusal> {
        let refuse = |code, fr, en| DeliverRefusal::invalid("/url", code, fr, en);
        let url = Url::parse(url).map_err(|_| refuse("url", "ce n'est pas une adresse absolue", "this is no absolute address"))?;
        if !self.speaks(url.scheme()) {
            return Err(refuse("https", "l'adresse commence par https://", "the address begins with https://"));
        }
        if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
            let (fr, en) = ("l'adresse n'a ni utilisateur, ni mot de passe, ni fragment", "the address has no user, password or fragment");
            return Err(refuse("url", fr, en));
        }
        let port = url.port_or_known_default().unwrap_or(443);
        let host = url.host_str().unwrap_or_default().trim_start_matches('[').trim_end_matches(']');
        let found: Vec<SocketAddr> = tokio::net::lookup_host((host, port)).await.map(Iterator::collect).unwrap_or_default();
        if found.is_empty() {
            return Err(refuse("unresolved", "le nom de l'hôte ne mène à aucune adresse", "the name of the host leads to no address"));
        }
        if !found.iter().all(|address| self.allows(address.ip())) {
            return Err(refuse(
                "private_address",
                "l'hôte n'est pas sur l'Internet public, et la configuration ne l'admet pas (`webhooks.allow_networks`)",
                "the host is not on the public Internet, and the configuration does not allow it (`webhooks.allow_networks`)",
            ));
        }
        Ok(url)
    }

    fn speaks(&self, scheme: &str) -> bool {
        scheme == "https" || (scheme == "http" && self.allow_http)
    }

    /// Whether a request may go out: an address that stands in the URL itself is resolved by nobody.
    pub(super) fn allows_url(&self, url: &Url) -> bool {
        let host = url.host_str().unwrap_or_default().trim_start_matches('[').trim_end_matches(']');
        self.speaks(url.scheme()) && host.parse::<IpAddr>().map_or(!host.is_empty(), |address| self.allows(address))
    }
}

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let guard = self.clone();
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            if !found.iter().all(|address| guard.allows(address.ip())) {
                return Err("the host is not on the public Internet".into());
            }
            let found: Addrs = Box::new(found.into_iter());
            Ok(found)
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn guard(allowed: &[&str]) -> Guard {
        Guard::new(&Settings { allow_networks: allowed.iter().map(|n| n.parse().unwrap()).collect(), ..Settings::default() })
    }

    #[test]
    fn only_what_is_on_the_public_internet_is_sent_to() {
        for (address, expected) in [
            ("8.8.8.8", true),
            ("172.15.255.255", true),
            ("172.32.0.1", true),
            ("100.63.255.255", true),
            ("100.128.0.1", true),
            ("223.255.255.255", true),
            ("0.0.0.0", false),
            ("0.1.2.3", false),
            ("10.0.0.1", false),
            ("100.64.0.1", false),
            ("127.0.0.1", false),
            ("127.255.255.254", false),
            ("169.254.169.254", false),
            ("172.16.0.1", false),
            ("172.31.255.255", false),
            ("192.0.0.8", false),
            ("192.0.2.1", false),
            ("192.168.1.1", false),
            ("198.19.0.1", false),
            ("198.51.100.7", false),
            ("203.0.113.7", false),
            ("224.0.0.1", false),
            ("240.0.0.1", false),
            ("255.255.255.255", false),
            ("2606:4700::1111", true),
            ("2a01:e0a::1", true),
            ("::", false),
            ("::1", false),
            ("fe80::1", false),
            ("fc00::1", false),
            ("fd12:3456::1", false),
            ("ff02::1", false),
            ("2001:db8::1", false),
            ("2001::1", false),
            ("3fff::1", false),
            ("::ffff:127.0.0.1", false),
            ("::ffff:10.1.2.3", false),
            ("::ffff:8.8.8.8", true),
            ("::7f00:1", false),
            ("64:ff9b::7f00:1", false),
            ("64:ff9b::808:808", true),
            ("2002:7f00:1::1", false),
            ("2002:808:808::1", true),
        ] {
            assert_eq!(guard(&[]).allows(address.parse().unwrap()), expected, "{address}");
        }
    }

    #[test]
    fn what_the_configuration_allows_is_allowed_and_nothing_else() {
        let guard = guard(&["10.0.0.0/8", "fd00::/8"]);
        for (address, expected) in
            [("10.1.2.3", true), ("::ffff:10.1.2.3", true), ("fd12::1", true), ("192.168.1.1", false), ("127.0.0.1", false), ("fe80::1", false)]
        {
            assert_eq!(guard.allows(address.parse().unwrap()), expected, "{address}");
        }
    }

    #[actix_web::test]
    async fn an_address_is_judged_however_it_is_written() {
        for (url, code) in [
            ("http://8.8.8.8/", Some("https")),
            ("ftp://8.8.8.8/", Some("https")),
            ("/relative", Some("url")),
            ("https://user@8.8.8.8/", Some("url")),
            ("https://8.8.8.8/#x", Some("url")),
            ("https://127.0.0.1/", Some("private_address")),
            ("https://2130706433/", Some("private_address")),
            ("https://0x7f.1/", Some("private_address")),
            ("https://0177.0.0.1/", Some("private_address")),
            ("https://[::1]/", Some("private_address")),
            ("https://[::ffff:7f00:1]/", Some("private_address")),
            ("https://localhost/", Some("private_address")),
            ("https://nowhere.invalid/", Some("unresolved")),
            ("https://8.8.8.8/hook", None),
        ] {
            let found = match guard(&[]).check(url).await {
                Ok(_) => None,
                Err(DeliverRefusal::Invalid(fault)) => Some(fault.code),
                Err(other) => panic!("{url}: {other}"),
            };
            assert_eq!(found, code, "{url}");
        }
    }
}
