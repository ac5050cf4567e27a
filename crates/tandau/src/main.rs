//! The `tandau` program.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    tandau::cli::run().await
}
