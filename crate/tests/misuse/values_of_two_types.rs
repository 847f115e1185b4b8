fn main() {
    loopscope::Gen::new(async |co| {
        co.yield_(1).await?;
        co.yield_("two").await?;
        Ok(())
    });
}
