//! Where a file to check comes from: the disk, or the network, a piece at a time.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::time::Duration;

use actix_web::rt::{System, SystemRunner};
use bytes::{Buf, Bytes};
use reqwest::{Client, Response};

use super::super::Failure;

/// How long a connection may take to open, and then to say nothing.
const PATIENCE: Duration = Duration::from_secs(30);

/// Opens a file, or an address that begins with `http://` or `https://`.
pub(super) fn open(source: &str) -> Result<Box<dyn BufRead>, Failure> {
    if source.starts_with("http://") || source.starts_with("https://") {
        let fetched = Fetched::get(source).map_err(|e| format!("{source} cannot be fetched: {e}"))?;
        return Ok(Box::new(BufReader::new(fetched)));
    }
    let file = File::open(source).map_err(|e| format!("{source} cannot be read: {e}"))?;
    Ok(Box::new(BufReader::new(file)))
}

/// An answer that is read as it comes: a log may be larger than the memory.
struct Fetched {
    runtime: SystemRunner,
    response: Response,
    piece: Bytes,
}

impl Fetched {
    fn get(url: &str) -> Result<Self, Failure> {
        // Doing it twice is harmless: the first choice stays.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let runtime = System::new();
        let client =
            Client::builder().connect_timeout(PATIENCE).read_timeout(PATIENCE).user_agent(concat!("registre/", env!("CARGO_PKG_VERSION"))).build()?;
        let response = runtime.block_on(async { client.get(url).send().await?.error_for_status() })?;
        Ok(Self { runtime, response, piece: Bytes::new() })
    }
}

impl Read for Fetched {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while !self.piece.has_remaining() {
            match self.runtime.block_on(self.response.chunk()).map_err(io::Error::other)? {
                Some(piece) => self.piece = piece,
                None => return Ok(0),
            }
        }
        let length = buffer.len().min(self.piece.remaining());
        let (now, _) = buffer.split_at_mut(length);
        self.piece.copy_to_slice(now);
        Ok(length)
    }
}
