use std::fmt;
use std::rc::Rc;

use super::account::{Account, Mark};
use super::ledger;

/// Measures the memory of a stretch of the program: what it has beyond what there was at the start.
///
/// It measures the run in which it was started, whichever task takes the bytes; other runs are not in it. Any number of
/// meters can run at a time.
///
/// ```standalone_crate
/// use loopscope::memory::Meter;
///
/// let list = Meter::start();
/// let squares: Vec<u64> = (0..1000).map(|number| number * number).collect();
/// let sum: u64 = squares.iter().sum();
/// drop(squares);
/// # if loopscope::memory::is_counted() {
/// assert_eq!((list.peak_bytes(), list.live_bytes()), (8000, 0));
/// # }
///
/// let lazy = Meter::start();
/// assert_eq!((0..1000).map(|number: u64| number * number).sum::<u64>(), sum);
/// assert_eq!(lazy.peak_bytes(), 0);
/// ```
pub struct Meter {
    account: Rc<Account>,
    mark: Rc<Mark>,
    start: i64,
}

impl Meter {
    /// Starts to measure.
    pub fn start() -> Self {
        Self::on(ledger::current())
    }

    /// Starts to measure one account.
    pub(crate) fn on(account: Rc<Account>) -> Self {
        let (mark, start) = account.mark();
        Meter { account, mark, start }
    }

    /// Returns how many bytes beyond those at the start there were at most.
    pub fn peak_bytes(&self) -> u64 {
        (self.read().0 - self.start).max(0) as u64
    }

    /// Returns how many bytes there are beyond those at the start; 0 also when there are fewer.
    pub fn live_bytes(&self) -> u64 {
        (self.read().1 - self.start).max(0) as u64
    }

    /// Returns how many bytes the account had at most, and how many it has; below zero when others had taken them.
    pub(crate) fn read(&self) -> (i64, i64) {
        self.account.read(&self.mark)
    }

    /// Forgets how high it came.
    pub(crate) fn restart(&self) {
        self.account.reset(&self.mark);
    }
}

impl fmt::Debug for Meter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<Meter {} bytes, {} at most>", self.live_bytes(), self.peak_bytes())
    }
}

impl Drop for Meter {
    fn drop(&mut self) {
        self.account.remove(&self.mark);
    }
}
