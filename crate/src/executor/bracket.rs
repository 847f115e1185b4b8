use super::{Label, current, record};
use crate::error::{Error, Result};
use crate::memory::aside;
use crate::trace::{Entry, Kind, Place};

/// What the trace tells of one use of a context manager, from enter to exit. A bracket that is not closed is an exit that was
/// skipped.
#[derive(Clone, Copy)]
pub(crate) struct Bracket {
    /// 0 when nothing is recorded.
    id: u32,
    place: Place,
}

impl Bracket {
    /// Says that a manager begins to be entered. Each use has a number of its own, so that two of one manager differ.
    pub(crate) fn open<'n>(place: Place, name: impl FnOnce() -> &'n str) -> Self {
        let mut bracket = Bracket { id: 0, place };
        if current().is_some_and(|current| current.core.recorder().is_some()) {
            let label = Label::new("context", 0);
            label.name(name());
            bracket.id = label.id();
        }
        bracket.record(Kind::EnterStart, 0, None);
        bracket
    }

    /// Says how entering ended: with an error, it is left as soon as that.
    pub(crate) fn entered<T>(self, entered: Result<T>) -> Result<T> {
        match &entered {
            Ok(_) => self.record(Kind::Entered, 0, None),
            Err(error) => self.record(Kind::Exited, 0, Some(error)),
        }
        entered
    }

    /// Says that the manager begins to be left, and with what error.
    pub(crate) fn exit_start(self, error: Option<&Error>) {
        self.record(Kind::ExitStart, 0, error);
    }

    /// Says how leaving ended: whether the error ends here, or with what error in its place.
    pub(crate) fn exited(self, error: Option<&Error>, exit: Result<bool, &Error>) {
        match exit {
            Ok(true) if error.is_some() => self.record(Kind::Exited, 1, None),
            Ok(_) => self.record(Kind::Exited, 0, error),
            Err(raised) => self.record(Kind::Exited, 0, Some(raised)),
        }
    }

    fn record(self, kind: Kind, value: i64, error: Option<&Error>) {
        if self.id != 0 {
            aside(|| {
                let text = error.map(Error::headline).unwrap_or_default();
                record(Entry::new(kind).on(self.id).value(value).text(&text).at(self.place));
            });
        }
    }
}
