use std::cell::{Cell, RefCell};

use gloo_timers::callback::Timeout;
use js_sys::Function;
use wasm_bindgen::prelude::JsValue;
use wasm_bindgen::throw_val;
use web_sys::{MessageChannel, MessagePort};

/// Every how many breaths a timer brings the pump back, and not a message: where messages come without end, WebKit
/// lets no timer through, neither the page's nor a driver's.
const TIMED: u32 = 4;

/// When a message to ourselves is taken for lost, in milliseconds. WebKit sends it round through another process.
const LOST: u32 = 100;

/// Lets the browser paint and hear others, and calls the pump after that.
pub(super) struct Breath {
    pump: Function,
    /// A message to ourselves is not held back as timers are.
    channel: MessageChannel,
    count: Cell<u32>,
    /// Calls the pump when no message does.
    timer: RefCell<Option<Timeout>>,
}

impl Breath {
    pub(super) fn new(pump: &Function) -> Self {
        let Ok(channel) = MessageChannel::new() else {
            panic!("this JavaScript environment has no MessageChannel")
        };
        let port: MessagePort = channel.port1();
        port.set_onmessage(Some(pump));
        Breath { pump: pump.clone(), channel, count: Cell::default(), timer: RefCell::default() }
    }

    /// Asks for the pump to be called. It can be called twice: a message may come after the timer that stood in for it.
    pub(super) fn take(&self) {
        self.count.set(self.count.get().wrapping_add(1));
        let timed = self.count.get().is_multiple_of(TIMED);
        if !timed {
            // Posting `null` to a port of our own cannot fail.
            let _ = self.channel.port2().post_message(&JsValue::NULL);
        }
        let pump = self.pump.clone();
        // The pump throws nothing but traps, and of those others have to hear.
        let again = move || {
            if let Err(trap) = pump.call0(&JsValue::UNDEFINED) {
                throw_val(trap);
            }
        };
        *self.timer.borrow_mut() = Some(Timeout::new(if timed { 0 } else { LOST }, again));
    }

    /// Says that the pump was called.
    pub(super) fn taken(&self) {
        self.timer.borrow_mut().take();
    }
}

impl Drop for Breath {
    fn drop(&mut self) {
        self.channel.port1().set_onmessage(None);
        self.channel.port1().close();
    }
}
