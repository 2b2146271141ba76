//! The bytes of files.

use reqwest::Method;
use rstest::rstest;

use super::ask;
use super::deleted::show;
use super::island::{self, *};
use crate::harness::world::PDF;
use crate::harness::{Answer, Engine};

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn a_file_is_shown_at_one_address_and_saved_at_another(#[case] engine: Engine) {
    let server = island::server(engine);
    for (way, how) in [("access", "inline"), ("download", "attachment")] {
        let answer = ask(&server, &format!("/oparl/v1/file/{FILE}/{way}")).expect(200);
        assert_eq!(answer.text.as_bytes(), PDF);
        let disposition = answer.header("content-disposition");
        assert!(disposition.starts_with(how) && disposition.contains("filename=\"digue.pdf\""), "{disposition}");
        assert_eq!((answer.header("content-type"), answer.header("content-length")), ("application/pdf", "15"));
        assert!(answer.headers.contains_key("etag") && answer.headers.contains_key("last-modified"));
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn a_file_that_the_reader_has_is_not_sent_again(#[case] engine: Engine) {
    let server = island::server(engine);
    let path = format!("/oparl/v1/file/{FILE}/access");
    let first = ask(&server, &path).expect(200);
    let (etag, came) = (first.header("etag").to_owned(), first.header("last-modified").to_owned());
    let early = "Thu, 01 Jan 2015 00:00:00 GMT";
    for (case, headers, status) in [
        ("its tag", vec![("if-none-match", etag.as_str())], 304),
        ("another tag", vec![("if-none-match", "\"other\"")], 200),
        ("since it came", vec![("if-modified-since", came.as_str())], 304),
        ("since before it came", vec![("if-modified-since", early)], 200),
        ("another tag, whatever the time", vec![("if-none-match", "\"other\""), ("if-modified-since", came.as_str())], 200),
        ("its tag, whatever the time", vec![("if-none-match", etag.as_str()), ("if-modified-since", early)], 304),
        ("a time that is none", vec![("if-modified-since", "yesterday")], 200),
    ] {
        let request = headers.into_iter().fold(server.request(Method::GET, &path), |request, (name, value)| request.header(name, value));
        let answer = Answer::of(request.send().unwrap());
        assert_eq!((answer.status, answer.text.is_empty()), (status, status == 304), "{case}");
        assert_eq!(answer.header("last-modified"), came, "{case}");
    }
    let object = ask(&server, &format!("/oparl/v1/file/{FILE}")).expect(200);
    let again = server.request(Method::GET, &format!("/oparl/v1/file/{FILE}")).header("if-none-match", object.header("etag"));
    assert_eq!(again.send().unwrap().status().as_u16(), 304);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn a_file_that_is_no_longer_shown_is_gone(#[case] engine: Engine) {
    let server = island::server(engine);
    show(&server, &format!("deliberations/{ACT}"), "internal");
    for way in ["access", "download"] {
        let answer = ask(&server, &format!("/oparl/v1/file/{FILE}/{way}")).expect(410);
        assert_eq!(answer.json()["type"], "https://schema.oparl.org/1.1/Error");
        // That of another record stays; one that was never shown is not told of.
        ask(&server, &format!("/oparl/v1/file/{MINUTES}/{way}")).expect(200);
        ask(&server, &format!("/oparl/v1/file/{ANNEX}/{way}")).expect(404);
    }
    assert_eq!(ask(&server, &format!("/oparl/v1/file/{FILE}")).expect(200).json()["deleted"], true);
    show(&server, &format!("deliberations/{ACT}"), "public");
    ask(&server, &format!("/oparl/v1/file/{FILE}/access")).expect(200);
}
