//! What is told of a measure: times, and what the system says of the server.

use std::time::Duration;

use anyhow::{Context, bail, ensure};

/// Milliseconds.
pub(crate) fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// Mebibytes.
pub(crate) fn mib(bytes: u64) -> f64 {
    bytes as f64 / 1024.0 / 1024.0
}

/// Prints how long something took, and fails if the slowest hundredth took longer than
/// `at_most` milliseconds.
pub(crate) fn times(
    what: &str,
    times: &mut [Duration],
    at_most: Option<u64>,
) -> anyhow::Result<()> {
    times.sort_unstable();
    let at = |hundredths: usize| {
        let n = times.len() * hundredths / 100;
        times.get(n.min(times.len().saturating_sub(1))).copied()
    };
    let (Some(half), Some(most), Some(worst)) = (at(50), at(99), times.last()) else {
        bail!("{what}: nothing was measured in so short a time");
    };
    println!(
        "{what}, {} times: p50 {:.1} ms, p99 {:.1} ms, worst {:.1} ms",
        times.len(),
        ms(half),
        ms(most),
        ms(*worst)
    );
    if let Some(limit) = at_most {
        let slower = most.as_millis() > u128::from(limit);
        ensure!(!slower, "{what}: slower than {limit} ms");
    }
    Ok(())
}

/// Bytes of memory that a process holds.
pub(crate) fn resident(process: u32) -> anyhow::Result<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))
        .context("the server's memory can be read on Linux only, and while it runs")?;
    let line = status.lines().find_map(|one| one.strip_prefix("VmRSS:"));
    let kib = line.and_then(|one| one.split_whitespace().next());
    Ok(kib.context("no VmRSS")?.parse::<u64>()? * 1024)
}

/// Files and connections that a process has open.
pub(crate) fn descriptors(process: u32) -> anyhow::Result<usize> {
    Ok(std::fs::read_dir(format!("/proc/{process}/fd"))?.count())
}

/// Seconds of processor time that a process has used, where a tick is a hundredth.
pub(crate) fn cpu(process: u32) -> anyhow::Result<f64> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat"))?;
    let (_, rest) = stat.rsplit_once(')').context("no process")?;
    let ticks = rest.split_whitespace().skip(11).take(2);
    Ok(ticks.filter_map(|one| one.parse::<f64>().ok()).sum::<f64>() / 100.0)
}
