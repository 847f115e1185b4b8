//! What the allocator has given out: the only place that knows which allocator that is.

#[cfg(feature = "memory")]
#[global_allocator]
static ALLOCATOR: peak_alloc::PeakAlloc = peak_alloc::PeakAlloc;

/// Says whether bytes are counted at all: this crate was built with the feature `memory`.
pub fn is_counted() -> bool {
    cfg!(feature = "memory")
}

/// Returns how many bytes are given out, and how many were at most since this was asked last.
#[cfg(feature = "memory")]
pub(super) fn read() -> (i64, i64) {
    let read = (ALLOCATOR.current_usage() as i64, ALLOCATOR.peak_usage() as i64);
    ALLOCATOR.reset_peak_usage();
    read
}

/// Returns nothing: nobody counts.
#[cfg(not(feature = "memory"))]
pub(super) fn read() -> (i64, i64) {
    (0, 0)
}
