//! What drives the whole: the page and the widget in real browsers, and the rules of the repository.
//!
//! This library holds the parts that the tests are written with:
//!
//! - [`engine`] says which browser engine a process tests, and with which programs;
//! - [`driver`] starts that engine's WebDriver program and ends it;
//! - [`browser`] is a session in it: pages, scripts, window sizes, screenshots;
//! - [`image`] is what a window shows, to be asked for its colours;
//! - [`memory`] is what pages take of the machine's memory;
//! - [`site`] serves the built site, as many times and under as many paths as a test wants origins;
//! - [`soak`] runs all programs over and over in one page, and weighs it;
//! - [`widget`] is one `<loop-scope>` element on a page, seen from here.
//!
//! `tests/page` has the page specs: the same code for every engine, one process for each.
//! `tests/docs` opens sites that real documentation generators have built from `docs-sites`.
//! `tests/tidy.rs` checks the directions of knowledge and needs no browser.
//!
//! Nothing here knows the inside of the page: a spec speaks of attributes, properties, methods, events and of
//! what stands in the document, as the author of a tutorial would.

pub mod browser;
pub mod driver;
pub mod engine;
pub mod image;
pub mod memory;
pub mod site;
pub mod soak;
pub mod widget;
