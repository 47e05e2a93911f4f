//! The `pim` program: reads the command line and runs it.

use std::process::ExitCode;

fn main() -> ExitCode {
    match pim::cli::run(pim::cli::Cli::typed()) {
        Ok(code) => code,
        Err(error) => {
            #[expect(clippy::print_stderr, reason = "the edge: errors are said here")]
            {
                eprintln!("pim: {error:#}");
            }
            ExitCode::from(2)
        }
    }
}
