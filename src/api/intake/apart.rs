//! What other people's code reads is read apart: by a process of its own, which has a bounded memory and is killed when its time is over. A PDF of
//! 20 kB can ask for gigabytes, for days, or for a stack without end, and none of it can be stopped within a thread.

use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use clap::ValueEnum;

use crate::intake::html;
use crate::intake::pdf::{self, PdfError};

/// The memory of the process: 2 GiB of addresses, of which the allocator sets one aside at the start.
pub const MEMORY: u64 = 2 << 30;
/// A PDF may be nested deeply.
pub const STACK: usize = 16 << 20;
/// The longest text that is taken from it.
const LONGEST: u64 = 64 << 20;

/// What is read apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Sort {
    Pdf,
    /// A page in UTF-8.
    Html,
}

impl Sort {
    const fn name(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Html => "html",
        }
    }

    /// The text of a document, read here and now.
    ///
    /// # Errors
    /// Those of [`pdf::text`].
    pub fn text(self, bytes: &[u8]) -> Result<String, PdfError> {
        match self {
            Self::Pdf => pdf::text(bytes),
            Self::Html => Ok(html::text(&String::from_utf8_lossy(bytes))),
        }
    }
}

/// How the process ends for each error; any other end is [`PdfError::Unreadable`].
const ENDS: [(PdfError, u8); 3] = [(PdfError::NotPdf, 10), (PdfError::TooLarge, 11), (PdfError::NoText, 12)];

/// The exit code that says an error.
pub fn exit_code(error: PdfError) -> u8 {
    ENDS.iter().find(|(known, _)| *known == error).map_or(1, |(_, code)| *code)
}

/// Why there is no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotRead {
    Document(PdfError),
    /// It took all its time.
    Late,
    /// The process cannot be started.
    Failed,
}

/// Reads documents apart.
#[derive(Clone)]
pub struct Apart {
    /// This program: its command `text` reads.
    program: PathBuf,
    time: Duration,
}

impl Apart {
    pub const fn new(program: PathBuf, time: Duration) -> Self {
        Self { program, time }
    }

    /// How long a document may take.
    pub const fn seconds(&self) -> u64 {
        self.time.as_secs()
    }

    /// The text of a document. Waits for it.
    ///
    /// # Errors
    /// [`NotRead`].
    pub fn text(&self, sort: Sort, bytes: Vec<u8>) -> Result<String, NotRead> {
        let seconds = self.time.as_secs().saturating_add(1).to_string();
        let mut command = Command::new(&self.program);
        // It needs nothing of what the service knows.
        command.env_clear().args(["text", sort.name(), "--seconds", &seconds]);
        let started = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let mut child = started.map_err(|problem| {
            tracing::error!(%problem, "no process can be started to read a document");
            NotRead::Failed
        })?;
        let read = piped(&mut child, bytes).recv_timeout(self.time);
        if read.is_err() {
            let _ = child.kill();
        }
        let end = child.wait().map_err(|_| NotRead::Failed)?;
        let bytes = read.map_err(|_| NotRead::Late)?;
        if end.success() {
            return String::from_utf8(bytes).map_err(|_| NotRead::Document(PdfError::Unreadable));
        }
        let known = ENDS.iter().find(|(_, code)| end.code() == Some(i32::from(*code)));
        Err(NotRead::Document(known.map_or(PdfError::Unreadable, |(error, _)| *error)))
    }
}

/// Sends the document, and gives what comes back once all of it is there. Both at once: the process may answer before it has read all.
fn piped(child: &mut Child, bytes: Vec<u8>) -> mpsc::Receiver<Vec<u8>> {
    let (done, read) = mpsc::channel();
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    thread::spawn(move || {
        // Whoever refuses a document need not read it to its end.
        stdin.map(|mut stdin| stdin.write_all(&bytes))
    });
    thread::spawn(move || {
        let mut text = Vec::new();
        let whole = stdout.map(|stdout| stdout.take(LONGEST).read_to_end(&mut text));
        whole.map(|_| done.send(text))
    });
    read
}
