use crate::trace::Place;

/// Where the crates of others lie, and the standard library.
const OTHERS: [&str; 4] = ["/registry/src/", "/git/checkouts/", "/rustc/", "/rustlib/"];

/// Returns the place of an await if it is a line of the program. It may also be one of a combinator, in this crate or
/// another one, which says nothing to who wrote the program.
pub(super) fn program_line(place: Place) -> Option<Place> {
    let file = place.file().replace('\\', "/");
    let root = file!().replace('\\', "/").replace("executor/program_line.rs", "");
    let ours = file.strip_prefix(&root).is_some_and(|file| !file.starts_with("scenarios/"));
    Some(place).filter(|_| !ours && !OTHERS.iter().any(|folder| file.contains(folder)))
}
