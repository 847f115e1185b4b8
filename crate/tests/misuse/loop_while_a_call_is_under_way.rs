use futures::StreamExt;

async fn program(mut numbers: loopscope::AsyncGen<u32>) -> loopscope::Result<u32> {
    let first = numbers.anext();
    let _second = numbers.next().await;
    first.await
}

fn main() {}
