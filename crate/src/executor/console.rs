//! The terminal, or the browser's console.

/// Says something that the program says.
pub(crate) fn say(text: &str) {
    #[cfg(target_arch = "wasm32")]
    web_sys::console::log_1(&text.into());
    #[cfg(not(target_arch = "wasm32"))]
    println!("{text}");
}

/// Says something to the one who develops the program.
pub(super) fn complain(text: &str) {
    #[cfg(target_arch = "wasm32")]
    web_sys::console::error_1(&text.into());
    #[cfg(not(target_arch = "wasm32"))]
    eprintln!("{text}");
}
