//! A receiver of webhooks that behaves as it is told.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use serde_json::Value;

/// What it does with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Does {
    Take,
    Fail,
    Redirect,
    Hang,
    /// Closes the connection without a word.
    Disappear,
    /// Answers 200 with more than anyone wants to read.
    Flood,
}

/// A request that came.
#[derive(Clone, Debug)]
pub struct Came {
    pub id: String,
    pub timestamp: i64,
    pub signatures: Vec<String>,
    pub content_type: String,
    pub body: String,
    pub taken: bool,
}

impl Came {
    pub fn event(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

type Plan = dyn Fn(usize, &Came) -> Does + Send + Sync;

pub struct Receiver {
    pub address: SocketAddr,
    came: Arc<Mutex<Vec<Came>>>,
    over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Receiver {
    /// One that does with the n-th request (from 0) what the plan says.
    pub fn new(plan: impl Fn(usize, &Came) -> Does + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (came, over, plan): (Arc<Mutex<Vec<Came>>>, _, Arc<Plan>) = (Arc::default(), Arc::new(AtomicBool::new(false)), Arc::new(plan));
        let (kept, ends) = (Arc::clone(&came), Arc::clone(&over));
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming() {
                if ends.load(Ordering::Acquire) {
                    return;
                }
                let (came, plan, ends) = (Arc::clone(&kept), Arc::clone(&plan), Arc::clone(&ends));
                std::thread::spawn(move || serve(stream.unwrap(), &came, plan.as_ref(), &ends));
            }
        });
        Self { address, came, over, thread: Some(thread) }
    }

    pub fn url(&self) -> String {
        format!("http://{}/hook?key=1", self.address)
    }

    /// Everything that came, in order.
    pub fn came(&self) -> Vec<Came> {
        self.came.lock().unwrap().clone()
    }

    /// The identifiers of what was taken, in order.
    pub fn taken(&self) -> Vec<String> {
        self.came().into_iter().filter(|came| came.taken).map(|came| came.id).collect()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Release);
        let _ = TcpStream::connect(self.address);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn serve(mut stream: TcpStream, all: &Mutex<Vec<Came>>, plan: &Plan, over: &AtomicBool) {
    let Some(mut came) = read(&stream) else { return };
    let does = {
        let mut all = all.lock().unwrap();
        let does = plan(all.len(), &came);
        came.taken = matches!(does, Does::Take | Does::Flood);
        all.push(came);
        does
    };
    let answer = |stream: &mut TcpStream, head: &str, body: &[u8]| {
        let _ = stream.write_all(format!("HTTP/1.1 {head}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len()).as_bytes());
        let _ = stream.write_all(body);
    };
    match does {
        Does::Take => answer(&mut stream, "204 No Content", b""),
        Does::Fail => answer(&mut stream, "500 Internal Server Error", "panne \u{0} passagère".as_bytes()),
        Does::Redirect => answer(&mut stream, "307 Temporary Redirect\r\nLocation: http://127.0.0.1:1/elsewhere", b""),
        Does::Flood => answer(&mut stream, "200 OK", &vec![b'x'; 1_000_000]),
        Does::Disappear => {}
        // Until the other side gives up.
        Does::Hang => {
            stream.set_read_timeout(Some(Duration::from_millis(50))).unwrap();
            let mut one = [0];
            while !over.load(Ordering::Acquire) {
                match stream.read(&mut one) {
                    Ok(0) => return,
                    Ok(_) => {}
                    Err(error) if matches!(error.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut) => {}
                    Err(_) => return,
                }
            }
        }
    }
}

fn read(stream: &TcpStream) -> Option<Came> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    assert!(line.starts_with("POST /hook?key=1 "), "{line}");
    let mut headers = std::collections::HashMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        headers.insert(name.to_lowercase(), value.to_owned());
    }
    let mut body = vec![0; headers.get("content-length")?.parse().unwrap()];
    reader.read_exact(&mut body).ok()?;
    let header = |name: &str| headers.get(name).cloned().unwrap_or_default();
    Some(Came {
        id: header("webhook-id"),
        timestamp: header("webhook-timestamp").parse().unwrap(),
        signatures: header("webhook-signature").split(' ').map(str::to_owned).collect(),
        content_type: header("content-type"),
        body: String::from_utf8(body).unwrap(),
        taken: false,
    })
}
