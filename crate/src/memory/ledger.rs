//! Who pays for what the allocator gives out: at each change of the payer the difference is booked.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::account::Account;
use super::counter;

struct Ledger {
    /// Pays for all that belongs to no run.
    outside: Rc<Account>,
    /// Pays now; nobody does for what is kept aside.
    payer: RefCell<Option<Rc<Account>>>,
    /// What the allocator had given out at the last look.
    seen: Cell<i64>,
}

thread_local! {
    static LEDGER: Ledger = {
        let outside = Rc::<Account>::default();
        Ledger { payer: RefCell::new(Some(outside.clone())), outside, seen: Cell::new(0) }
    };
}

impl Ledger {
    /// Books what was given out and given back since the last look.
    fn settle(&self) {
        let (now, peak) = counter::read();
        let seen = self.seen.replace(now);
        if let Some(payer) = &*self.payer.borrow() {
            // Another thread may have asked meanwhile: then the peak since our look is not known, but not below now.
            payer.book(now - seen, (peak.max(now) - seen).max(0));
        }
    }

    fn switch(&self, payer: Option<Rc<Account>>) -> Option<Rc<Account>> {
        self.settle();
        self.payer.replace(payer)
    }
}

/// Books what was given out and given back since the last look.
pub(super) fn settle() {
    // What is dropped when a thread ends may come after the ledger has gone: nobody reads it then.
    let _ = LEDGER.try_with(Ledger::settle);
}

/// Books something that was taken aside, and is handed over to whoever pays now.
pub(crate) fn hand_over(bytes: usize) {
    settle();
    let book = |ledger: &Ledger| {
        if let Some(payer) = &*ledger.payer.borrow() {
            payer.book(bytes as i64, bytes as i64);
        }
    };
    let _ = LEDGER.try_with(book);
}

/// Returns who pays, or would if this were not kept aside.
pub(super) fn current() -> Rc<Account> {
    LEDGER.with(|ledger| ledger.payer.borrow().as_ref().unwrap_or(&ledger.outside).clone())
}

/// Calls `run`, for which `payer` pays.
pub(super) fn charge<R>(payer: Option<Rc<Account>>, run: impl FnOnce() -> R) -> R {
    let _restore = Restore::after(payer);
    run()
}

/// Puts the payer before back, also when there is a panic. Its functions are calls and stay calls: they stand around
/// everything that is only shown.
struct Restore(Option<Option<Rc<Account>>>);

impl Restore {
    #[inline(never)]
    fn after(payer: Option<Rc<Account>>) -> Self {
        Restore(LEDGER.try_with(|ledger| ledger.switch(payer)).ok())
    }
}

impl Drop for Restore {
    #[inline(never)]
    fn drop(&mut self) {
        if let Some(before) = self.0.take() {
            let _ = LEDGER.try_with(|ledger| ledger.switch(before));
        }
    }
}
