//! Secrets of webhooks, and what they sign (Standard Webhooks 1.0, symmetric signatures).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac};
use sha2::Sha256;

/// Makes the secrets of webhooks from a key that is kept outside the database: who reads the database, or a copy of it, can sign nothing.
pub struct Secrets {
    key: [u8; 32],
}

/// The secret of a webhook.
#[derive(Clone)]
pub struct Secret(Vec<u8>);

impl Secrets {
    pub const fn new(key: [u8; 32]) -> Self {
        Self { key }
    }

    /// The secret of a webhook that has this salt. Another salt is another secret.
    pub fn of(&self, webhook: &str, salt: &str) -> Secret {
        Secret(mac(&self.key, &[b"registre webhook secret 1\n", webhook.as_bytes(), b"\n", salt.as_bytes()]))
    }
}

/// A salt that was never used: 128 bits of chance in hexadecimal.
pub(super) fn salt() -> String {
    let mut bytes = [0u8; 16];
    rand_core::RngCore::fill_bytes(&mut rand_core::OsRng, &mut bytes);
    hex::encode(bytes)
}

impl Secret {
    /// As it is given to the receiver: `whsec_` and base64.
    pub fn text(&self) -> String {
        format!("whsec_{}", STANDARD.encode(&self.0))
    }

    /// One signature of the header `webhook-signature`: of the identifier, the timestamp (seconds since 1970) and the body, joined by full stops.
    pub fn sign(&self, id: &str, timestamp: i64, body: &[u8]) -> String {
        format!("v1,{}", STANDARD.encode(mac(&self.0, &[id.as_bytes(), b".", timestamp.to_string().as_bytes(), b".", body])))
    }
}

fn mac(key: &[u8], parts: &[&[u8]]) -> Vec<u8> {
    // HMAC takes a key of any length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return Vec::new() };
    parts.iter().for_each(|part| mac.update(part));
    mac.finalize().into_bytes().to_vec()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_that_of_the_specification_s_example() {
        let secret = Secret(STANDARD.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap());
        assert_eq!(secret.text(), "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        let signature = secret.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, br#"{"test": 2432232314}"#);
        assert_eq!(signature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn a_secret_is_of_one_webhook_one_salt_and_one_key() {
        let secrets = Secrets::new([1; 32]);
        let one = secrets.of("a", "s").text();
        assert_eq!(one, secrets.of("a", "s").text());
        assert_eq!(STANDARD.decode(one.trim_start_matches("whsec_")).unwrap().len(), 32);
        for other in [secrets.of("b", "s"), secrets.of("a", "t"), Secrets::new([2; 32]).of("a", "s")] {
            assert_ne!(other.text(), one);
        }
    }
}
