//! The command line: serve, demo, migrate, reindex, token, import, export, verify, openapi, problems.

mod export;
mod import;
mod reindex;
mod serve;
mod text;
mod verify;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Parser, Subcommand};

use crate::api::apart::Sort;
use crate::api::tokens::{LocalKey, Scopes, mint};
use crate::config::Config;
use crate::record::Siren;
use crate::store::Store;

/// Anything that ends a command, in words.
type Failure = Box<dyn std::error::Error>;

#[derive(Parser)]
#[command(name = "registre", version, about = "The register of what local assemblies decide")]
struct Cli {
    /// Configuration file (TOML); otherwise registre.toml, if it is there.
    #[arg(long, env = "REGISTRE_CONFIG", global = true)]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the register.
    Serve,
    /// Serve a register that holds one real act, and say how to read it.
    Demo {
        #[arg(long, default_value = "127.0.0.1:8080", value_name = "ADDR:PORT")]
        listen: SocketAddr,
        /// Folder to keep the register in; otherwise a temporary one, removed at the end.
        #[arg(long, value_name = "DIR")]
        data: Option<PathBuf>,
        /// Database to keep it in, `postgres://…`; otherwise a file in the folder.
        #[arg(long, value_name = "URL")]
        database: Option<String>,
    },
    /// Run the migrations that are not applied.
    Migrate,
    /// Make the index of every act anew: what lists, the search and statistics look in. The register can be used meanwhile.
    Reindex {
        /// SIREN of the authority; otherwise all.
        #[arg(long)]
        authority: Option<Siren>,
    },
    /// Mint a token with the key of the data folder, for development and first use.
    Token {
        /// SIREN of the authority.
        #[arg(long)]
        authority: Siren,
        /// Who it is for.
        #[arg(long)]
        sub: String,
        /// Scopes, separated by spaces; `all` for all.
        #[arg(long)]
        scope: String,
        #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..=366))]
        days: u64,
    },
    /// Import files of records (NDJSON), take in printed acts (.txt, .html, .pdf), or restore an archive into an empty register.
    Import(Box<import::Import>),
    /// Write the archive of a register: everything that it holds.
    Export(export::Export),
    /// Check a proof, a log export or the log of a database, without a register: exit code 0 if everything stands, 1 if not.
    Verify(Box<verify::Verify>),
    /// Read the text of a document on standard input: what the service starts for a PDF or a page.
    #[command(hide = true)]
    Text {
        sort: Sort,
        #[arg(long)]
        seconds: u64,
    },
    /// Print the OpenAPI document.
    Openapi,
    /// Print the catalogue of problems, in Markdown.
    Problems,
}

/// Runs the command that the arguments name. A check that finds fault is a failure that has been told already.
///
/// # Errors
/// In words.
pub fn run() -> Result<ExitCode, Failure> {
    let cli = Cli::parse();
    match cli.command {
        Command::Verify(verify) => return verify.run(),
        Command::Import(import) => return import.run(Config::load(cli.config.as_deref())?),
        Command::Text { sort, seconds } => return text::run(sort, seconds),
        Command::Export(export) => return export.run(Config::load(cli.config.as_deref())?),
        Command::Openapi => {
            println!("{}", serde_json::to_string_pretty(&crate::api::Ordered(&crate::api::document()))?);
            Ok(())
        }
        Command::Problems => {
            print!("{}", crate::api::catalogue());
            Ok(())
        }
        Command::Demo { listen, data, database } => serve::demo(listen, data, database),
        Command::Serve => serve::serve(Config::load(cli.config.as_deref())?),
        Command::Migrate => migrate(&Config::load(cli.config.as_deref())?),
        Command::Reindex { authority } => reindex::reindex(&Config::load(cli.config.as_deref())?, authority.as_ref()),
        Command::Token { authority, sub, scope, days } => {
            let config = Config::load(cli.config.as_deref())?;
            let scopes = if scope == "all" { Scopes::all() } else { known_scopes(&scope)? };
            let key = LocalKey::open(&config.data_dir)?;
            let life = Duration::from_secs(days * 24 * 3600);
            println!("{}", mint(&key, &config.issuer, &config.audience, &sub, &authority, &scopes, life));
            Ok(())
        }
    }?;
    Ok(ExitCode::SUCCESS)
}

/// This program, to be started again: as it runs, even where its file was replaced meanwhile.
fn this_program() -> PathBuf {
    let running = PathBuf::from("/proc/self/exe");
    if running.exists() { running } else { std::env::current_exe().unwrap_or_default() }
}

/// A verifier ignores a scope that it does not know; whoever asks for a token means each word.
fn known_scopes(text: &str) -> Result<Scopes, Failure> {
    for word in text.split_whitespace() {
        if word.parse::<crate::api::tokens::Scope>().is_err() {
            let known: Vec<&str> = Scopes::all().iter().map(crate::api::tokens::Scope::wire).collect();
            return Err(format!("there is no scope {word:?}; there are: {}", known.join(" ")).into());
        }
    }
    Ok(Scopes::parse(text))
}

fn migrate(config: &Config) -> Result<(), Failure> {
    let ran = open(config)?.migrate()?;
    if ran.is_empty() {
        println!("nothing to do: every migration is applied");
    }
    for name in &ran {
        println!("applied {name}");
    }
    if reindex::is_needed(&ran) { reindex::reindex(config, None) } else { Ok(()) }
}

/// The store that a configuration means; the folder of an embedded one is made.
fn open(config: &Config) -> Result<Store, Failure> {
    if config.database_url.is_none() {
        std::fs::create_dir_all(&config.data_dir).map_err(|e| format!("the data folder {} cannot be made: {e}", config.data_dir.display()))?;
    }
    Ok(Store::open_with(&config.database(), config.database_pool, config.patience())?)
}
