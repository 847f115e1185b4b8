async fn program() -> loopscope::Result<()> {
    let number: u32 = loopscope::spawn(async { Ok("text") }).await?;
    assert_eq!(number, 1);
    Ok(())
}

fn main() {}
