//! What a program says, whatever it says: a line for each thing it does. The record is the same however its batches are
//! cut, and each text comes with the event that names it or before.

use std::rc::Rc;

use futures::TryStreamExt;
use loopscope::trace::{Batch, Kind, Recorder};
use loopscope::{AsyncGen, Duration, Queue, Result, VirtualLoop, print, sleep, spawn_named};

/// More lines tell nothing new.
const MOST: usize = 64;

pub(crate) fn check(data: &[u8]) {
    let (cuts, lines) = data.split_first().map_or((1, data), |(cuts, lines)| (usize::from(*cuts) + 1, lines));
    let lines: Rc<[String]> = String::from_utf8_lossy(lines).lines().take(MOST).map(str::to_owned).collect();
    let (whole, hash) = recorded(&lines, usize::MAX);
    let (parts, same) = recorded(&lines, cuts);
    assert_eq!(hash, same, "the hash depends on who takes batches when");
    assert_eq!(told(&whole), told(&parts), "the record depends on who takes batches when");
    for line in told(&whole) {
        assert!(!line.contains("no room"), "{line}");
    }
}

/// Runs the program, and takes a batch after so many turns.
fn recorded(lines: &Rc<[String]>, cuts: usize) -> (Vec<Batch>, String) {
    let recorder = Rc::new(Recorder::default());
    let host = VirtualLoop::with_recorder(recorder.clone());
    let task = host.spawn("main", program(lines.clone()));
    let mut batches = vec![];
    let mut turns = 0;
    while host.turn() || host.advance_to_next() {
        turns += 1;
        if turns % cuts == 0 {
            batches.push(recorder.take());
        }
    }
    drop(task);
    batches.push(recorder.take());
    (batches, recorder.hash())
}

/// The events with their texts, each read from what had come by then; what memory there is is measured and not the same.
fn told(batches: &[Batch]) -> Vec<String> {
    let mut texts: Vec<Rc<str>> = vec!["".into()];
    let (mut lines, mut next) = (vec![], 0);
    for batch in batches {
        assert_eq!((batch.first, batch.dropped), (next, 0));
        assert_eq!(batch.events.len(), batch.files.len());
        next += batch.events.len() as u64;
        texts.extend(batch.strings.iter().cloned());
        for (event, file) in batch.events.iter().zip(&batch.files) {
            let text = |text: loopscope::trace::Text| &texts[text.index() as usize];
            if event.kind != Kind::Memory {
                lines.push(format!(
                    "{:?} {:?} {:?} {:?}",
                    event.kind,
                    (event.t, event.turn, event.task, event.subject, event.value),
                    text(event.text),
                    text(*file)
                ));
            }
        }
    }
    lines
}

async fn program(lines: Rc<[String]>) -> Result<()> {
    let queue = Queue::new(2);
    let mut tasks = vec![];
    for line in &*lines {
        let mut signs = line.chars();
        let act = signs.next().unwrap_or(' ');
        let rest = signs.as_str().to_owned();
        match act {
            'z' => sleep(Duration::from_millis(rest.len() as u64)).await?,
            's' => tasks.push(spawn_named(&rest.clone(), async move {
                print(rest.repeat(rest.len()));
                sleep(Duration::from_millis(1)).await
            })),
            'y' => {
                let mut words = AsyncGen::new(async move |co| {
                    for word in rest.split(' ') {
                        co.yield_(word.to_owned()).await?;
                    }
                    Ok(())
                });
                while let Some(word) = words.try_next().await? {
                    print(word);
                }
            }
            'q' if queue.len() < 2 => queue.put(rest).await?,
            'g' if !queue.is_empty() => print(queue.get().await?),
            'c' => drop(tasks.pop()),
            'j' => {
                if let Some(task) = tasks.pop() {
                    task.await?;
                }
            }
            _ => print(line),
        }
    }
    Ok(())
}
