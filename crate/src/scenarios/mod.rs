//! The programs that the page shows. A new one is a file beside this one and an entry in the list below.

#[cfg(feature = "guests")]
use std::cell::RefCell;

use crate::error::{Error, Result};
use crate::scenario::{Hundredths, Manifest, Param, Params, Program, Scenario, Type, listed};

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
                params: &[$(Param {
                    name: stringify!($param),
                    kind: scenarios!(@ $kind),
                    default: Hundredths::new($default as f64),
                    min: Hundredths::new($min as f64),
                    max: Hundredths::new($max as f64),
                }),*],
                seeded: !stringify!($($seed)?).is_empty(),
            },
            program: programs::$module,
        }),*];

        /// What starts each program. The page's build cuts the wasm here: what only one of these needs is a piece of
        /// its own, which is fetched when it is run.
        mod programs {
            use crate::scenario::{Params, Program};
            $(
                pub(super) fn $module(_params: &Params) -> Program {
                    Box::pin(super::$module::run($(_params.$kind(stringify!($param)),)* $(_params.$seed())?))
                }
            )*
        }

        // Apart from the others: what the wasm does not ask for is not in it, and the page fetches texts by itself.
        static TEXTS: &[Text] = &[$(Text {
            id: $id,
            about: $about,
            source: include_str!(concat!(stringify!($module), ".rs")),
        }),*];
    };
    (@ count) => { Type::Count };
    (@ seconds) => { Type::Seconds };
    (@ percent) => { Type::Percent };
    (@ rate) => { Type::Rate };
}

