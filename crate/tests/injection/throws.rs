//! Errors thrown into generators, and calls of them that are given up.

use std::rc::Rc;

use futures::TryStreamExt;
use loopscope::{AsyncGen, Error, Kind, Result};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::books::Books;
use crate::given_up::GivenUp;
use crate::programs::{Source, leaf, nested, stubborn};
use crate::trial::Trial;
use crate::world::World;

/// Adapters around the same.
fn adapted(world: Rc<World>) -> AsyncGen<i32> {
    leaf(world.clone()).zip(nested(world)).map(|(left, right)| left + right).batch(1).map(|batch| batch[0])
}

const SOURCES: &[(&str, Source)] =
    &[("leaf", leaf), ("nested", nested), ("stubborn", stubborn), ("adapted", adapted)];

/// What is done to a generator.
#[derive(Clone, Copy, Debug)]
enum Act {
    Throw(Kind),
    Close,
    /// A call is given up after so many half steps.
    GiveUpNext(usize),
    GiveUpThrow(usize),
    GiveUpClose(usize),
    /// The same of it as a stream, which knows nothing of being given up.
    GiveUpStream(usize),
    /// Nothing: it goes on.
    Read,
    Drop,
}

use Act::{Close, Drop, GiveUpClose, GiveUpNext, GiveUpStream, GiveUpThrow, Read, Throw};

async fn act(generator: &mut Option<AsyncGen<i32>>, act: Act) -> Result<()> {
    let Some(there) = generator else { return Ok(()) };
    let error = |kind| Error::new(kind, "thrown");
    match act {
        Throw(kind) => drop(there.athrow(error(kind)).await?),
        Close => there.aclose().await?,
        GiveUpNext(after) => drop(GivenUp::after(after, there.anext()).await.transpose()?),
        GiveUpThrow(after) => {
            GivenUp::after(after, there.athrow(error(Kind::ValueError))).await.transpose()?;
        }
        GiveUpClose(after) => drop(GivenUp::after(after, there.aclose()).await.transpose()?),
        GiveUpStream(after) => drop(GivenUp::after(after, there.try_next()).await.transpose()?),
        Read => while there.try_next().await?.is_some() {},
        Drop => *generator = None,
    }
    Ok(())
}

/// Reads so many items, does the first thing, then the other, whatever has come of the first.
async fn play(world: Rc<World>, source: Source, items: usize, acts: [Act; 2]) -> Result<()> {
    let mut generator = Some(source(world));
    for _ in 0..items {
        if let Some(generator) = &mut generator {
            generator.try_next().await?;
        }
    }
    let first = act(&mut generator, acts[0]).await;
    act(&mut generator, acts[1]).await?;
    first
}

/// Every generator, at every item, and each first thing with each other one.
fn plays(first: &[Act], second: &[Act], mut run: impl FnMut(&str, Source, usize, [Act; 2])) {
    for (name, source) in SOURCES {
        for items in 0..5 {
            for acts in first.iter().flat_map(|first| second.iter().map(|second| [*first, *second])) {
                run(&format!("{name}, {acts:?} after {items} items"), *source, items, acts);
            }
        }
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn row_15_whatever_is_done_at_whatever_item_and_stopped_in_whatever_turn_the_generator_cleans_up() {
    let books = Books::default();
    let first =
        [Throw(Kind::ValueError), Throw(Kind::GeneratorExit), Throw(Kind::CancelledError), Close, Drop];
    plays(&first, &[Read, Drop], |what, source, items, acts| {
        for at in 0.. {
            let trial = Trial::new(|world| play(world, source, items, acts));
            let on = trial.go(at) && !trial.main.is_finished();
            if on {
                trial.main.cancel();
            }
            trial.finish(&format!("{what}, stopped after {at} turns"), &books);
            if !on {
                break;
            }
        }
    });
    books.print("something is done to a generator", 2000);
}

#[wasm_bindgen_test(unsupported = test)]
fn row_09_whoever_throws_or_closes_may_be_stopped_twice_in_whatever_turns() {
    let books = Books::default();
    plays(&[Throw(Kind::ValueError), Close], &[Drop], |what, source, items, acts| {
        let (mut on, mut first) = (true, 0);
        while on {
            for second in 0.. {
                let trial = Trial::new(|world| play(world, source, items, acts));
                on = trial.go(first) && !trial.main.is_finished();
                trial.main.cancel();
                let cleans_up = trial.go(second) && !trial.main.is_finished();
                trial.main.cancel();
                trial.finish(&format!("{what}, stopped after {first} turns and {second} more"), &books);
                if !cleans_up {
                    break;
                }
            }
            first += 1;
        }
    });
    books.print("who throws or closes is stopped twice", 1000);
}

#[wasm_bindgen_test(unsupported = test)]
fn a_call_given_up_at_whatever_poll_leaves_a_generator_that_can_be_read_closed_and_thrown_into() {
    let books = Books::default();
    let steps = 0..12;
    let calls = [GiveUpNext, GiveUpThrow, GiveUpClose, GiveUpStream];
    let first: Vec<_> = steps.flat_map(|after| calls.map(|call| call(after))).collect();
    plays(&first, &[Read, Close, Throw(Kind::KeyError), Drop], |what, source, items, acts| {
        let trial = Trial::new(|world| play(world, source, items, acts));
        trial.finish(what, &books);
    });
    books.print("a call of a generator is given up", 2000);
}
