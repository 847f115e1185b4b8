//! What drives the whole: the page and the widget in real browsers.
