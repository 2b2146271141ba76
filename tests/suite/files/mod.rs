//! Files of sittings and acts, over real HTTP: what comes in, what is refused, what goes out, and who may read it.

mod archive;
mod kept;
mod linked;
mod read;
mod refused;
mod rights;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::Method;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::harness::{ACT, Answer, PAS_DE_CALAIS, Server};

/// A PDF of so many bytes, each unlike its neighbours.
pub fn pdf(size: usize) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let filling = (0u32..).flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes());
    bytes.extend(filling.take(size - bytes.len()));
    bytes
}

pub fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// As RFC 9530 writes it.
pub fn digest_field(bytes: &[u8]) -> String {
    format!("sha-256=:{}:", STANDARD.encode(Sha256::digest(bytes)))
}

/// A file to be sent to the act of the demonstration.
pub struct Upload<'a> {
    pub to: String,
    pub role: &'a str,
    pub name: &'a str,
    /// `Content-Type`; empty: none is sent.
    pub media: &'a str,
    pub headers: Vec<(&'static str, String)>,
    pub bytes: Vec<u8>,
}

impl<'a> Upload<'a> {
    pub fn of(role: &'a str, bytes: impl Into<Vec<u8>>) -> Self {
        let to = format!("/v1/deliberations/{ACT}/files");
        Self { to, role, name: "annexe.pdf", media: "application/pdf", headers: Vec::new(), bytes: bytes.into() }
    }

    pub fn to(mut self, record: &str) -> Self {
        self.to = format!("{record}/files");
        self
    }

    pub fn named(mut self, name: &'a str, media: &'a str) -> Self {
        (self.name, self.media) = (name, media);
        self
    }

    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub fn send(self, server: &Server) -> Answer {
        self.send_by(server, &server.token(PAS_DE_CALAIS, "all"))
    }

    pub fn send_by(self, server: &Server, token: &str) -> Answer {
        let query = serde_urlencoded::to_string([("role", self.role), ("name", self.name)]).unwrap();
        let request = server.request(Method::POST, &format!("{}?{query}", self.to)).bearer_auth(token);
        let request = if self.media.is_empty() { request } else { request.header("Content-Type", self.media) };
        let request = self.headers.into_iter().fold(request, |r, (name, value)| r.header(name, value));
        Answer::of(request.body(self.bytes).send().unwrap())
    }

    /// What is answered once it is added.
    #[track_caller]
    pub fn added(self, server: &Server) -> Value {
        self.send(server).expect(201).json()
    }
}

/// Every file that a server keeps, temporary ones too, by its path in the folder.
pub fn on_disk(server: &Server) -> Vec<String> {
    fn walk(folder: &std::path::Path, found: &mut Vec<std::path::PathBuf>) {
        for entry in std::fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() { walk(&path, found) } else { found.push(path) }
        }
    }
    let root = server.folder.path().join("files");
    let mut found = Vec::new();
    walk(&root, &mut found);
    let mut names: Vec<String> = found.iter().map(|path| path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned()).collect();
    names.sort();
    names
}

/// Where the bytes of the authority with this digest are.
pub fn place(server: &Server, sha256: &str) -> std::path::PathBuf {
    server.folder.path().join("files").join(PAS_DE_CALAIS).join(&sha256[..2]).join(sha256)
}
