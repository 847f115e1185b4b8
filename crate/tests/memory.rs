//! How many bytes the program has. The counter is one for the process: natively all of this is one test, so that
//! nothing runs beside it and the figures are exact.
#![allow(clippy::unwrap_used)] // A test that unwraps an error fails with it, which is what it is for.

use std::rc::Rc;

use loopscope::memory::{Meter, aside, live};
use loopscope::trace::{Kind, Recorder};
use loopscope::{AsyncGen, Duration, Result, VirtualLoop, print, sleep, spawn};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test;
use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);

#[cfg(not(target_arch = "wasm32"))]
#[test]
fn figures_are_exact() {
    // The thread that started this one still makes notes of that, and on a busy machine later than this begins.
    std::thread::sleep(std::time::Duration::from_millis(200));
    live_bytes_follow_what_is_taken_and_given_back();
    meters_that_overlap_see_their_own_stretches();
    what_is_kept_aside_is_in_no_figure();
    the_record_of_a_run_is_not_the_programs();
    the_trace_tells_live_bytes_and_the_peak_between();
    runs_that_take_turns_do_not_share_a_figure();
    a_meter_in_a_run_measures_that_run();
    memory_is_no_part_of_the_schedule();
    figures_do_not_flood_the_trace();
    a_stretch_without_turns_is_looked_at_too();
}

/// Runs a program and gives what the trace says of memory.
fn told(program: impl Future<Output = Result<()>> + 'static) -> Vec<i64> {
    let recorder = Rc::new(Recorder::default());
    VirtualLoop::with_recorder(recorder.clone()).run(program).unwrap();
    let events = recorder.take().events;
    events.iter().filter(|event| event.kind == Kind::Memory).map(|event| event.value).collect()
}

