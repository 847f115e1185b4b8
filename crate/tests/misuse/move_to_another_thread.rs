// Not `std::thread::spawn`, and nothing with a box in it: what the compiler cites of the standard library depends on
// whether its sources are here.
fn move_to_another_thread(_: impl Send) {}

fn main() {
    move_to_another_thread(loopscope::Event::new());
}
