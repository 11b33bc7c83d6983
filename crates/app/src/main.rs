//! The legation command.

// What others wrote goes to the terminal through `commands::door` alone.
#![deny(clippy::print_stdout, clippy::print_stderr)]

mod commands;

use std::process::ExitCode;

use clap::Parser as _;
use commands::{Cli, door};

/// Tensors come and go by the megabyte: the system's allocator would give their pages back each time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Exit status where the command line is wrong.
const WRONG: u8 = 2;

fn main() -> ExitCode {
    let result = match Cli::try_parse() {
        Ok(cli) => cli.run(),
        Err(error) => return refuse(&error),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            door::tell(format!("error: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

/// Help and version are our own words; an error repeats the arguments, which may be names of files that others chose.
fn refuse(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() {
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    door::tell(error.render().to_string().trim_end());
    ExitCode::from(WRONG)
}
