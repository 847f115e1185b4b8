use std::collections::hash_map::RandomState;
use std::env;
use std::hash::{BuildHasher, Hasher};
use std::rc::Rc;

use crate::maker::Maker;
use crate::step::{Body, Step, parse, write};
use crate::{play, python};

fn number(name: &str) -> Option<u64> {
    env::var(name).ok().map(|text| text.parse().unwrap())
}

#[test]
fn fresh_programs_say_what_their_twins_say() {
    let Some(python) = python::find() else {
        println!("there is no Python 3.13 on the path: nothing is compared beyond what is recorded");
        return;
    };
    let seed = number("LOOPSCOPE_SEED").unwrap_or_else(|| RandomState::new().build_hasher().finish());
    let count = number("LOOPSCOPE_PROGRAMS").unwrap_or(200);
    let mut maker = Maker::new(seed);
    let programs: Vec<_> = (0..count).map(|_| write(&maker.program())).collect();
    let twins = python::tell(python, &programs);
    for (program, twin) in programs.iter().zip(&twins) {
        if play::tell(program) != *twin {
            let small = shrink(python, program);
            let told = python::tell(python, std::slice::from_ref(&small)).remove(0);
            let said = play::tell(&small);
            panic!(
                "seed {seed}: {program}\nas small as it goes: {small}\nsays\n{said}\nits twin says\n{told}"
            );
        }
    }
    println!("{count} programs of the seed {seed} say what {python} says");
    if let Ok(file) = env::var("LOOPSCOPE_RECORD") {
        let lines = programs.iter().zip(&twins).map(|(program, twin)| format!("{program}\t{twin}\n"));
        std::fs::write(file, lines.collect::<String>()).unwrap();
    }
}

/// Leaves out what can be left out with the difference still there.
fn shrink(python: &str, program: &str) -> String {
    let mut small = program.to_owned();
    loop {
        let smaller: Vec<_> = smaller(&parse(&small)).iter().map(|steps| write(steps)).collect();
        let twins = python::tell(python, &smaller);
        match smaller.into_iter().zip(twins).find(|(smaller, twin)| play::tell(smaller) != *twin) {
            Some((smaller, _)) => small = smaller,
            None => return small,
        }
    }
}

/// All bodies with one step less, or with a step's own steps in its place.
fn smaller(body: &Body) -> Vec<Vec<Step>> {
    let mut all = Vec::new();
    for (index, step) in body.iter().enumerate() {
        let with = |steps: &[Step]| [&body[..index], steps, &body[index + 1..]].concat();
        all.push(with(&[]));
        for (which, inner) in step.bodies.iter().enumerate() {
            all.push(with(inner));
            for inner in smaller(inner) {
                let mut step = step.clone();
                step.bodies[which] = Rc::new(inner);
                all.push(with(&[step]));
            }
        }
    }
    all
}
