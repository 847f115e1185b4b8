#![deny(unused_must_use)]

fn main() {
    loopscope::AsyncGen::new(async |co| {
        co.yield_(1);
        Ok(())
    });
}
