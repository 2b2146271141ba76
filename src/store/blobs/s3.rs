//! An S3-compatible store: `s3://BUCKET/PREFIX?endpoint=…&region=…`. The credentials come from the environment (`AWS_ACCESS_KEY_ID` and its
//! like), never from the address, which may end up in a log.

use std::sync::Arc;

use object_store::ObjectStore;
use object_store::aws::AmazonS3Builder;
use object_store::prefix::PrefixStore;
use serde::Deserialize;

use super::BlobError;

/// What an address may say.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Parameters {
    /// `https://…`, or `http://…` where the network is one's own.
    endpoint: Option<String>,
    region: Option<String>,
    /// `host` where the name of the bucket is a part of the host name: then it is that of the endpoint too.
    addressing: Option<Addressing>,
}

#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Addressing {
    Path,
    Host,
}

pub(super) fn open(address: &str) -> Result<Arc<dyn ObjectStore>, BlobError> {
    let unusable = |what: String| BlobError::Unusable(format!("s3: {what}"));
    let rest = address.strip_prefix("s3://").unwrap_or_default();
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (bucket, prefix) = place.split_once('/').unwrap_or((place, ""));
    if bucket.is_empty() {
        return Err(unusable("the address names no bucket".to_owned()));
    }
    let parameters: Parameters = serde_urlencoded::from_str(query).map_err(|e| unusable(format!("endpoint, region, addressing: {e}")))?;
    // Without one, reqwest panics at its first use. Doing it twice is harmless: the first choice stays.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut builder =
        AmazonS3Builder::from_env().with_bucket_name(bucket).with_virtual_hosted_style_request(parameters.addressing == Some(Addressing::Host));
    if let Some(region) = parameters.region {
        builder = builder.with_region(region);
    }
    if let Some(endpoint) = parameters.endpoint {
        builder = builder.with_allow_http(endpoint.starts_with("http://")).with_endpoint(endpoint);
    }
    let store = builder.build().map_err(|e| unusable(e.to_string()))?;
    Ok(if prefix.is_empty() { Arc::new(store) } else { Arc::new(PrefixStore::new(store, prefix)) })
}

#[cfg(test)]
mod tests {
    use super::open;

    #[test]
    fn an_address_that_is_wrong_is_refused() {
        for (address, right) in [
            ("s3://bucket/some/prefix?endpoint=http%3A%2F%2F127.0.0.1%3A9000&region=eu-west-3", true),
            ("s3://bucket?addressing=host", true),
            ("s3://", false),
            ("s3:///prefix", false),
            ("s3://bucket?endpiont=http://127.0.0.1", false),
            ("s3://bucket?addressing=ip", false),
        ] {
            assert_eq!(open(address).is_ok(), right, "{address}");
        }
    }
}
