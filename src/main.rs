//! The binary: the command line, and nothing else.

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    match registre::cli::run() {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("registre: {failure}");
            std::process::ExitCode::FAILURE
        }
    }
}
