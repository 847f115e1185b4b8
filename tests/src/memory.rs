//! What the pages of a driven browser take of the machine's memory: JavaScript's heap, the wasm's memory, and what the
//! browser keeps for both, such as timers.

use anyhow::{Result, ensure};

use crate::driver::Driver;

/// What a process that shows pages is started with.
const SHOWS_PAGES: &str = "--type=renderer";

/// Returns the bytes that belong to Chromium's processes for pages alone.
///
/// # Errors
///
/// Where the system does not tell, or no such process is there.
pub fn of_pages(driver: &Driver) -> Result<u64> {
    let sizes = sizes_below(driver.id(), SHOWS_PAGES)?;
    ensure!(!sizes.is_empty(), "no process of the browser shows pages");
    Ok(sizes.iter().sum())
}

/// Returns the private bytes of each process with this argument that was started, by whomever between, by this one.
#[cfg(target_os = "linux")]
fn sizes_below(id: u32, argument: &str) -> Result<Vec<u64>> {
    use std::collections::HashMap;

    use procfs::process::{Process, all_processes};

    let processes: Vec<_> = all_processes()?.flatten().collect();
    let parents: HashMap<i32, i32> =
        processes.iter().filter_map(|process| Some((process.pid, process.stat().ok()?.ppid))).collect();
    let is_below = |process: &&Process| {
        std::iter::successors(Some(process.pid), |id| parents.get(id).copied())
            .any(|above| u32::try_from(above) == Ok(id))
    };
    // Chromium writes a line of words into its own place for arguments.
    let has_argument = |process: &&Process| {
        let words = process.cmdline().unwrap_or_default();
        words.iter().flat_map(|words| words.split(' ')).any(|word| word == argument)
    };
    let size = |process: &Process| {
        let map = process.smaps_rollup().ok()?.memory_map_rollup.0.pop()?;
        map.extension.map.get("Private_Dirty").copied()
    };
    // One that ends meanwhile has no size any more.
    Ok(processes.iter().filter(is_below).filter(has_argument).filter_map(size).collect())
}

#[cfg(not(target_os = "linux"))]
fn sizes_below(_: u32, _: &str) -> Result<Vec<u64>> {
    anyhow::bail!("how much memory a process has is only read on Linux")
}
