//! The room as a program of its own, which can be killed.

use std::io::{BufRead, BufReader, Write};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A room that runs.
pub(super) struct Served {
    program: Child,
    lines: BufReader<std::process::ChildStdout>,
    /// Where phones come in.
    pub(super) address: SocketAddr,
    /// Where terminals come in.
    pub(super) ssh: SocketAddr,
}

impl Served {
    pub(super) fn begin(file: &Path) -> Self {
        let mut program = Command::new(std::env::current_exe().unwrap())
            .arg("serve")
            .arg(file)
            .env("XDG_DATA_HOME", file.with_extension("data"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(program.stdout.take().unwrap());
        let (mut phones, mut ssh) = (0, 0);
        loop {
            let mut line = String::new();
            let read = lines.read_line(&mut line).unwrap();
            assert!(read > 0, "the doors did not open");
            match line.trim().split_once(' ') {
                Some(("ssh", port)) => ssh = port.parse().unwrap(),
                Some(("phones", url)) => {
                    let port = url.split([':', '/']).find_map(|one| one.parse().ok());
                    phones = port.unwrap();
                }
                None if line.trim() == "ready" => break,
                _ => {}
            }
        }
        Self {
            program,
            lines,
            address: ([127, 0, 0, 1], phones).into(),
            ssh: ([127, 0, 0, 1], ssh).into(),
        }
    }

    /// Has it do something, and waits until it is done.
    pub(super) fn does(&mut self, what: &str) {
        let mut to = self.program.stdin.as_ref().unwrap();
        writeln!(to, "{what}").unwrap();
        let mut line = String::new();
        self.lines.read_line(&mut line).unwrap();
    }

    pub(super) fn id(&self) -> u32 {
        self.program.id()
    }

    /// Kilobytes in memory.
    pub(super) fn memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.id()));
        let status = status.unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let number = line.and_then(|line| line.split_whitespace().next());
        number
            .and_then(|number| number.parse().ok())
            .unwrap_or_default()
    }

    /// Seconds of processor time used so far, where a tick is a hundredth.
    pub(super) fn processor(&self) -> f64 {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.id()));
        let stat = stat.unwrap_or_default();
        let (_, rest) = stat.rsplit_once(')').unwrap_or_default();
        let ticks = rest.split_whitespace().skip(11).take(2);
        ticks.filter_map(|one| one.parse::<f64>().ok()).sum::<f64>() / 100.0
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}
