//! What it ran on, and the most memory this program has taken.

use std::fs;

/// Processor, cores, memory, load and build, in a sentence.
pub(crate) fn described() -> String {
    let cpu = line("/proc/cpuinfo", "model name").unwrap_or_else(|| "unknown".to_owned());
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let memory_kib = kib("/proc/meminfo", "MemTotal").unwrap_or(0);
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load: Vec<&str> = load.split(' ').take(3).collect();
    format!(
        "Machine: {cpu}, {cores} cores, {} GiB, load {} when it ended. SQLite {}.",
        memory_kib / 1024 / 1024,
        load.join(" "),
        rusqlite::version()
    )
}

/// The most memory this program ever had resident, MiB.
pub(crate) fn peak_mib() -> u64 {
    kib("/proc/self/status", "VmHWM").unwrap_or(0) / 1024
}

/// Processor time of all threads of this program so far, milliseconds: what a busy machine does not
/// change.
pub(crate) fn cpu_ms() -> f64 {
    const MS_A_TICK: f64 = 10.0;
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // Behind the name in brackets, user and system time are the 12th and 13th.
    let behind = stat.rsplit_once(')').map_or("", |(_name, rest)| rest);
    let ticks = behind.split_whitespace().skip(11).take(2);
    ticks.filter_map(|one| one.parse::<f64>().ok()).sum::<f64>() * MS_A_TICK
}

fn kib(file: &str, name: &str) -> Option<u64> {
    line(file, name)?.split(' ').next()?.parse().ok()
}

fn line(file: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}