scenarios! {
    generator_steps "generator-steps" in "Lazy values", "Pull by hand":
        "A generator is a function that can stop in the middle. Making one runs nothing. Each pull lets its body run to \
         the next yield, where it freezes with all it knows until the next pull. After the last one it is exhausted."
        (count: count = 3 from 1 to 1000);
    list_vs_generator "list-vs-generator" in "Lazy values", "All at once or one by one":
        "A sum of squares over a list and over generators. The list has room for every square before the first one is \
         added; a generator has room for the one that it is at, whether there are a thousand or ten million."
        (items: count = 1000000 from 1 to 10000000);
    one_shot "one-shot" in "Lazy values", "Good for one reading":
        "A generator does not hold its values, it makes them while they are read. Read to its end it has nothing more \
         to give, and says so without an error. Who needs the values again makes a fresh one, or a list."
        (count: count = 3 from 1 to 1000);
    sync_pipeline "sync-pipeline" in "Lazy values", "A pipeline":
        "Generators that read from generators. The last one pulls at the one before, that one at its own source: each \
         item goes through all the stages before the next one is made, and no stage ever holds more than one."
        (count: count = 10 from 1 to 10000);
    log_filter "log-filter" in "Lazy values", "Errors in a log":
        "Lines of a log are filtered, trimmed and put in capitals. Lazily each line goes through all steps before the \
         next one is read, so that the log may be as long as it likes. With lists each step keeps all of its lines."
        (lines: count = 10000 from 1 to 1000000, errors: percent = 5 from 0 to 100);
    breakfast "breakfast" in "The loop", "Coffee and toast":
        "Two things that take their time by themselves. A cook who watches each of them to its end needs the sum of \
         both times. A cook who starts one, turns to the other and waits for both needs the longer one."
        (coffee: seconds = 3 from 0 to 60, toast: seconds = 2 from 0 to 60);
    greetings "greetings" in "The loop", "Who ends first?":
        "Two tasks are started, one right after the other, and each waits for a time of its own. The loop does not go \
         by the order of starting: it goes on with whoever has nothing more to wait for."
        (first: seconds = 2 from 0 to 60, second: seconds = 1 from 0 to 60);
    sequential_vs_concurrent "sequential-vs-concurrent" in "The loop", "In a row or at once":
        "Many calls that only wait for an answer. Awaited one by one their waits add up; gathered they all wait \
         together, and the whole takes as long as one of them. The work did not get faster: the waits overlap."
        (items: count = 20 from 1 to 10000, delay: seconds = 0.1 from 0 to 60);
    blocking_the_loop "blocking-the-loop" in "The loop", "Blocking the loop":
        "A task that calls something slow without awaiting it keeps its turn, and nobody else gets one: the heart \
         beside it stands still. Awaited, or moved to a thread of its own, the same wait is in nobody's way."
        (block: seconds = 1 from 0 to 60, beat: seconds = 0.1 from 0.01 to 10);
    forgotten_await "forgotten-await" in "The loop", "A forgotten await":
        "To call an async function only makes a coroutine: a promise to do something, with nothing done yet. Without an \
         await nobody ever starts it, and no error says so. Python warns when it is thrown away; here a note does."
        ();
    producer_consumer "producer-consumer" in "Async generators", "A producer and a consumer":
        "A queue between the two has room for a few items. When it is full, the producer waits for room; when it is \
         empty, the consumer waits for an item. So the slower one sets the pace, and nothing piles up."
        (items: count = 12 from 1 to 5000, produce: seconds = 0.1 from 0 to 60, consume: seconds = 0.3 from 0 to 60,
         capacity: count = 3 from 1 to 5000);
    async_counter "async-counter" in "Async generators", "Count with a pause":
        "An async generator waits before each number, then hands it over and stands still until it is asked for the \
         next one. While it waits, the loop is free for everyone else."
        (limit: count = 3 from 1 to 1000, delay: seconds = 0.5 from 0 to 60);
    line_reader "line-reader" in "Async generators", "An iterator by hand":
        "The same lines come from a type written by hand, which keeps in its fields where it is, and from an async \
         generator, which remembers that by standing still. Who reads them sees no difference."
        (lines: count = 3 from 1 to 10000, delay: seconds = 0.5 from 0 to 60);
    fetch_items "fetch-items" in "Async generators", "Fetch item by item":
        "The generator fetches an item whenever the loop asks for the next one. A loop awaits one at a time, so the \
         times of all fetches add up: nothing overlaps, although everything is async."
        (items: count = 5 from 1 to 10000) seed;
    async_comprehension "async-comprehension" in "Async generators", "Double, then square":
        "A generator can be made of another one in an expression. Each number is doubled and squared when it comes, \
         and nothing runs before the first one is asked for."
        (items: count = 5 from 1 to 10000, delay: seconds = 0.1 from 0 to 60);
    async_pipeline "async-pipeline" in "Async generators", "A pipeline":
        "Async generators one after the other: a source, a filter, a transformation. A number goes through all of \
         them before the next one is made, so the pauses of the stages add up."
        (count: count = 10 from 1 to 10000, source: seconds = 0.1 from 0 to 60,
         transform: seconds = 0.05 from 0 to 60);
    paginated_api "paginated-api" in "Async generators", "Pages as items":
        "The generator hands out items and fetches a page only when its first item is asked for. Whoever stops in the \
         middle leaves the other pages where they are, and closing the generator closes its session."
        (pages: count = 5 from 1 to 1000, page_size: count = 3 from 1 to 100, fetch: seconds = 0.3 from 0 to 60,
         process: seconds = 0.1 from 0 to 60, stop_after: count = 0 from 0 to 100000);
    skip_bad_item "skip-bad-item" in "Async generators", "Skip what is damaged":
        "An error that leaves a generator's body ends it for good. One that is caught inside costs one item: it is \
         reported, and the others still come."
        (items: count = 4 from 1 to 10000, bad: count = 2 from 0 to 10000, delay: seconds = 0.1 from 0 to 60);
    csv_rows "csv-rows" in "Async generators", "Many rows":
        "Rows are read, parsed and summed up one by one, so that a file of any length fits. Parsing waits for nothing: \
         without giving way now and then it would keep the loop to itself until the last row. A damaged row is \
         reported with its line and skipped."
        (rows: count = 10000 from 1 to 100000, give_way: count = 100 from 1 to 100000);
    live_feed "live-feed" in "Async generators", "A live feed":
        "Messages come in from a connection, and those that matter are kept. A message that cannot be read is counted \
         and passed over; when the other side closes, the stream has come to its normal end."
        (messages: count = 20 from 1 to 10000, gap: seconds = 0.2 from 0 to 60);
    monitored_stream "monitored-stream" in "Async generators", "A stream with a monitor":
        "A generator around any other one counts its items and times the waits for them. The count is right when \
         the reader reads all, when it breaks off in the middle, and when it fails."
        (items: count = 5 from 1 to 1000, base: seconds = 0.5 from 0 to 60, step: seconds = 0.2 from 0 to 60);
    context_lifecycle "context-lifecycle" in "Context managers", "Enter, use, leave":
        "A context manager brackets a piece of work: it is entered before and left after. The blocking way keeps the \
         loop from everyone else meanwhile, and the heartbeat stops. The awaiting way takes as long, and the heart \
         goes on."
        (enter: seconds = 1 from 0 to 60, body: seconds = 0.5 from 0 to 60, exit: seconds = 0.5 from 0 to 60);
    context_from_generator "context-from-generator" in "Context managers", "One yield makes a context manager":
        "An async generator with one yield is a context manager: what stands before the yield sets up, the yielded \
         value goes to the body, and what stands after it tears down."
        (setup: seconds = 1 from 0 to 60, teardown: seconds = 0.5 from 0 to 60);
    suppress_or_propagate "suppress-or-propagate" in "Context managers", "Swallow it or let it through":
        "An exit is told of the error with which the body ended, and decides: this one swallows a ValueError, so that \
         the program goes on after the body, and lets a KeyError through. It cleans up both times."
        ();
    cancel_and_timeout "cancel-and-timeout" in "Context managers", "Clean up when there is no time":
        "A timeout and a cancelled task both raise an error at the await where the work stands, so the room is cleaned \
         before it is left, once. A second cancel interrupts the cleaning of the inner room; the outer one is still \
         cleaned."
        (timeout: seconds = 5 from 0 to 60, work: seconds = 60 from 0 to 3600, cleanup: seconds = 1 from 0 to 60);
    exit_stack "exit-stack" in "Context managers", "Three at once":
        "Three files are opened, each in the body of the one before, and then the same on an exit stack. Both ways \
         they are closed in the opposite order. Set fail to anything but 0 and the third one does not open: the first \
         two are closed, and are told why."
        (fail: count = 0 from 0 to 3);
    connection_pool "connection-pool" in "Systems", "Share a few connections":
        "There are more queries than connections. A query takes a connection from the pool and gives it back when it \
         is done; who finds none waits in line, first come, first served."
        (connections: count = 3 from 1 to 1000, queries: count = 5 from 1 to 5000) seed;
    throttled_client "throttled-client" in "Systems", "Not faster than allowed":
        "A stream of pages takes a token from a bucket for each request, and the bucket gets only so many in a \
         second. The work on the items goes on while the next request waits for its token."
        (rate: rate = 2 from 0.1 to 1000, pages: count = 6 from 1 to 1000, page_size: count = 3 from 1 to 100,
         request: seconds = 0.2 from 0 to 60, process: seconds = 0.1 from 0 to 60);
    scraper "scraper" in "Systems", "Many pages, a few at a time":
        "All fetches start at once, but a semaphore lets only a few through at a time. The pages are taken in the \
         order in which they come; one that fails is noted, and the others go on."
        (concurrent: count = 3 from 1 to 1000, urls: count = 5 from 1 to 5000, min_length: count = 1000 from 0 to 10000);
    rate_limited_scraper "rate-limited-scraper" in "Systems", "List pages, then details":
        "An async generator reads list after list, and fetches the page of each item on it. All requests go through \
         one session and keep a distance. A list that fails is skipped, an empty one is the last, and the session is \
         closed in any case."
        (rate: rate = 2 from 0.1 to 1000, pages: count = 3 from 1 to 1000, fail_page: count = 0 from 0 to 1000,
         empty_page: count = 0 from 0 to 1000);
    batch_processor "batch-processor" in "Systems", "Batch by batch":
        "Items are sent in batches: those of a batch together, then a pause before the next one. Requests that fail \
         are dropped, and the batch goes on without them."
        (items: count = 50 from 1 to 10000, batch: count = 5 from 1 to 1000, pause: seconds = 2 from 0 to 60,
         request: seconds = 0.1 from 0 to 60, fail_every: count = 0 from 0 to 10000);
    random_names "random-names" in "Systems", "Names by chance":
        "Fetching a name takes a while. A loop and a comprehension over an async generator fetch one after the other; \
         gathered, all are fetched in the time of one."
        (total: count = 10 from 1 to 1000, delay: seconds = 0.2 from 0 to 60) seed;
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

#[cfg(feature = "guests")]
thread_local! {
    static GUESTS: RefCell<Vec<&'static dyn Scenario>> = const { RefCell::new(Vec::new()) };
}

/// Puts a program behind those that are here.
#[cfg(feature = "guests")]
pub fn add(guest: &'static dyn Scenario) {
    GUESTS.with_borrow_mut(|guests| guests.push(guest));
}

/// Returns all scenarios in the order of their chapters.
pub fn all() -> impl Iterator<Item = &'static dyn Scenario> {
    let all = ALL.iter().map(|scenario| scenario as &dyn Scenario);
    #[cfg(feature = "guests")]
    let all = all.chain(GUESTS.with_borrow(Clone::clone));
    all
}

