use crate::executor::{current, record};
use crate::trace::{Entry, Kind};

/// Says something: a line of the program's output, at its time. Outside of a recorded run it goes to the terminal.
#[track_caller]
pub fn print(text: impl AsRef<str>) {
    let place = std::panic::Location::caller();
    if current().is_some_and(|current| current.core.recorder().is_some()) {
        record(Entry::new(Kind::Print).text(text.as_ref()).at(place));
    } else {
        println!("{}", text.as_ref());
    }
}
