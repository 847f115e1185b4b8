//! The engine as the page has it, and behind its scenarios some programs that do harm: no page shows them, and the page
//! specs see what a widget makes of them.

mod programs;

use loopscope::scenario::{Hundredths, Manifest, Param, Params, Program, Scenario, Type};
use wasm_bindgen::prelude::wasm_bindgen;

struct Hostile {
    manifest: Manifest,
    program: fn(u64) -> Program,
}

impl Scenario for Hostile {
    fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    fn program(&self, params: &Params) -> Program {
        (self.program)(params.count("size"))
    }
}

/// Makes a program of each function in `programs`: its name, and how large it is unless it is told.
macro_rules! hostile {
    ($($module:ident $id:literal $size:literal;)*) => {
        static ALL: &[Hostile] = &[$(Hostile {
            manifest: Manifest {
                id: $id,
                title: $id,
                chapter: "Hostile",
                params: &[Param {
                    name: "size",
                    kind: Type::Count,
                    default: Hundredths::new($size as f64),
                    min: Hundredths::new(0.0),
                    max: Hundredths::new(1e7),
                }],
                seeded: false,
            },
            program: |size| Box::pin(programs::$module(size)),
        }),*];
    };
}

hostile! {
    endless_generator "endless-generator" 0;
    never_awaits "never-awaits" 0;
    microtask_storm "microtask-storm" 100;
    many_tasks "many-tasks" 1000000;
    hoard "hoard" 1048576;
}

#[wasm_bindgen(start)]
fn start() {
    for program in ALL {
        loopscope::scenarios::add(program);
    }
}
