/** All targets; each has its corpus in fuzz/corpus. */
export const TARGETS = ["address", "attributes", "columns", "made", "saved"];
