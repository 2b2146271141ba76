//! In which format a reader wants an answer (RFC 9110 §12.5.1).

use actix_web::http::header::{ACCEPT, HeaderMap};

/// The format that the reader names and likes best, the first of equals; none: JSON, which is what everything is answered in when nothing else is
/// named, or when it is liked as much: generated clients name every type of the contract.
pub fn wanted<'a>(headers: &HeaderMap, offered: &[&'a str]) -> Option<&'a str> {
    let ranges: Vec<(String, f32)> =
        headers.get_all(ACCEPT).filter_map(|value| value.to_str().ok()).flat_map(|text| text.split(',')).map(range).collect();
    let weight = |media: &str| ranges.iter().find(|(range, _)| range == media).map_or(0.0, |(_, q)| *q);
    let mut best: Option<(&str, f32)> = None;
    for media in offered {
        let liked = weight(media);
        if liked > best.map_or(0.0, |(_, most)| most) {
            best = Some((media, liked));
        }
    }
    best.filter(|(_, liked)| *liked > weight("application/json")).map(|(media, _)| media)
}

fn range(text: &str) -> (String, f32) {
    let mut parts = text.split(';').map(str::trim);
    let media = parts.next().unwrap_or_default().to_ascii_lowercase();
    let weight = parts.filter_map(|part| part.strip_prefix("q=")).find_map(|q| q.parse().ok());
    (media, weight.unwrap_or(1.0))
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::nothing_said("", None)]
    #[case::anything("*/*", None)]
    #[case::a_browser("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8", Some("text/html"))]
    #[case::json_liked_better("application/json, text/html;q=0.5", None)]
    #[case::liked_as_much_as_json("application/pdf, application/json", None)]
    #[case::liked_better_than_json("application/json;q=0.5, application/pdf", Some("application/pdf"))]
    #[case::the_first_of_equals("application/pdf, text/html", Some("text/html"))]
    #[case::the_best("text/html;q=0.4, application/pdf;q=0.6", Some("application/pdf"))]
    #[case::refused("text/html;q=0", None)]
    #[case::in_capitals("Application/PDF", Some("application/pdf"))]
    fn what_is_wanted(#[case] accept: &'static str, #[case] expected: Option<&str>) {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static(accept));
        assert_eq!(wanted(&headers, &["text/html", "application/pdf"]), expected);
    }
}
