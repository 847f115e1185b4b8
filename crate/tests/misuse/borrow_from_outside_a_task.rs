async fn program() -> loopscope::Result<()> {
    let text = String::from("gone before the task ends");
    loopscope::spawn(async {
        println!("{text}");
        Ok(())
    });
    Ok(())
}

fn main() {}
