//! The WebDriver program of an engine, as a process that ends with its handle.

use std::net::{Ipv4Addr, TcpListener};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep};

use crate::engine::Setup;

/// How long a driver may take until it listens. A cold machine needs a second or two.
const START: Duration = Duration::from_secs(30);

/// A running WebDriver program; dropping it kills the process.
#[derive(Debug)]
pub struct Driver {
    process: Child,
    port: u16,
}

impl Driver {
    /// Starts the driver on a free port and waits until it listens.
    pub async fn start(setup: &Setup) -> Result<Self> {
        // The port is free when asked and could be taken before the driver has it; the driver then ends, which is
        // seen below.
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
        let process = Command::new(&setup.driver)
            .arg(format!("--port={port}"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("cannot start {}", setup.driver.display()))?;
        let mut driver = Self { process, port };
        let deadline = Instant::now() + START;
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.is_err() {
            if let Some(status) = driver.process.try_wait()? {
                bail!("{} ended at once: {status}", setup.driver.display());
            }
            if Instant::now() > deadline {
                bail!("{} does not listen on port {port} after {START:?}", setup.driver.display());
            }
            sleep(Duration::from_millis(20)).await;
        }
        Ok(driver)
    }

    /// Returns the number of its process.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.process.id()
    }

    /// Returns the address that WebDriver commands go to.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // An error means that the process has ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