fn turn() -> impl Future<Output = Result<()>> {
    sleep(Duration::ZERO)
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
fn live_bytes_follow_what_is_taken_and_given_back() {
    let before = live();
    let mut list: Vec<u8> = Vec::with_capacity(1000);
    assert_eq!(live() - before, 1000);
    list.reserve_exact(3000);
    assert_eq!(live() - before, 3000);
    drop(list);
    assert_eq!(live(), before);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
fn meters_that_overlap_see_their_own_stretches() {
    let outer = Meter::start();
    drop(vec![0_u8; 5000]);
    let inner = Meter::start();
    let kept = vec![0_u8; 200];
    drop(vec![0_u8; 1000]);
    assert_eq!((inner.peak_bytes(), inner.live_bytes()), (1200, 200));
    assert_eq!((outer.peak_bytes(), outer.live_bytes()), (5000, 200));
    drop(outer);
    let last = Meter::start();
    drop(kept);
    drop(vec![0_u8; 900]);
    // It began with what was given back since: what came then did not reach beyond 700 of its own.
    assert_eq!((last.peak_bytes(), last.live_bytes()), (700, 0));
    assert_eq!((inner.peak_bytes(), inner.live_bytes()), (1200, 0));
    assert_eq!(format!("{inner:?}"), "<Meter 0 bytes, 1200 at most>");
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
fn what_is_kept_aside_is_in_no_figure() {
    let meter = Meter::start();
    let before = live();
    let shown = aside(|| {
        drop(aside(|| vec![0_u8; 70_000]));
        vec![0_u8; 50_000]
    });
    drop(vec![0_u8; 300]);
    assert_eq!((live() - before, meter.peak_bytes(), meter.live_bytes()), (0, 300, 0));
    aside(|| drop(shown));
    assert_eq!((live() - before, meter.peak_bytes(), meter.live_bytes()), (0, 300, 0));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
fn the_record_of_a_run_is_not_the_programs() {
    const TEXT: &str = "a text of which every end is another one, so that the record keeps each of them";
    let recorder = Rc::new(Recorder::default());
    let run = VirtualLoop::with_recorder(recorder.clone());
    let measured = run.run(async {
        let numbers = AsyncGen::new(async |co| {
            for number in 0.. {
                co.yield_(number).await?;
            }
            Ok(())
        })
        .named("numbers");
        // What the loop keeps room in is there after a few turns.
        for _ in 0..3 {
            sleep(Duration::from_millis(1)).await?;
            numbers.anext().await?;
        }
        let (meter, before) = (Meter::start(), live());
        for from in 0..TEXT.len() {
            print(&TEXT[from..]);
            sleep(Duration::from_millis(from as u64)).await?;
            numbers.anext().await?;
        }
        Ok((meter.peak_bytes(), meter.live_bytes(), live() - before))
    });
    let (peak, left, grew) = measured.unwrap();
    assert!(peak <= 512, "{peak} bytes at most");
    assert_eq!((left, grew), (0, 0));
    assert!(recorder.take().events.len() > 5 * TEXT.len());
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
fn the_trace_tells_live_bytes_and_the_peak_between() {
    let figures = told(async {
        turn().await?;
        drop(vec![0_u8; 100_000]); // between two looks
        turn().await?;
        let kept = vec![0_u8; 50_000];
        turn().await?;
        drop(kept);
        turn().await
    });
    let from = |least: i64| figures.iter().position(|bytes| (least..least + 5000).contains(bytes));
    let (peak, kept) = (from(100_000).unwrap(), from(50_000).unwrap());
    assert!(peak < kept, "{figures:?}");
    assert!(figures[peak + 1] < 5000 && figures[kept + 1] < 5000, "{figures:?}");
    assert_eq!(figures.iter().filter(|bytes| **bytes > 5000).count(), 2, "{figures:?}");
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
fn runs_that_take_turns_do_not_share_a_figure() {
    let run = |bytes: usize| {
        let recorder = Rc::new(Recorder::default());
        let run = VirtualLoop::with_recorder(recorder.clone());
        let task = run.spawn("main", async move {
            turn().await?;
            let kept = vec![0_u8; bytes];
            turn().await?;
            turn().await?;
            drop(kept);
            turn().await
        });
        (run, recorder, task)
    };
    let most = |recorder: &Recorder| {
        let events = recorder.take().events;
        events.iter().filter(|event| event.kind == Kind::Memory).map(|event| event.value).max().unwrap()
    };
    let (one, one_record, _one) = run(10_000);
    let (other, other_record, _other) = run(40_000);
    while one.turn() | other.turn() {}
    assert!((10_000..15_000).contains(&most(&one_record)));
    assert!((40_000..45_000).contains(&most(&other_record)));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
fn a_meter_in_a_run_measures_that_run() {
    let run = VirtualLoop::with_recorder(Rc::new(Recorder::default()));
    let task = run.spawn("main", async {
        let meter = Meter::start();
        turn().await?;
        let kept = vec![0_u8; 2000];
        turn().await?;
        drop(kept);
        Ok((meter.peak_bytes(), meter.live_bytes()))
    });
    let mut beside = vec![];
    while run.turn() {
        beside.push(vec![0_u8; 100_000]);
    }
    let (peak, left) = task.result().unwrap().unwrap();
    assert!((2000..2600).contains(&peak) && left < 600, "{peak} {left}");
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
fn memory_is_no_part_of_the_schedule() {
    let run = |bytes: usize| {
        let recorder = Rc::new(Recorder::default());
        let program = async move {
            turn().await?;
            drop(vec![0_u8; bytes]);
            turn().await
        };
        VirtualLoop::with_recorder(recorder.clone()).run(program).unwrap();
        (recorder.take().events.len(), recorder.hash())
    };
    let (small, large) = (run(0), run(100_000));
    assert_ne!(small.0, large.0);
    assert_eq!(small.1, large.1);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
fn figures_do_not_flood_the_trace() {
    let recorder = Rc::new(Recorder::default());
    let program = async {
        for _ in 0..2000 {
            drop(vec![0_u8; 10_000]);
            turn().await?;
            let _kept = vec![0_u8; 5_000];
            turn().await?;
        }
        Ok(())
    };
    VirtualLoop::with_recorder(recorder.clone()).run(program).unwrap();
    let events = recorder.take().events;
    let figures = events.iter().filter(|event| event.kind == Kind::Memory).count();
    assert!((1000..=64 + events.len() / 8 + 2).contains(&figures), "{figures} of {}", events.len());
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
fn a_stretch_without_turns_is_looked_at_too() {
    let figures = told(async {
        let numbers = AsyncGen::new(async |co| {
            for number in 0..5000_u64 {
                co.yield_(number).await?;
            }
            Ok(())
        });
        let mut list = Vec::with_capacity(5000);
        while let Ok(number) = numbers.anext().await {
            list.push(vec![number; 10]);
        }
        // A task of its own keeps the turn from being the last.
        spawn(turn()).await
    });
    let rising: Vec<_> = figures.windows(2).take_while(|pair| pair[0] < pair[1]).collect();
    assert!(rising.len() > 20, "{figures:?}");
    assert!(figures.iter().any(|bytes| *bytes > 5000 * 80), "{figures:?}");
}
