//! The headers that go with a file.

use std::ops::Range;

use actix_web::http::header::{
    CONTENT_LENGTH, CONTENT_TYPE, Charset, ContentDisposition, DispositionParam, DispositionType, ExtendedValue, HeaderMap, IF_RANGE, RANGE,
};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::api::problem::{Kind, Problem};

/// What the file is said to be. Where nothing is said, its bytes tell (RFC 9110 §8.3): some generated clients send no type with a file.
pub fn content_type(headers: &HeaderMap) -> &str {
    headers.get(CONTENT_TYPE).map_or("application/octet-stream", |value| value.to_str().unwrap_or_default())
}

/// How many bytes are announced.
pub fn length(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// The SHA-256 that is announced: `Content-Digest` or `Repr-Digest` (RFC 9530), or the older `Digest` (RFC 3230). One that is announced and
/// cannot be checked is refused: who sent it counts on it.
pub fn announced_digest(headers: &HeaderMap) -> Result<Option<[u8; 32]>, Problem> {
    let mut found = None;
    for name in ["Content-Digest", "Repr-Digest", "Digest"] {
        let Some(value) = headers.get(name) else { continue };
        let digest = value.to_str().ok().and_then(sha256_of);
        let digest = digest.filter(|digest| found.is_none_or(|other| other == *digest));
        found = Some(digest.ok_or_else(|| {
            let (fr, en) = ("l'empreinte attendue est `sha-256=:BASE64:`", "the digest that is expected is `sha-256=:BASE64:`");
            Problem::new(Kind::InvalidParameter).at(name, "sha-256", fr, en)
        })?);
    }
    Ok(found)
}

/// The member `sha-256` of a digest field. The colons are those of a byte sequence (RFC 8941 §3.3.5); the older field has none.
fn sha256_of(field: &str) -> Option<[u8; 32]> {
    let members = field.split(',').filter_map(|member| member.trim().split_once('='));
    let (_, value) = members.into_iter().find(|(name, _)| name.eq_ignore_ascii_case("sha-256"))?;
    let value = value.strip_prefix(':').map_or(Some(value), |value| value.strip_suffix(':'))?;
    STANDARD.decode(value).ok()?.try_into().ok()
}

/// A digest as RFC 9530 writes it.
pub fn digest_field(sha256: &str) -> String {
    format!("sha-256=:{}:", STANDARD.encode(hex::decode(sha256).unwrap_or_default()))
}

/// To be saved or shown under this name (RFC 6266, RFC 8187), whatever its letters.
pub fn disposition(how: DispositionType, name: &str) -> ContentDisposition {
    let plain = name.chars().map(|c| if c.is_ascii_graphic() && !matches!(c, '"' | '\\' | '%') || c == ' ' { c } else { '_' }).collect();
    let whole = ExtendedValue { charset: Charset::Ext("UTF-8".to_owned()), language_tag: None, value: name.as_bytes().to_vec() };
    ContentDisposition { disposition: how, parameters: vec![DispositionParam::Filename(plain), DispositionParam::FilenameExt(whole)] }
}

/// What a reader asks for.
#[derive(Debug, PartialEq, Eq)]
pub enum Asked {
    Whole,
    Part(Range<u64>),
    /// A part that begins where the file has ended.
    Beyond,
}

/// The one part that `Range` asks for. Several parts, other units and what cannot be read are answered whole, as RFC 9110 §14.2 allows; so is a
/// part of a file that the reader knows under another tag (`If-Range`).
pub fn asked_part(headers: &HeaderMap, etag: &str, size: u64) -> Asked {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    if headers.contains_key(IF_RANGE) && text(IF_RANGE) != Some(etag) {
        return Asked::Whole;
    }
    text(RANGE).and_then(|range| part(range, size)).unwrap_or(Asked::Whole)
}

fn part(range: &str, size: u64) -> Option<Asked> {
    let (first, last) = range.strip_prefix("bytes=")?.split_once('-')?;
    let number = |text: &str| if text.bytes().all(|b| b.is_ascii_digit()) { text.parse::<u64>().ok() } else { None };
    let part = if first.is_empty() {
        let length = number(last)?;
        if length == 0 {
            return Some(Asked::Beyond);
        }
        size.saturating_sub(length)..size
    } else {
        let first = number(first)?;
        let end = if last.is_empty() { size } else { number(last).filter(|last| first <= *last)?.saturating_add(1).min(size) };
        first..end
    };
    Some(if part.start < size { Asked::Part(part) } else { Asked::Beyond })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_part_is_read_and_anything_else_is_the_whole() {
        for (range, expected) in [
            ("bytes=0-0", Some(Asked::Part(0..1))),
            ("bytes=2-", Some(Asked::Part(2..10))),
            ("bytes=-3", Some(Asked::Part(7..10))),
            ("bytes=-30", Some(Asked::Part(0..10))),
            ("bytes=5-99", Some(Asked::Part(5..10))),
            ("bytes=9-9", Some(Asked::Part(9..10))),
            ("bytes=10-", Some(Asked::Beyond)),
            ("bytes=-0", Some(Asked::Beyond)),
            ("bytes=3-2", None),
            ("bytes=0-1,3-4", None),
            ("bytes=+1-2", None),
            ("bytes=-", None),
            ("lines=0-1", None),
            ("bytes=0-18446744073709551615", Some(Asked::Part(0..10))),
            ("bytes=18446744073709551616-", None),
        ] {
            assert_eq!(part(range, 10), expected, "{range}");
        }
    }

    #[test]
    fn a_digest_is_read_in_either_form() {
        let bytes = [7u8; 32];
        let base64 = STANDARD.encode(bytes);
        for (field, right) in [
            (format!("sha-256=:{base64}:"), true),
            (format!("md5=:abcd:, sha-256=:{base64}:"), true),
            (format!("SHA-256={base64}"), true),
            (format!("sha-256=:{base64}"), false),
            ("sha-256=:AAAA:".to_owned(), false),
            (format!("sha-512=:{base64}:"), false),
        ] {
            assert_eq!(sha256_of(&field), right.then_some(bytes), "{field}");
        }
        assert_eq!(sha256_of(&digest_field(&hex::encode(bytes))), Some(bytes));
    }

    #[test]
    fn a_name_is_written_for_old_and_new_readers() {
        let header = disposition(DispositionType::Attachment, "déport \"50%\".pdf").to_string();
        assert_eq!(header, "attachment; filename=\"d_port _50__.pdf\"; filename*=UTF-8''d%C3%A9port%20%2250%25%22.pdf");
    }
}
