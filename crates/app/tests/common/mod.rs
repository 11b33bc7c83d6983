//! A folder that goes away with the test, and the command in it.
#![allow(dead_code, reason = "every test takes what it needs")]

use std::{
    fs,
    path::PathBuf,
    process::{Child, Command, Output, Stdio},
};

pub struct Scratch(pub PathBuf);

impl Scratch {
    pub fn new(test: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("legation-app-{test}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    pub fn write(&self, name: &str, text: &str) -> PathBuf {
        fs::write(self.0.join(name), text).unwrap();
        self.0.join(name)
    }

    pub fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().unwrap().to_owned()
    }

    pub fn command(&self, ledger: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_legation"));
        command.arg("--ledger").arg(self.0.join(ledger)).args(arguments);
        command
    }

    pub fn run(&self, ledger: &str, arguments: &[&str]) -> String {
        let Output { status, stdout, stderr } = self.command(ledger, arguments).output().unwrap();
        assert!(status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&stderr));
        String::from_utf8(stdout).unwrap()
    }

    /// Exit status and errors of a command that has to fail.
    pub fn fails(&self, ledger: &str, arguments: &[&str]) -> (i32, String) {
        let Output { status, stderr, .. } = self.command(ledger, arguments).output().unwrap();
        assert!(!status.success(), "{arguments:?} succeeds");
        (status.code().unwrap_or(-1), String::from_utf8(stderr).unwrap())
    }

    pub fn start(&self, ledger: &str, arguments: &[&str]) -> Child {
        self.command(ledger, arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
