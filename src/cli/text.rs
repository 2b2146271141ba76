//! The text of a document on standard input: the process that the service starts for what it does not read itself. It bounds itself before it reads.

use std::io::{Read, Write};
use std::process::ExitCode;

use rlimit::Resource;

use super::Failure;
use crate::api::apart::{MEMORY, STACK, Sort, exit_code};

pub(super) fn run(sort: Sort, seconds: u64) -> Result<ExitCode, Failure> {
    rlimit::setrlimit(Resource::AS, MEMORY, MEMORY)?;
    // If the service is not there any longer to end it.
    rlimit::setrlimit(Resource::CPU, seconds, seconds)?;
    // A document that brings it down leaves no copy of itself.
    rlimit::setrlimit(Resource::CORE, 0, 0)?;
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes)?;
    let reading = std::thread::Builder::new().stack_size(STACK).spawn(move || sort.text(&bytes))?;
    match reading.join() {
        Ok(Ok(text)) => {
            std::io::stdout().lock().write_all(text.as_bytes())?;
            Ok(ExitCode::SUCCESS)
        }
        Ok(Err(error)) => Ok(ExitCode::from(exit_code(error))),
        Err(_) => Ok(ExitCode::FAILURE),
    }
}
