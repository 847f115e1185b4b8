use std::rc::Rc;

use loopscope::{AsyncGen, Error, Kind, Result, finally};

use crate::play::{run, step};
use crate::step::Body;
use crate::world::{World, told};

pub(crate) type Generator = AsyncGen<i64, i64>;

pub(crate) fn generator(world: &Rc<World>, who: usize, stubborn: usize, bodies: &[Body]) -> Generator {
    let (world, body, clean_up) = (world.clone(), bodies[0].clone(), bodies[1].clone());
    AsyncGen::receiving(async move |co| {
        let steps = async {
            for one in &*body {
                if one.letter != 'v' {
                    step(&world, who, one, None).await?;
                    continue;
                }
                match co.yield_(world.next()).await {
                    Ok(None) => world.say(who, "vNone"),
                    Ok(Some(sent)) => world.say(who, format_args!("v{sent}")),
                    Err(error) => {
                        world.say(who, format_args!("v!{}", told(&error)));
                        if stubborn < 1 || stubborn < 2 && !error.kind().is_ordinary() {
                            return Err(error);
                        }
                    }
                }
            }
            Ok(())
        };
        finally(steps, || run(&world, who, &clean_up)).await
    })
}

/// A call of a generator, and what comes of it.
pub(crate) async fn call(
    world: &Rc<World>,
    who: usize,
    letter: char,
    digit: usize,
    generator: &Generator,
) -> Result<()> {
    let value = match letter {
        'N' => Some(generator.anext().await?),
        'S' => Some(generator.asend(world.next()).await?),
        'T' => {
            let kind = if digit.is_multiple_of(2) { Kind::ValueError } else { Kind::KeyError };
            generator.athrow(Error::new(kind, format!("T{}", world.next()))).await?
        }
        'C' => {
            generator.aclose().await?;
            None
        }
        _ => return Ok(()),
    };
    let value = value.map_or("None".to_owned(), |value| value.to_string());
    world.say(who, format_args!("{letter}{value}"));
    Ok(())
}
