fn main() {
    let numbers = loopscope::Gen::new(async |co| co.yield_(1).await.map(drop));
    std::thread::spawn(move || drop(numbers.send(None)));
}
