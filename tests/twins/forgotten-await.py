"""Calls an async function without awaiting it: nothing of it runs. Then the same call is awaited."""
import asyncio

from twin import run, say

watered = set()


async def water(plant):
    say(f"{plant}: here comes the water")
    await asyncio.sleep(0.5)
    watered.add(plant)
    say(f"{plant}: watered")


async def main():
    forgotten = water("fern")
    say("the fern will be watered, or so it seems")
    await asyncio.sleep(1)
    del forgotten  # Python warns that it was never awaited
    say("a second later the fern is as dry as before")

    await water("palm")
    return {"forgotten_ran": "fern" in watered, "awaited_ran": "palm" in watered}


run(main)
