//! The register attacked over HTTP: without the right, with forged tokens, by framing that readers take for two requests, by bodies that ask for
//! more than they are. Each file says how many were tried, and none is let in.

mod bombs;
mod framing;
mod headers;
mod logs;
mod matrix;
mod papers;
mod revoked;
mod tokens;
mod wire;
