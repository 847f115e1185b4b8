use std::rc::{Rc, Weak};

use super::core::Call;
use super::{Callback, Core, Promise};

/// A callback that is taken back when this is dropped, unless it was called by then: what lives long is asked often.
#[must_use = "the callback is taken back when this is dropped"]
pub(crate) struct Subscription {
    promise: Weak<Promise>,
    /// Where the callback lies, which is asked for nothing but its address.
    call: *const (),
}

impl Subscription {
    /// Calls in the turn after the one in which the promise is settled.
    pub(crate) fn new(
        core: &Rc<Core>,
        promise: &Rc<Promise>,
        call: impl FnOnce(&Rc<Core>) + 'static,
    ) -> Self {
        let call: Call = Box::new(call);
        let address = address(&call);
        promise.subscribe(core, Callback::Call(call));
        Subscription { promise: Rc::downgrade(promise), call: address }
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        if let Some(promise) = self.promise.upgrade() {
            promise.forget(|callback| matches!(callback, Callback::Call(call) if address(call) == self.call));
        }
    }
}

fn address(call: &Call) -> *const () {
    std::ptr::from_ref(&**call).cast()
}
