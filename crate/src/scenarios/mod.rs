//! The programs that the page shows. A new one is a file beside this one and an entry in the list below.

use crate::error::{Error, Result};
use crate::scenario::{Manifest, Param, Params, Program, Scenario, Type};

/// Makes a scenario of each entry: its module with a function `run`, whose arguments are the parameters in their order,
/// and after them the run's seed where the entry ends with `seed`.
macro_rules! scenarios {
    ($($module:ident $id:literal in $chapter:literal, $title:literal: $about:literal
        ($($param:ident: $kind:ident = $default:literal from $min:literal to $max:literal),*) $($seed:ident)?;)*) => {
        $(mod $module;)*

        static ALL: &[Compiled] = &[$(Compiled {
            manifest: Manifest {
                id: $id,
                title: $title,
                chapter: $chapter,
                about: $about,
                source: include_str!(concat!(stringify!($module), ".rs")),
                file: concat!("scenarios/", stringify!($module), ".rs"),
                params: &[$(Param {
                    name: stringify!($param),
                    kind: scenarios!(@ $kind),
                    default: $default as f64,
                    min: $min as f64,
                    max: $max as f64,
                }),*],
                seeded: !stringify!($($seed)?).is_empty(),
            },
            program: |params| Box::pin($module::run($(params.$kind(stringify!($param)),)* $(params.$seed())?)),
        }),*];
    };
    (@ count) => { Type::Count };
    (@ seconds) => { Type::Seconds };
    (@ percent) => { Type::Percent };
    (@ rate) => { Type::Rate };
}

scenarios! {
    async_counter "async-counter" in "Async generators", "Count with a pause":
        "An async generator waits before each number, then hands it over and stands still until it is asked for the \
         next one. While it waits, the loop is free for everyone else."
        (limit: count = 3 from 1 to 1000, delay: seconds = 0.5 from 0 to 60);
}

/// A scenario that was compiled into this crate.
struct Compiled {
    manifest: Manifest,
    program: fn(&Params) -> Program,
}

impl Scenario for Compiled {
    fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    fn program(&self, params: &Params) -> Program {
        (self.program)(params)
    }
}

/// Returns all scenarios in the order of their chapters.
pub fn all() -> impl Iterator<Item = &'static dyn Scenario> {
    ALL.iter().map(|scenario| scenario as &dyn Scenario)
}

/// Finds a scenario by its name.
///
/// # Errors
///
/// A `ValueError` that lists the names there are.
pub fn find(id: &str) -> Result<&'static dyn Scenario> {
    all().find(|scenario| scenario.manifest().id == id).ok_or_else(|| {
        let known: Vec<_> = all().map(|scenario| scenario.manifest().id).collect();
        let shown: String = id.chars().take(40).collect();
        Error::value(format!("there is no scenario \"{shown}\": choose one of {}", known.join(", ")))
    })
}
