//! The machine and what else runs on it. Linux.

use crate::Failed;
use std::fs::read_to_string;

/// Fields of a `stat` line after the name in brackets, from `state` on.
fn fields(stat: &str) -> Vec<u64> {
    let rest = stat.rsplit_once(") ").map_or(stat, |(_, rest)| rest);
    rest.split_whitespace()
        .map(|field| field.parse().unwrap_or(0))
        .collect()
}

/// Processor time of a process in ticks (10 ms), its own and that of its ended children.
pub fn ticks(process: &str) -> Result<(u64, u64), Failed> {
    let all = fields(&read_to_string(format!("/proc/{process}/stat"))?);
    let at = |index: usize| all.get(index).copied().unwrap_or(0);
    // Fields 14 to 17 of proc(5); the first here is the third there.
    Ok((at(11) + at(12), at(13) + at(14)))
}

/// Ticks of all cores: busy, and all.
fn whole() -> Result<(u64, u64), Failed> {
    let stat = read_to_string("/proc/stat")?;
    let line = stat.lines().next().unwrap_or_default();
    let all: Vec<u64> = line
        .split_whitespace()
        .skip(1)
        .take(8)
        .map(|field| field.parse().unwrap_or(0))
        .collect();
    let sum: u64 = all.iter().sum();
    let idle = all.get(3).copied().unwrap_or(0) + all.get(4).copied().unwrap_or(0);
    Ok((sum - idle, sum))
}

/// Since when other work on the machine is watched.
pub struct Busy {
    busy: u64,
    all: u64,
    own: u64,
}

impl Busy {
    pub fn now() -> Result<Self, Failed> {
        let (busy, all) = whole()?;
        let (own, children) = ticks("self")?;
        Ok(Self {
            busy,
            all,
            own: own + children,
        })
    }

    /// `; other work took 12 % of the machine`, with `ours` ticks of a process that still runs.
    pub fn others_beside(&self, ours: u64) -> Result<String, Failed> {
        let (busy, all) = whole()?;
        let (own, children) = ticks("self")?;
        let own = own + children - self.own + ours;
        let others = (busy - self.busy).saturating_sub(own);
        let percent = 100 * others / (all - self.all).max(1);
        Ok(format!("; other work took {percent} % of the machine"))
    }

    pub fn others(&self) -> Result<String, Failed> {
        self.others_beside(0)
    }
}

/// Resident memory of a process: now, and at most so far, in MB.
pub fn memory(process: u32) -> Result<(u64, u64), Failed> {
    let status = read_to_string(format!("/proc/{process}/status"))?;
    let of = |name: &str| -> u64 {
        status
            .lines()
            .find_map(|line| line.strip_prefix(name))
            .and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok())
            .unwrap_or(0)
            .div_ceil(1024)
    };
    Ok((of("VmRSS:"), of("VmHWM:")))
}

/// Processor, cores, memory, system.
pub fn description() -> Result<String, Failed> {
    let cpu = read_to_string("/proc/cpuinfo")?;
    let model = cpu
        .lines()
        .find_map(|line| line.strip_prefix("model name"))
        .map_or("unknown processor", |rest| {
            rest.trim_matches([' ', '\t', ':'])
        });
    let cores = std::thread::available_parallelism()?;
    let memory = read_to_string("/proc/meminfo")?;
    let kb: u64 = memory
        .split_whitespace()
        .nth(1)
        .and_then(|n| n.parse().ok())
        .unwrap_or(0);
    let system = read_to_string("/proc/sys/kernel/osrelease")?;
    let major: Vec<&str> = system.trim().splitn(3, '.').take(2).collect();
    Ok(format!(
        "{model}, {cores} cores, {} GB, Linux {}",
        kb.div_ceil(1024 * 1024),
        major.join(".")
    ))
}
