fn main() {
    let _numbers: loopscope::AsyncGen<u32> = loopscope::AsyncGen::new(async |co| {
        let _greeting: String = co.yield_(1).await?;
        Ok(())
    });
}
