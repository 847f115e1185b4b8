//! Who closes an async generator that nobody closes: once, whatever becomes of the program and of the handle meanwhile.

use std::rc::Rc;
use std::task::{Context, Waker};

use super::async_gen::AsyncGen;
use super::channel::State;
use super::drive::{Aclose, AsyncMachine, Athrow, ignored_exit};
use crate::error::{Error, Kind, Result};
use crate::executor::{Frame, Open, current, spawn_closer};

/// A generator that somebody still has when the program ends: Python's `shutdown_asyncgens`.
impl<Y: 'static, S: 'static> Open for AsyncMachine<Y, S> {
    fn close(self: Rc<Self>) -> Option<Frame> {
        let open = self.state().is_left() && !self.claimed.replace(true);
        open.then(|| -> Frame { Box::pin(async move { Aclose::new(&self).await }) })
    }

    fn name(&self) -> String {
        self.channel.told.label.given_name()
    }
}

/// A body that has begun and not ended has clean-up to do: the loop closes it in a task.
impl<Y: 'static, S: 'static> Drop for AsyncGen<Y, S> {
    fn drop(&mut self) {
        let machine = &self.machine;
        match (machine.state(), current()) {
            (State::Closed, _) => {}
            // Who closes it has its frame; this may even be one of the frame's own destructors.
            (state, _) if state.is_driven() || machine.claimed.get() => {}
            (state, _) if state.is_suspended() && machine.refused.get() => close_at_once(machine),
            (state, Some(current)) if state.is_left() && !machine.refused.get() => {
                machine.claimed.set(true);
                machine.channel.told.drop();
                let machine = machine.clone();
                spawn_closer(&current.core, async move |thrown| close(&machine, thrown).await);
            }
            _ => machine.give_up(),
        }
    }
}

/// Closes a generator that nobody has any more. What is thrown is what comes instead of `GeneratorExit`: as in Python,
/// a task that is asked to stop before it could close the generator hands that on to the body.
async fn close<Y, S>(machine: &AsyncMachine<Y, S>, thrown: Option<Error>) -> Result<()> {
    let Some(thrown) = thrown else { return Aclose::new(machine).await };
    match Athrow::new(machine, thrown).await {
        Ok(None) => Ok(()),
        Ok(Some(_)) => {
            machine.discard();
            Err(ignored_exit())
        }
        Err(error) if error.is(Kind::StopAsyncIteration) || error.is(Kind::GeneratorExit) => Ok(()),
        Err(error) => Err(error),
    }
}

/// Closes a generator that was asked before and yielded instead, when it goes. As in Python it is not closed in a task a
/// second time: its body goes on here and now, and may not wait.
#[cold]
fn close_at_once<Y, S>(machine: &AsyncMachine<Y, S>) {
    machine.throw(Error::generator_exit());
    machine.give_turn();
    let yielded = machine.advance(&mut Context::from_waker(Waker::noop()));
    let raised = if yielded.is_none() && machine.ended::<true>() {
        machine.raised().filter(|error| !error.is(Kind::GeneratorExit))
    } else {
        machine.give_up();
        Some(ignored_exit())
    };
    if let Some(error) = raised {
        machine.report(error);
    }
}
