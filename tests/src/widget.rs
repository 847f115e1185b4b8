//! One `<loop-scope>` element on a page, seen from a test.

use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::browser::Browser;

/// Writes down what the elements of a page say, from before they are defined.
///
/// `state` is read from the attribute's own changes, so that a state that lasts for a moment only is seen as well.
const LISTENER: &str = r"<script>
for (const element of document.querySelectorAll('loop-scope')) {
    element.heard = [];
    element.states = [];
    for (const type of ['statechange', 'output', 'end', 'error']) {
        element.addEventListener(type, (event) => {
            let detail = null;
            try { detail = JSON.parse(JSON.stringify(event.detail ?? null)); } catch { detail = '(not plain data)'; }
            element.heard.push({ type, detail, at: performance.now(), state: element.state,
                reflected: element.getAttribute('state') });
        });
    }
    new MutationObserver((changes) => {
        for (const change of changes.slice(1)) element.states.push(change.oldValue);
        element.states.push(element.getAttribute('state'));
    }).observe(element, { attributes: true, attributeFilter: ['state'], attributeOldValue: true });
}
</script>";

/// Collects the text that a reader sees in a node and in the shadow trees below it.
const VISIBLE_TEXT: &str = r"
    const visible = (node) => {
        if (node.nodeType === Node.TEXT_NODE) return node.data;
        if (node.nodeType === Node.ELEMENT_NODE) {
            if (['STYLE', 'SCRIPT', 'TEMPLATE'].includes(node.tagName)) return '';
            if (!node.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return '';
        }
        const inside = node.shadowRoot ? [...node.shadowRoot.childNodes] : [...node.childNodes];
        return inside.map(visible).join(' ').replace(/\s+/g, ' ').trim();
    };
";

/// Makes a page with the given body, which loads the widget's one module script from `module`.
pub fn host(module: &str, body: &str) -> String {
    format!(
        r#"<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>A tutorial</title></head>
<body>
<p>Before the widget.</p>
{body}
<p>After the widget.</p>
{LISTENER}
<script type="module" src="{module}"></script>
</body>
</html>
"#
    )
}

/// The first `<loop-scope>` of the page that the browser shows.
#[derive(Clone, Copy, Debug)]
pub struct Widget<'a> {
    browser: &'a Browser,
}

impl<'a> Widget<'a> {
    /// Names the first element of the page; it need not be there yet.
    pub fn first(browser: &'a Browser) -> Self {
        Self { browser }
    }

    /// Runs `body` as an async function with the element as `element` and its open shadow tree as `shadow`.
    pub async fn eval(&self, body: &str, arguments: &[Value]) -> Result<Value> {
        let body = format!(
            "const element = document.querySelector('loop-scope'); const shadow = element?.shadowRoot; {body}"
        );
        self.browser.eval(&body, arguments).await
    }

    /// Returns the value of an expression over `element` and `shadow`.
    pub async fn get(&self, expression: &str) -> Result<Value> {
        self.eval(&format!("return {expression};"), &[]).await
    }

    /// Returns an attribute, empty if it is not there.
    pub async fn attribute(&self, name: &str) -> Result<String> {
        let value = self.eval("return element.getAttribute(arguments[0])", &[json!(name)]).await?;
        Ok(value.as_str().unwrap_or_default().to_owned())
    }

    /// Sets an attribute.
    pub async fn set_attribute(&self, name: &str, value: &str) -> Result<()> {
        self.eval("element.setAttribute(arguments[0], arguments[1])", &[json!(name), json!(value)]).await?;
        Ok(())
    }

    /// Waits until an expression over `element` and `shadow` is truthy, and returns its value.
    pub async fn wait(&self, expression: &str, limit: Duration) -> Result<Value> {
        let whole = format!(
            "((element) => {{ const shadow = element?.shadowRoot; return {expression}; }})(document.querySelector('loop-scope'))"
        );
        self.browser.wait(&whole, limit).await
    }

    /// Waits until the element is in a state; if it does not get there, the error says what it shows instead.
    pub async fn wait_state(&self, state: &str, limit: Duration) -> Result<()> {
        let Err(error) = self.wait(&format!("element?.state === '{state}'"), limit).await else {
            return Ok(());
        };
        let now = self.get("element?.state ?? 'no element'").await?;
        let text = self.text().await.unwrap_or_default();
        let complaints = self.browser.complaints().await.unwrap_or_default();
        Err(error).with_context(|| {
            format!(
                "the state is {now} and not {state:?}; complaints: {complaints:?}; the widget shows: {text}"
            )
        })
    }

    /// Starts a run and waits for the trace that it promises.
    pub async fn run(&self) -> Result<Value> {
        // Called before the module has come, `run` is not there yet: the page, not the spec, decides when.
        self.eval("await customElements.whenDefined('loop-scope'); return await element.run()", &[]).await
    }

    /// Starts a run and does not wait for its end.
    pub async fn start(&self) -> Result<()> {
        self.eval("await customElements.whenDefined('loop-scope'); element.run().catch(() => {})", &[])
            .await?;
        Ok(())
    }

    /// Waits until all that has changed is drawn and the picture stands still: a part of it is sent for late, and where a run
    /// comes by and by, the picture grows to its length.
    pub async fn settle(&self) -> Result<()> {
        let still = "const picture = () => shadow?.querySelector('[part=timeline]')?.innerHTML;
            for (let before, same = 0; same < 4; before = picture()) {
                await new Promise(requestAnimationFrame);
                same = picture() === before ? same + 1 : 0;
            }";
        self.eval(still, &[]).await?;
        Ok(())
    }

    /// Returns the text that a reader of the widget sees once what has changed is drawn.
    pub async fn text(&self) -> Result<String> {
        self.browser.next_frame().await?;
        let text = self.eval(&format!("{VISIBLE_TEXT} return visible(element)"), &[]).await?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// Returns the events of one type that the element has sent: `{type, detail, at, state, reflected}`.
    pub async fn heard(&self, kind: &str) -> Result<Vec<Value>> {
        let list = self.get(&format!("element.heard.filter((event) => event.type === '{kind}')")).await?;
        Ok(list.as_array().cloned().unwrap_or_default())
    }

    /// Returns the values that the `state` attribute has had, in order.
    pub async fn states(&self) -> Result<Vec<String>> {
        let list = self.get("element.states").await?;
        Ok(list.as_array().into_iter().flatten().map(|s| s.as_str().unwrap_or("null").to_owned()).collect())
    }
}
