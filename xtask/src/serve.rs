//! `cargo xtask serve`: www/ on this machine, as it is.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};

use anyhow::{Context, Result, anyhow, bail};
use axum::Router;
use axum::http::{HeaderValue, header};
use axum::serve::ListenerExt;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

use crate::{guide, paths, pkg};

/// Builds the wasm and serves www/ until it is interrupted.
pub(crate) fn serve(port: &str) -> Result<()> {
    let port = parse(port)?;
    // Before the build, which takes long: a busy port is known at once.
    let listeners = bind(port)?;
    pkg::build()?;
    println!("Serving www/ at http://localhost:{port} (stop with Ctrl-C)");
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .and_then(|runtime| runtime.block_on(listen(listeners)))
        .context("the server stopped")
}

fn parse(port: &str) -> Result<u16> {
    match port.parse() {
        Ok(0) | Err(_) => bail!("the port must be a whole number from 1 to 65535, not `{port}`"),
        Ok(port) => Ok(port),
    }
}

/// Takes the port for both addresses `localhost` can mean.
fn bind(port: u16) -> Result<Vec<TcpListener>> {
    let first = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|error| refused(port, &error))?;
    match TcpListener::bind(SocketAddr::from((Ipv6Addr::LOCALHOST, port))) {
        Ok(second) => Ok(vec![first, second]),
        Err(error) if error.kind() == ErrorKind::AddrInUse => Err(refused(port, &error)),
        // A machine without IPv6.
        Err(_) => Ok(vec![first]),
    }
}

fn refused(port: u16, error: &std::io::Error) -> anyhow::Error {
    match error.kind() {
        ErrorKind::AddrInUse => anyhow!("port {port} is in use: choose another with `--port N`"),
        ErrorKind::PermissionDenied => {
            anyhow!("port {port} needs the rights of an administrator: choose one above 1023 with `--port N`")
        }
        _ => anyhow!("port {port} cannot be used: {error}"),
    }
}

async fn listen(listeners: Vec<TcpListener>) -> std::io::Result<()> {
    // `ServeDir` knows the types and refuses paths that lead out of the folder.
    let app = Router::new()
        .nest_service("/docs", ServeDir::new(guide::folder()))
        .fallback_service(ServeDir::new(paths::www()))
        .layer(SetResponseHeaderLayer::overriding(
            header::CACHE_CONTROL,
            HeaderValue::from_static("no-store"),
        ));
    let mut servers = Vec::new();
    for listener in listeners {
        listener.set_nonblocking(true)?;
        let listener = tokio::net::TcpListener::from_std(listener)?;
        // Else the end of a file may wait 40 ms, until the browser says that it has its beginning.
        let listener = listener.tap_io(|stream| _ = stream.set_nodelay(true));
        servers.push(tokio::spawn(axum::serve(listener, app.clone()).into_future()));
    }
    for server in servers {
        server.await??;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_is_a_number_that_can_be_listened_on() {
        assert_eq!(parse("8000").ok(), Some(8000));
        for wrong in ["abc", "", "0", "-1", "70000", "80.5"] {
            let sentence = parse(wrong).err().map(|error| error.to_string()).unwrap_or_default();
            assert!(sentence.contains(&format!("not `{wrong}`")), "{sentence}");
        }
    }

    #[test]
    fn a_busy_port_is_named() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("any port");
        let port = taken.local_addr().expect("its address").port();
        let sentence = bind(port).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(sentence.starts_with(&format!("port {port} is in use")), "{sentence}");
    }
}
