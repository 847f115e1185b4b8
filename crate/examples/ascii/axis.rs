//! Where things stand: by their time, or by their order where nothing took any time.

use loopscope::Instant;
use loopscope::trace::Event;

pub(crate) struct Axis {
    pub(crate) columns: usize,
    /// Nanoseconds, or events.
    length: u64,
    by_time: bool,
}

impl Axis {
    pub(crate) fn new(events: &[Event], columns: usize) -> Self {
        let time = events.last().map_or(0, |event| event.t.as_nanos());
        let by_time = time > 0;
        Axis { columns, length: if by_time { time } else { events.len() as u64 }, by_time }
    }

    /// Returns the column of an event.
    pub(crate) fn column(&self, index: usize, t: Instant) -> usize {
        let place = if self.by_time { t.as_nanos() } else { index as u64 };
        (u128::from(place) * (self.columns as u128 - 1) / u128::from(self.length.max(1))) as usize
    }

    /// Writes the scale, with five marks.
    pub(crate) fn line(&self) -> String {
        let mut line = String::new();
        for quarter in 0..=4 {
            let label = self.label(self.length * quarter / 4);
            let column = (self.columns - 1) * quarter as usize / 4;
            let start = if quarter < 4 { column } else { self.columns.saturating_sub(label.len()) };
            if quarter == 0 || start > line.len() {
                line = format!("{line:start$}{label}");
            }
        }
        line
    }

    fn label(&self, place: u64) -> String {
        match (self.by_time, place) {
            (true, _) => format!("{} s", (place / 1_000_000) as f64 / 1e3),
            (false, 0) => "no time passes".to_owned(),
            (false, _) => format!("event {place}"),
        }
    }
}
