//! The adapters' examples, once for each kind of generator.

/// Writes an example that counts with generators of one kind, and asserts what comes of it.
macro_rules! example {
    (Gen, $made:literal gives $values:literal) => {
        concat!(
            "\n```\n",
            "use loopscope::Gen;\n\n",
            "let count = |to| Gen::new(async move |co| {\n",
            "    for number in 1..=to {\n",
            "        co.yield_(number).await?;\n",
            "    }\n",
            "    Ok(())\n",
            "});\n",
            "let values = ",
            $made,
            ".collect::<Vec<_>>()?;\n",
            "assert_eq!(values, ",
            $values,
            ");\n",
            "# Ok::<(), loopscope::Error>(())\n",
            "```",
        )
    };
    (AsyncGen, $made:literal gives $values:literal) => {
        concat!(
            "\n```\n",
            "use loopscope::{AsyncGen, Duration, VirtualLoop, sleep};\n\n",
            "let values = VirtualLoop::new().run(async {\n",
            "    let count = |to| AsyncGen::new(async move |co| {\n",
            "        for number in 1..=to {\n",
            "            sleep(Duration::from_secs(1)).await?;\n",
            "            co.yield_(number).await?;\n",
            "        }\n",
            "        Ok(())\n",
            "    });\n",
            "    ",
            $made,
            ".collect::<Vec<_>>().await\n",
            "})?;\n",
            "assert_eq!(values, ",
            $values,
            ");\n",
            "# Ok::<(), loopscope::Error>(())\n",
            "```",
        )
    };
}

pub(super) use example;
