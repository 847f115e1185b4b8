//! Errors that nobody takes: where there is neither a handler nor a trace to tell, they are said to who develops the
//! program, in a browser's console or in the terminal. What a program prints goes there too where no trace is.
#![allow(clippy::unwrap_used)] // A test that unwraps an error fails with it, which is what it is for.

use std::rc::Rc;

use loopscope::trace::{Kind, Recorder};
use loopscope::{Duration, Error, Result, VirtualLoop, print, sleep, spawn_named};

/// What a program without a trace prints.
const PRINTED: &str = "I lose";
/// What is said of the error.
const SAID: &str = "Task exception was never retrieved (lost): ValueError: nobody looks";

async fn lose() -> Result<()> {
    print(PRINTED);
    drop(spawn_named("lost", async { Err::<(), _>(Error::value("nobody looks")) }));
    sleep(Duration::from_secs(1)).await
}

/// Loses an error in a loop that has nobody to tell, and in two that have.
fn lose_three() {
    VirtualLoop::new().run(lose()).unwrap();
    let heard = VirtualLoop::new();
    heard.on_unhandled(|unhandled| assert_eq!(unhandled.to_string(), SAID));
    heard.run(lose()).unwrap();
    let recorder = Rc::new(Recorder::default());
    VirtualLoop::with_recorder(recorder.clone()).run(lose()).unwrap();
    assert!(recorder.take().events.iter().any(|event| event.kind == Kind::Unhandled));
}

#[cfg(not(target_arch = "wasm32"))]
#[test]
fn the_terminal_hears_what_nobody_else_does() {
    use std::env;
    use std::process::Command;

    /// Set where this runs only to be listened to.
    const LISTEN: &str = "LISTEN_TO_THE_CONSOLE_TEST";
    if env::var_os(LISTEN).is_some() {
        return lose_three();
    }
    let name = "the_terminal_hears_what_nobody_else_does";
    let mut again = Command::new(env::current_exe().unwrap());
    let output = again.args(["--exact", name, "--nocapture"]).env(LISTEN, "").output().unwrap();
    assert!(output.status.success());
    assert_eq!(String::from_utf8_lossy(&output.stderr), format!("{SAID}\n"));
    let printed = String::from_utf8_lossy(&output.stdout);
    assert_eq!(printed.matches(PRINTED).count(), 2, "{printed}");
}

#[cfg(target_arch = "wasm32")]
mod browser {
    use std::cell::RefCell;
    use std::rc::Rc;

    use gloo_timers::future::TimeoutFuture;
    use js_sys::{Object, Reflect, global};
    use loopscope::BrowserLoop;
    use wasm_bindgen::prelude::{Closure, JsValue};
    use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

    use super::{PRINTED, SAID, lose, lose_three};

    wasm_bindgen_test_configure!(run_in_browser);

    /// Stands in the place of a function of the console, and gives that back.
    struct Ear {
        console: Object,
        name: &'static str,
        before: JsValue,
        heard: Rc<RefCell<Vec<JsValue>>>,
        _hear: Closure<dyn FnMut(JsValue)>,
    }

    impl Ear {
        fn new(name: &'static str) -> Self {
            let console = Object::from(Reflect::get(&global(), &"console".into()).unwrap());
            let before = Reflect::get(&console, &name.into()).unwrap();
            let heard = Rc::<RefCell<Vec<_>>>::default();
            let hear = Closure::new({
                let heard = heard.clone();
                move |said| heard.borrow_mut().push(said)
            });
            Reflect::set(&console, &name.into(), hear.as_ref()).unwrap();
            Ear { console, name, before, heard, _hear: hear }
        }

        /// Gives the function back, and returns what was said.
        fn take(self) -> Vec<String> {
            self.heard.take().iter().map(|said| said.as_string().unwrap()).collect()
        }
    }

    impl Drop for Ear {
        fn drop(&mut self) {
            Reflect::set(&self.console, &self.name.into(), &self.before).unwrap();
        }
    }

    #[wasm_bindgen_test]
    fn the_console_hears_what_nobody_else_does() {
        let [log, error] = ["log", "error"].map(Ear::new);
        lose_three();
        let (printed, said) = (log.take(), error.take());
        assert_eq!((printed, said), (vec![PRINTED.to_owned(); 2], vec![SAID.to_owned()]));
    }

    #[wasm_bindgen_test]
    async fn the_console_hears_of_a_loop_on_the_browsers_own() {
        let error = Ear::new("error");
        let browser = BrowserLoop::new(100.0, None);
        let program = browser.start(lose());
        for _ in 0..1000 {
            TimeoutFuture::new(5).await;
            if program.is_finished() {
                break;
            }
        }
        let said = error.take();
        assert!(program.is_finished());
        assert_eq!(said, [SAID]);
    }
}
