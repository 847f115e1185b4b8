//! Where the program says what is yielded: a line of its own, also when it is an adapter that yields.

use std::rc::Rc;

use futures::TryStreamExt;
use loopscope::trace::{Kind as Event, Recorder};
use loopscope::{AsyncGen, Gen, Result, VirtualLoop};
use wasm_bindgen_test::wasm_bindgen_test;

fn count() -> Gen<i32> {
    Gen::new(async |co| {
        for number in 1..=3 {
            co.yield_(number).await?;
        }
        Ok(())
    })
}

fn acount() -> AsyncGen<i32> {
    AsyncGen::new(async |co| {
        for number in 1..=3 {
            co.yield_(number).await?;
        }
        Ok(())
    })
}

/// Reads what all adapters make of 1, 2, 3. What a macro writes stands in the line that calls it.
macro_rules! read_adapted {
    ($count:ident, $read:ident) => {{
        $read!($count().map(|number| number * 10));
        $read!($count().filter(|number| number % 2 == 1));
        $read!($count().enumerate());
        $read!($count().zip($count()));
        $read!($count().chain($count()));
        $read!($count().take(2));
        $read!($count().take_while(|number| *number < 3));
        $read!($count().batch(2));
        Ok(())
    }};
}

macro_rules! read {
    ($source:expr) => {
        for value in $source {
            value?;
        }
    };
}

macro_rules! aread {
    ($source:expr) => {{
        let mut source = $source;
        while source.try_next().await?.is_some() {}
    }};
}

/// How many values the adapters above yield, one after the other.
const YIELDS: usize = 3 + 2 + 3 + 3 + 6 + 2 + 2 + 2;

/// Expects the adapters' yields in this line, and those of what they read elsewhere in this file.
#[track_caller]
fn expect_adapted_in_line(line: u32, program: impl Future<Output = Result<()>> + 'static) {
    let recorder = Rc::new(Recorder::default());
    VirtualLoop::with_recorder(recorder.clone()).run(program).unwrap();
    let events = recorder.take().events;
    let yields = events.iter().filter(|event| event.kind == Event::Yield);
    let places: Vec<_> = yields.map(|event| event.place.unwrap()).collect();
    assert!(places.iter().all(|place| place.file().ends_with("generators/places.rs")), "{places:?}");
    let here = places.iter().filter(|place| place.line() == line);
    assert_eq!(here.count(), YIELDS);
}

#[wasm_bindgen_test(unsupported = test)]
fn what_an_adapter_yields_is_told_where_the_program_calls_it() {
    let (line, program) = (line!(), async { read_adapted!(count, read) });
    expect_adapted_in_line(line, program);
}

#[wasm_bindgen_test(unsupported = test)]
fn what_an_async_adapter_yields_is_told_where_the_program_calls_it() {
    let (line, program) = (line!(), async { read_adapted!(acount, aread) });
    expect_adapted_in_line(line, program);
}
