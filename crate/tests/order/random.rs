use loopscope::VirtualLoop;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::maker::Maker;
use crate::world::World;

/// For each seed: how many lines the twin says, and their hash.
const TWINS: &str = include_str!("../twins/random_programs.txt");

fn fnv(lines: &[String]) -> u64 {
    let bytes = lines.iter().flat_map(|line| line.bytes().chain([b'\n']));
    bytes.fold(0xCBF2_9CE4_8422_2325, |value, byte| (value ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
}

#[wasm_bindgen_test(unsupported = test)]
fn programs_made_at_random_say_what_their_twins_say() {
    let mut lines = 0;
    for twin in TWINS.lines() {
        let seed = twin.split(' ').next().unwrap().parse().unwrap();
        let world = World::new();
        let virtual_loop = VirtualLoop::new();
        // Who drops what when is not what this is about.
        virtual_loop.on_unhandled(|_| {});
        let ended = virtual_loop.run(world.clone().program(Maker::new(seed).body(4)));
        let said = world.said();
        lines += said.len();
        let told = format!("{seed} {} {:016x}", said.len(), fnv(&said));
        assert!(ended.is_ok() && told == twin, "{told} is not {twin}: {ended:?}\n{}", said.join("\n"));
    }
    assert!(lines > 10_000, "{lines} lines are too few to tell anything");
}
