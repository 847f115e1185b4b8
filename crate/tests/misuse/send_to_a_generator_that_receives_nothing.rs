async fn program(numbers: loopscope::AsyncGen<u32>) -> loopscope::Result<u32> {
    numbers.asend("hello").await
}

fn main() {}