/// Returns the program of a scenario as it was compiled.
///
/// # Errors
///
/// A `ValueError` that lists the names there are.
///
/// ```
/// use loopscope::scenarios;
///
/// assert!(scenarios::source("async-counter")?.contains("co.yield_(number)"));
/// assert!(scenarios::source("nothing").is_err());
/// # Ok::<(), loopscope::Error>(())
/// ```
pub fn source(id: &str) -> Result<&'static str> {
    text(id).map(|text| text.source)
}

/// Returns what a scenario shows, in a paragraph.
///
/// # Errors
///
/// A `ValueError` that lists the names there are.
///
/// ```
/// use loopscope::scenarios;
///
/// assert!(scenarios::about("one-shot")?.starts_with("A generator does not hold its values"));
/// # Ok::<(), loopscope::Error>(())
/// ```
pub fn about(id: &str) -> Result<&'static str> {
    text(id).map(|text| text.about)
}

/// What there is to read of a scenario.
struct Text {
    id: &'static str,
    about: &'static str,
    source: &'static str,
}

fn text(id: &str) -> Result<&'static Text> {
    // Who finds a scenario by this name finds its text.
    let known = find(id)?.manifest().id;
    TEXTS.iter().find(|text| text.id == known).ok_or_else(|| Error::value(format!("\"{known}\" has no text")))
}

/// Finds a scenario by its name.
///
/// # Errors
///
/// A `ValueError` that lists the names there are.
pub fn find(id: &str) -> Result<&'static dyn Scenario> {
    all().find(|scenario| scenario.manifest().id == id).ok_or_else(|| {
        let known = listed(&mut ALL.iter().map(|scenario| scenario.manifest.id));
        let shown: String = id.chars().take(40).collect();
        Error::value(format!("there is no scenario \"{shown}\": choose one of {known}"))
    })
}
