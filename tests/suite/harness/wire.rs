//! HTTP written out by hand, for what no client would send.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

use super::{Answer, Server};

/// A request, byte for byte.
pub struct Wire<'a> {
    pub method: &'a str,
    /// Path and query, as they go out.
    pub target: &'a str,
    pub headers: &'a [(&'static str, String)],
    pub body: &'a [u8],
}

impl Wire<'_> {
    /// Sends it on a connection of its own, and reads the answer whole.
    pub fn send(&self, server: &Server) -> Answer {
        let host = server.url.trim_start_matches("http://");
        let mut stream = TcpStream::connect(host).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        stream.set_write_timeout(Some(Duration::from_secs(30))).unwrap();
        let mut head = format!("{} {} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n", self.method, self.target);
        let chunked = self.headers.iter().any(|(name, _)| *name == "Transfer-Encoding");
        if !chunked && (self.method != "GET" || !self.body.is_empty()) {
            head.push_str(&format!("Content-Length: {}\r\n", self.body.len()));
        }
        for (name, value) in self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        stream.write_all(format!("{head}\r\n").as_bytes()).unwrap();
        // Whoever refuses a body need not wait for its end.
        let written = stream.write_all(self.body);
        let mut bytes = Vec::new();
        let mut some = [0; 65_536];
        loop {
            let read = stream.read(&mut some);
            bytes.extend_from_slice(some.get(..*read.as_ref().unwrap_or(&0)).unwrap());
            if let Some(answer) = answer(&bytes, self.method == "HEAD") {
                return answer;
            }
            assert!(matches!(read, Ok(1..)), "no answer: {written:?}, {read:?}, {} bytes", bytes.len());
        }
    }
}

/// The answer, once it is there whole; its head is all of it for who asked for no more.
fn answer(bytes: &[u8], head_only: bool) -> Option<Answer> {
    let end = bytes.windows(4).position(|w| w == b"\r\n\r\n")?;
    let head = std::str::from_utf8(bytes.get(..end)?).ok()?;
    let mut lines = head.split("\r\n");
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let mut headers = HeaderMap::new();
    for line in lines {
        let (name, value) = line.split_once(": ")?;
        headers.append(HeaderName::from_bytes(name.as_bytes()).ok()?, HeaderValue::from_str(value).ok()?);
    }
    let body = bytes.get(end + 4..)?;
    if head_only || matches!(status, 204 | 304) {
        return Some(Answer { status, headers, text: String::new() });
    }
    if headers.get("transfer-encoding").is_some_and(|v| v == "chunked") {
        return Some(Answer { status, headers, text: String::from_utf8_lossy(&unchunked(body)?).into_owned() });
    }
    let length = headers.get("content-length").and_then(|v| v.to_str().ok()).and_then(|v| v.parse().ok());
    let length: usize = length?;
    (body.len() >= length).then_some(())?;
    let text = String::from_utf8_lossy(body).into_owned();
    Some(Answer { status, headers, text })
}

/// A body sent in pieces (RFC 9112 §7.1), once its last one is there.
fn unchunked(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let line = rest.windows(2).position(|w| w == b"\r\n")?;
        let length = usize::from_str_radix(std::str::from_utf8(rest.get(..line)?).ok()?, 16).ok()?;
        if length == 0 {
            return Some(body);
        }
        body.extend_from_slice(rest.get(line + 2..line + 2 + length)?);
        rest = rest.get(line + 2 + length + 2..)?;
    }
}
