//! Bytes to a socket, and what comes back.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

use crate::harness::Server;

/// What was answered to some bytes.
#[derive(Debug)]
pub struct Heard {
    /// The status of each answer, but for `100 Continue`.
    pub statuses: Vec<u16>,
    pub text: String,
}

fn connect(server: &Server) -> TcpStream {
    let stream = TcpStream::connect(server.url.trim_start_matches("http://")).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    stream.set_write_timeout(Some(Duration::from_secs(20))).unwrap();
    stream
}

/// Sends bytes, says that nothing follows, and hears the other side to its end.
pub fn say(server: &Server, bytes: &[u8]) -> Heard {
    let mut stream = connect(server);
    // Who refuses what it reads may not wait for the rest.
    let _ = stream.write_all(bytes);
    let _ = stream.shutdown(Shutdown::Write);
    let mut all = Vec::new();
    let mut some = [0; 16_384];
    loop {
        match stream.read(&mut some) {
            Ok(0) => break,
            Ok(read) => all.extend_from_slice(some.get(..read).unwrap()),
            Err(e) if e.kind() == std::io::ErrorKind::ConnectionReset => break,
            Err(e) => panic!("neither answered nor closed: {e}; {}", String::from_utf8_lossy(&all)),
        }
    }
    let text = String::from_utf8_lossy(&all).into_owned();
    let statuses = text.split("HTTP/1.").skip(1).filter_map(|answer| answer.get(2..5)?.parse().ok()).filter(|status| *status != 100).collect();
    Heard { statuses, text }
}
