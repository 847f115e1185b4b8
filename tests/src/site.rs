//! The built site, served as a static host would.
//!
//! Each [`Site`] is an origin of its own. It serves the site at `/` and a second time under [`PREFIX`], allows every
//! other origin to load its modules, and serves pages that a spec makes up. It keeps a list of what was asked for
//! and was not there.
//!
//! Every HTML page gets a small script in front, which notes errors: WebDriver lets a test read the console in one
//! engine of three, this works in all.

use std::collections::HashMap;
use std::net::Ipv4Addr;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Result;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use axum::serve::ListenerExt;
use tokio::net::TcpListener;
use tower_http::cors::CorsLayer;
use tower_http::services::ServeDir;

/// A path as a project page on a static host has it.
pub const PREFIX: &str = "/user/project";

/// Notes what a page complains about. An `error` event of an element without an address is the widget's own.
const RECORDER: &str = r#"<script>
globalThis.__complaints = [];
addEventListener('error', (event) => {
    const address = event.target.src ?? event.target.href;
    if (event.target === window) __complaints.push(`${event.message} (${event.filename}:${event.lineno})`);
    else if (address) __complaints.push(`cannot load ${address}`);
}, true);
addEventListener('unhandledrejection', (event) => __complaints.push(`unhandled: ${event.reason}`));
addEventListener('securitypolicyviolation', (event) => __complaints.push(`refused: ${event.blockedURI}`));
{
    const print = console.error;
    console.error = (...words) => { __complaints.push(words.join(' ')); print(...words); };
}
</script>
"#;

#[derive(Default)]
struct Shared {
    /// Pages that specs made, by name.
    pages: Mutex<HashMap<String, String>>,
    /// Paths that were asked for, with the status they got.
    log: Mutex<Vec<(String, StatusCode)>>,
}

/// An origin that serves the built site until the runtime ends.
#[derive(Clone)]
pub struct Site {
    port: u16,
    shared: Arc<Shared>,
}

impl Site {
    /// Starts to serve the site in the folder `dist` on a free port.
    pub async fn start(dist: &Path) -> Result<Self> {
        let shared = Arc::new(Shared::default());
        let app = Router::new()
            .route("/made/{name}", get(made))
            .nest_service(PREFIX, ServeDir::new(dist))
            // The bench puts smaller copies beside its files.
            .fallback_service(ServeDir::new(dist).precompressed_gzip())
            .layer(from_fn_with_state(shared.clone(), note))
            .layer(CorsLayer::permissive())
            .with_state(shared.clone());
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let port = listener.local_addr()?.port();
        // Else the end of a file may wait 40 ms, until the browser says that it has its beginning.
        let listener = listener.tap_io(|stream| _ = stream.set_nodelay(true));
        tokio::spawn(async move { axum::serve(listener, app).await });
        Ok(Self { port, shared })
    }

    /// Returns the address of a path, which starts with `/`.
    pub fn address(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// Serves a page of the spec's own, and returns its address.
    pub fn page(&self, name: &str, html: String) -> String {
        lock(&self.shared.pages).insert(name.to_owned(), html);
        self.address(&format!("/made/{name}"))
    }

    /// Returns what was asked for since [`Site::forget`], with the status it got.
    pub fn requests(&self) -> Vec<(String, StatusCode)> {
        lock(&self.shared.log).clone()
    }

    /// Forgets what was asked for.
    pub fn forget(&self) {
        lock(&self.shared.log).clear();
    }
}

async fn made(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let name = request.uri().path().rsplit('/').next().unwrap_or_default();
    match lock(&shared.pages).get(name) {
        Some(html) => Html(html.clone()).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Logs a request, and puts the recorder at the top of an HTML answer.
async fn note(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let mut response = next.run(request).await;
    // What a spec serves must not be taken from the browser's cache by the next one.
    response.headers_mut().insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
    // Browsers ask for this one by themselves.
    if !path.ends_with("/favicon.ico") {
        lock(&shared.log).push((path, response.status()));
    }
    let html = |value: &header::HeaderValue| value.as_bytes().starts_with(b"text/html");
    if !response.headers().get(header::CONTENT_TYPE).is_some_and(html) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(with_recorder(&String::from_utf8_lossy(&bytes))))
}

/// Puts the recorder behind `<head>`, so that the doctype stays in front and the page in standards mode.
fn with_recorder(html: &str) -> String {
    match html.split_once("<head>") {
        Some((before, after)) => format!("{before}<head>{RECORDER}{after}"),
        None => html.replacen('>', &format!(">{RECORDER}"), 1),
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::with_recorder;

    #[test]
    fn the_doctype_stays_in_front() {
        assert!(with_recorder("<!doctype html><head><title>a").starts_with("<!doctype html><head><script>"));
        assert!(with_recorder("<!doctype html><title>a").starts_with("<!doctype html><script>"));
    }
}
